namespace GenNet;

/// <summary>The samples of a <see cref="Dataset"/>, batch by batch, for <c>foreach</c>.</summary>
public readonly struct BatchSequence
{
    readonly Dataset _dataset;
    readonly int _batchSize;
    readonly ulong? _seed;

    internal BatchSequence(Dataset dataset, int batchSize, ulong? seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        (_dataset, _batchSize, _seed) = (dataset, batchSize, seed);
    }

    /// <summary>How many batches there are.</summary>
    public int Count => (_dataset.Count - 1) / _batchSize + 1;

    /// <summary>Starts at the first batch.</summary>
    public Enumerator GetEnumerator() => new(_dataset, _batchSize, _seed);

    /// <summary>Goes from batch to batch.</summary>
    public ref struct Enumerator
    {
        readonly Dataset _dataset;
        readonly int _batchSize;
        ShuffleBuffer? _buffer;
        int _first;
        int _count;

        internal Enumerator(Dataset dataset, int batchSize, ulong? seed)
        {
            (_dataset, _batchSize) = (dataset, batchSize);
            if (seed is { } order)
            {
                _buffer = dataset.TakeBuffer(batchSize);
                _buffer.Shuffle(order);
            }
        }

        /// <summary>The batch, valid until <see cref="MoveNext"/> or <see cref="Dispose"/>.</summary>
        public readonly Batch Current => _buffer is null
            ? new Batch(
                _dataset.Inputs.Slice(_first * _dataset.InputSize, _count * _dataset.InputSize),
                _dataset.HasLabels ? _dataset.Labels.Slice(_first, _count) : default,
                _dataset.Targets.Slice(_first * _dataset.TargetSize, _count * _dataset.TargetSize),
                _first,
                _count)
            : _buffer.Batch(_first, _count);

        /// <summary>Goes on to the next batch.</summary>
        /// <returns>Whether there is one.</returns>
        public bool MoveNext()
        {
            _first += _count;
            _count = Math.Min(_batchSize, _dataset.Count - _first);
            _buffer?.Gather(_first, _count);
            return _count > 0;
        }

        /// <summary>Hands the buffer back for the next epoch.</summary>
        public void Dispose()
        {
            if (_buffer is not null)
                _dataset.ReturnBuffer(_buffer);
            _buffer = null;
        }
    }
}
