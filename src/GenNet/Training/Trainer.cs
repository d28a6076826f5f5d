namespace GenNet;

/// <summary>What training a network needs beside its weights: gradients, optimiser state, activations of one batch.</summary>
public abstract class Trainer
{
    /// <summary>The network that is trained.</summary>
    public abstract INetwork Network { get; }

    /// <summary>The largest number of samples that a step takes.</summary>
    public abstract int BatchSize { get; }

    /// <summary>Trains on one batch: forward, backward, update. Allocates nothing.</summary>
    /// <param name="inputs">[samples, inputs] features, row by row.</param>
    /// <param name="labels">[samples] class numbers.</param>
    /// <returns>The mean loss of the batch before the update.</returns>
    public abstract float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels);

    /// <summary>Trains on one batch: forward, backward, update. Allocates nothing.</summary>
    /// <param name="inputs">[samples, inputs] features, row by row.</param>
    /// <param name="targets">[samples, outputs] wanted outputs, row by row.</param>
    /// <returns>The mean loss of the batch before the update.</returns>
    public abstract float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets);
}
