namespace GenNet;

/// <summary>A random order of a dataset's samples, and room for one batch in that order.</summary>
sealed class ShuffleBuffer(Dataset dataset, int rows)
{
    readonly int[] _order = new int[dataset.Count];
    int[]? _scratch;
    readonly float[] _inputs = new float[checked(rows * dataset.InputSize)];
    readonly int[] _labels = new int[dataset.HasLabels ? rows : 0];
    readonly float[] _targets = new float[checked(rows * dataset.TargetSize)];

    readonly float[] _sampleWeights = new float[dataset.SampleWeights.IsEmpty ? 0 : rows];

    public int Rows => rows;

    /// <summary>Puts all samples in the order of <paramref name="seed"/>, or those that the sampling takes.</summary>
    public void Arrange(Sampling? sampling, ulong seed)
    {
        if (sampling is null)
            Dataset.Permute(_order, seed);
        else
            sampling.Fill(dataset, _order, _scratch ??= new int[_order.Length], Dataset.ShufflingStream(seed));
    }

    public void Gather(int first, int count)
    {
        var indices = _order.AsSpan(first, count);
        Dataset.GatherRows(dataset.Inputs, dataset.InputSize, indices, _inputs);
        if (dataset.HasLabels)
            Dataset.GatherRows(dataset.Labels, 1, indices, _labels);
        else
            Dataset.GatherRows(dataset.Targets, dataset.TargetSize, indices, _targets);
        if (!dataset.SampleWeights.IsEmpty)
            Dataset.GatherRows(dataset.SampleWeights, 1, indices, _sampleWeights);
    }

    public Batch Batch(int first, int count) => new(
        _inputs.AsSpan(0, count * dataset.InputSize),
        _labels.AsSpan(0, dataset.HasLabels ? count : 0),
        _targets.AsSpan(0, count * dataset.TargetSize),
        _sampleWeights.AsSpan(0, dataset.SampleWeights.IsEmpty ? 0 : count),
        first,
        count,
        new SampleNumbers(dataset, _order, first));
}
