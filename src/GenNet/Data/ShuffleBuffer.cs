namespace GenNet;

/// <summary>A random order of a dataset's samples, and room for one batch in that order.</summary>
sealed class ShuffleBuffer(Dataset dataset, int rows)
{
    readonly int[] order = new int[dataset.Count];
    readonly float[] inputs = new float[checked(rows * dataset.InputSize)];
    readonly int[] labels = new int[dataset.HasLabels ? rows : 0];
    readonly float[] targets = new float[checked(rows * dataset.TargetSize)];

    public int Rows => rows;

    public void Shuffle(ulong seed) => Dataset.Permute(order, seed);

    public void Gather(int first, int count)
    {
        var indices = order.AsSpan(first, count);
        Dataset.GatherRows(dataset.Inputs, dataset.InputSize, indices, inputs);
        if (dataset.HasLabels)
            Dataset.GatherRows(dataset.Labels, 1, indices, labels);
        else
            Dataset.GatherRows(dataset.Targets, dataset.TargetSize, indices, targets);
    }

    public Batch Batch(int first, int count) => new(
        inputs.AsSpan(0, count * dataset.InputSize),
        labels.AsSpan(0, dataset.HasLabels ? count : 0),
        targets.AsSpan(0, count * dataset.TargetSize),
        first,
        count);
}
