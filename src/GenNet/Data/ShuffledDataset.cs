namespace GenNet;

/// <summary>A <see cref="Dataset"/> in a random order.</summary>
public readonly struct ShuffledDataset
{
    readonly Dataset _dataset;
    readonly ulong _seed;

    internal ShuffledDataset(Dataset dataset, ulong seed) => (_dataset, _seed) = (dataset, seed);

    /// <summary>All samples, in batches gathered into one buffer: a batch is valid until the next.</summary>
    /// <param name="batchSize">Samples of a batch. The last one may be smaller.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is not positive.</exception>
    public BatchSequence Batches(int batchSize) => new(_dataset, batchSize, _seed);
}
