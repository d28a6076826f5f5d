namespace GenNet.Runtime;

/// <summary>Where a sequence began in training. Its dropout masks follow from that for as long as it lasts, in whichever windows.</summary>
/// <param name="Batch">The number of the batch.</param>
/// <param name="Sample">Which of its samples.</param>
/// <param name="Step">The step of that window.</param>
readonly record struct SequenceStart(long Batch, int Sample, int Step)
{
    /// <summary>It has not begun in training.</summary>
    public static SequenceStart Unknown { get; } = new(-1, 0, 0);

    public bool IsKnown => Batch >= 0;

    /// <summary>The random stream of a layer's masks, and the number of this sequence's among them.</summary>
    /// <param name="seed">The trainer's seed.</param>
    /// <param name="layer">The layer's number.</param>
    public (RandomStream Stream, int Number) Mask(ulong seed, int layer)
    {
        var samples = Masks(seed, Batch, layer);
        return Step == 0 ? (samples, Sample) : (samples.Split((ulong)Sample), Step);
    }

    /// <summary>The random stream of a layer's masks of all sequences that begin with a batch.</summary>
    public static RandomStream Masks(ulong seed, long batch, int layer) => new RandomStream(seed).SplitFor(RandomPurpose.Dropout).Split((ulong)batch).Split((ulong)layer);
}
