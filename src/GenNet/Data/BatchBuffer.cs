namespace GenNet;

/// <summary>Room for one batch of a dataset, and the order in which an epoch takes its samples.</summary>
sealed class BatchBuffer(Dataset dataset, int rows)
{
    int[] _order = [];
    int[]? _scratch;
    readonly float[] _inputs = new float[checked(rows * dataset.InputSize)];
    readonly int[] _labels = new int[checked(rows * dataset.LabelSize)];
    readonly float[] _targets = new float[checked(rows * dataset.TargetSize)];

    readonly float[] _sampleWeights = new float[dataset.SampleWeights.IsEmpty ? 0 : rows];

    readonly int[] _lengths = new int[dataset.Lengths.IsEmpty ? 0 : rows];

    readonly bool[] _resets = new bool[dataset.Resets.IsEmpty ? 0 : checked(rows * dataset.Steps)];

    // An image before it is altered.
    float[]? _image;
    RandomStream _random;
    bool _isInOrder;

    public int Rows => rows;

    /// <summary>Takes all samples in their order and as they are.</summary>
    public void Begin() => _isInOrder = true;

    /// <summary>Puts all samples in the order of <paramref name="seed"/>, or those that the sampling takes.</summary>
    public void Begin(Sampling? sampling, ulong seed)
    {
        _isInOrder = false;
        if (_order.Length == 0)
            _order = new int[dataset.Count];
        if (sampling is null)
            Dataset.Permute(_order, seed);
        else
            sampling.Fill(dataset, _order, _scratch ??= new int[_order.Length], Dataset.ShufflingStream(seed));
        _random = new RandomStream(seed).SplitFor(RandomPurpose.Augmentation);
    }

    /// <summary>Takes the next samples.</summary>
    /// <param name="first">How many came before them.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="used">Those of them whose features somebody wants: the first, and the first behind them. Those of others are anything.</param>
    public void Gather(int first, int count, (int First, int End) used)
    {
        if (_isInOrder)
        {
            // What lies in memory as it is given out needs no copy.
            dataset.Features.CopyRows(first, _inputs.AsSpan(0, count * dataset.InputSize));
            return;
        }
        var samples = _order.AsSpan(first, count);
        if (dataset.Augmenter is { } augmenter)
            Alter(augmenter, samples, first, used);
        else
            dataset.Features.CopyRows(samples[used.First..used.End], _inputs.AsSpan(used.First * dataset.InputSize));
        if (dataset.HasLabels)
            Features.GatherRows(dataset.Labels, dataset.LabelSize, samples, _labels);
        else
            Features.GatherRows(dataset.Targets, dataset.TargetSize, samples, _targets);
        if (!dataset.SampleWeights.IsEmpty)
            Features.GatherRows(dataset.SampleWeights, 1, samples, _sampleWeights);
        if (!dataset.Lengths.IsEmpty)
            Features.GatherRows(dataset.Lengths, 1, samples, _lengths);
        if (!dataset.Resets.IsEmpty)
            Features.GatherRows(dataset.Resets, dataset.Steps, samples, _resets);
    }

    /// <summary>What becomes of an image follows from the epoch's seed and from its place in the epoch: batches of any size have the same, and those that an epoch goes on with.</summary>
    void Alter(Augmenter augmenter, ReadOnlySpan<int> samples, int first, (int First, int End) used)
    {
        var image = _image ??= new float[dataset.InputSize];
        for (var i = used.First; i < used.End; i++)
        {
            dataset.Features.CopyRows(samples.Slice(i, 1), image);
            augmenter.Apply(image, _inputs.AsSpan(i * image.Length, image.Length), _random.Split((ulong)(first + i)));
        }
    }

    public Batch Batch(int first, int count)
    {
        var inputs = _inputs.AsSpan(0, count * dataset.InputSize);
        return _isInOrder ? dataset.InOrder(inputs, first, count) : new(
            inputs,
            _labels.AsSpan(0, count * dataset.LabelSize),
            _targets.AsSpan(0, count * dataset.TargetSize),
            _sampleWeights.AsSpan(0, dataset.SampleWeights.IsEmpty ? 0 : count),
            _lengths.AsSpan(0, dataset.Lengths.IsEmpty ? 0 : count),
            _resets.AsSpan(0, dataset.Resets.IsEmpty ? 0 : count * dataset.Steps),
            first,
            count,
            new SampleNumbers(dataset, _order, first));
    }
}
