namespace GenNet;

/// <summary>The samples of a <see cref="Dataset"/>, batch by batch, for <c>foreach</c>.</summary>
public readonly struct BatchSequence
{
    readonly Dataset dataset;
    readonly int batchSize;
    readonly ulong? seed;

    internal BatchSequence(Dataset dataset, int batchSize, ulong? seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        (this.dataset, this.batchSize, this.seed) = (dataset, batchSize, seed);
    }

    /// <summary>How many batches there are.</summary>
    public int Count => (dataset.Count - 1) / batchSize + 1;

    /// <summary>Starts at the first batch.</summary>
    public Enumerator GetEnumerator() => new(dataset, batchSize, seed);

    /// <summary>Goes from batch to batch.</summary>
    public ref struct Enumerator
    {
        readonly Dataset dataset;
        readonly int batchSize;
        ShuffleBuffer? buffer;
        int first;
        int count;

        internal Enumerator(Dataset dataset, int batchSize, ulong? seed)
        {
            (this.dataset, this.batchSize) = (dataset, batchSize);
            if (seed is { } order)
            {
                buffer = dataset.TakeBuffer(batchSize);
                buffer.Shuffle(order);
            }
        }

        /// <summary>The batch, valid until <see cref="MoveNext"/> or <see cref="Dispose"/>.</summary>
        public readonly Batch Current => buffer is null
            ? new Batch(
                dataset.Inputs.Slice(first * dataset.InputSize, count * dataset.InputSize),
                dataset.HasLabels ? dataset.Labels.Slice(first, count) : default,
                dataset.Targets.Slice(first * dataset.TargetSize, count * dataset.TargetSize),
                first,
                count)
            : buffer.Batch(first, count);

        /// <summary>Goes on to the next batch.</summary>
        /// <returns>Whether there is one.</returns>
        public bool MoveNext()
        {
            first += count;
            count = Math.Min(batchSize, dataset.Count - first);
            buffer?.Gather(first, count);
            return count > 0;
        }

        /// <summary>Hands the buffer back for the next epoch.</summary>
        public void Dispose()
        {
            if (buffer is not null)
                dataset.ReturnBuffer(buffer);
            buffer = null;
        }
    }
}
