namespace GenNet;

/// <summary>The samples of a <see cref="Dataset"/>, batch by batch, for <c>foreach</c>. The default has none.</summary>
public readonly struct BatchSequence
{
    readonly Dataset _dataset;
    readonly int _batchSize;
    readonly int _first;
    readonly int _end;
    readonly Sampling? _sampling;
    readonly ulong? _seed;

    // Which samples of a batch of so many somebody wants the features of; null for all.
    readonly Func<int, (int First, int End)>? _used;

    internal BatchSequence(Dataset dataset, int batchSize, bool dropLast, Sampling? sampling, ulong? seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        (_dataset, _batchSize, _sampling, _seed) = (dataset, batchSize, sampling, seed);
        _end = dropLast ? dataset.Count / batchSize * batchSize : dataset.Count;
    }

    BatchSequence(BatchSequence whole, int first)
    {
        this = whole;
        _first = first;
    }

    BatchSequence(BatchSequence whole, Func<int, (int First, int End)>? used)
    {
        this = whole;
        _used = used;
    }

    /// <summary>How many batches there are.</summary>
    public int Count => _end == _first ? 0 : (_end - _first - 1) / _batchSize + 1;

    /// <summary>The same batches without the first <paramref name="count"/>, to go on where an epoch was left.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative or more than <see cref="Count"/>.</exception>
    public BatchSequence Skip(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        return new(this, (int)Math.Min(_end, _first + (long)count * _batchSize));
    }

    /// <summary>The same batches, with the features of some of their samples only: of shuffled data, those of others are anything.</summary>
    /// <param name="used">Tells the first such sample and the first behind them, of a batch of so many; null for all.</param>
    internal BatchSequence Using(Func<int, (int First, int End)>? used) => new(this, used);

    /// <summary>Starts at the first batch.</summary>
    public Enumerator GetEnumerator() => new(_dataset, _batchSize, _first, _end, _sampling, _seed, _used);

    /// <summary>Goes from batch to batch.</summary>
    public ref struct Enumerator
    {
        readonly int _batchSize;
        readonly int _end;
        readonly Func<int, (int First, int End)>? _used;
        Dataset? _dataset;
        BatchBuffer? _buffer;
        int _first;
        int _count;

        internal Enumerator(Dataset dataset, int batchSize, int first, int end, Sampling? sampling, ulong? seed, Func<int, (int First, int End)>? used)
        {
            (_dataset, _batchSize, _first, _end, _used) = (dataset, batchSize, first, end, used);
            if (end == first || (seed is null && dataset.HasRows))
                return;
            _buffer = dataset.TakeBuffer(batchSize);
            if (seed is { } order)
                _buffer.Begin(sampling, order);
            else
                _buffer.Begin();
        }

        /// <summary>The batch, valid until <see cref="MoveNext"/> or <see cref="Dispose"/>.</summary>
        /// <exception cref="InvalidOperationException">The enumeration is over.</exception>
        public readonly Batch Current => _dataset is null ? throw new InvalidOperationException("The enumeration of batches is over: there is no current batch.")
            : _buffer is null ? _dataset.InOrder(_dataset.Inputs.Slice(_first * _dataset.InputSize, _count * _dataset.InputSize), _first, _count)
            : _buffer.Batch(_first, _count);

        /// <summary>Goes on to the next batch.</summary>
        /// <returns>Whether there is one.</returns>
        public bool MoveNext()
        {
            if (_dataset is null)
                return false;
            _first += _count;
            _count = Math.Min(_batchSize, _end - _first);
            _buffer?.Gather(_first, _count, _used?.Invoke(_count) ?? (0, _count));
            return _count > 0;
        }

        /// <summary>Ends the enumeration, and hands the buffer back for the next epoch.</summary>
        public void Dispose()
        {
            if (_buffer is not null)
                _dataset!.ReturnBuffer(_buffer);
            (_dataset, _buffer) = (null, null);
        }
    }
}
