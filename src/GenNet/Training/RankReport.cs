namespace GenNet;

/// <summary>What a rank says of itself when the ranks meet. Nothing is computed from it but the loss.</summary>
unsafe struct RankReport
{
    /// <summary>A rank's nodes: no more than two for each bit of the number of parts, of which the largest batch has 2²⁴.</summary>
    public const int MostNodes = 64;

    public RankCall Call;

    public RankStatus Status;

    /// <summary>The number of the layer where a loss became no number, 0 where none did.</summary>
    public int Layer;

    /// <summary>The number, from 1, of the rank whose sums over samples, of those that layers add over all ranks, first were no numbers; 0 where there is none, one more than there are ranks where only those of all together were not.</summary>
    public int Origin;

    /// <summary>Samples that are given.</summary>
    public int Samples;

    /// <summary>Samples of the batch that they are a part of, and those of them that are kept already; zero where they are a whole batch.</summary>
    public int Batch, Before;

    /// <summary>Updates made.</summary>
    public long StepCount;

    /// <summary>Batches given.</summary>
    public long BatchCount;

    /// <summary>The trainer's seed.</summary>
    public ulong Seed;

    /// <summary>The step size.</summary>
    public double LearningRate;

    /// <summary>A fingerprint of what else decides over a step, or decided over the updates since the ranks last met: the optimiser, limits of norms, smoothing, weights of classes, how layers are trained.</summary>
    public ulong Settings;

    /// <summary>A fingerprint of the weights, where no step is made.</summary>
    public ulong Weights;

    /// <summary>A fingerprint of all labels, targets and weights that are given, or of the gradients of outputs.</summary>
    public ulong Targets;

    /// <summary>A fingerprint of what the samples are as sequences, and of all features where each rank computes all.</summary>
    public ulong Whole;

    /// <summary>Whether the rank goes forward again to go back: the one thing in which ranks may differ.</summary>
    public bool GoesForward;

    /// <summary>The part of the mean loss of each of the rank's nodes.</summary>
    public fixed double Losses[MostNodes];
}
