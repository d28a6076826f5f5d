namespace GenNet;

/// <summary>The samples of a <see cref="Dataset"/> that an epoch takes, in a random order.</summary>
public readonly struct SampledDataset
{
    readonly Dataset? _dataset;
    readonly Sampling? _sampling;
    readonly ulong _seed;

    internal SampledDataset(Dataset dataset, Sampling? sampling, ulong seed) => (_dataset, _sampling, _seed) = (dataset, sampling, seed);

    /// <summary>All samples of the epoch, in batches gathered into one buffer: a batch is valid until the next.</summary>
    /// <param name="batchSize">Samples of a batch.</param>
    /// <param name="dropLast">Whether a last batch of fewer samples is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is not positive.</exception>
    /// <exception cref="InvalidOperationException">This is the default, of no dataset.</exception>
    public BatchSequence Batches(int batchSize, bool dropLast = false) => _dataset is null
        ? throw new InvalidOperationException("This SampledDataset is the default, of no dataset: take that of dataset.Shuffled or dataset.Sampled.")
        : new(_dataset, batchSize, dropLast, _sampling, _seed);
}
