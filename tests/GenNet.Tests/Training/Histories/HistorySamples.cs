namespace GenNet.Tests.Training.Histories;

/// <summary>Samples of a batch, some as targets, some weighted.</summary>
sealed class HistorySamples
{
    public const int Inputs = 5, Outputs = 3;

    readonly float[]? _targets;

    public HistorySamples(ref RandomStream random, int count, bool weighted)
    {
        Count = count;
        X = new float[count * Inputs];
        foreach (ref var value in X.AsSpan())
            value = (float)random.NextNormal();
        Labels = new int[count];
        foreach (ref var label in Labels.AsSpan())
            label = random.NextInt32(Outputs);
        Weights = weighted ? new float[count] : [];
        foreach (ref var weight in Weights.AsSpan())
            weight = 2 * random.NextSingle();
        if (random.NextInt32(3) != 0)
            return;
        _targets = new float[count * Outputs];
        for (var row = 0; row < count; row++)
            _targets[row * Outputs + Labels[row]] = 1;
    }

    public int Count { get; }

    public float[] X { get; set; }

    public int[] Labels { get; }

    public float[] Weights { get; }

    /// <summary>Whether a trainer gets targets; labels that were spoiled it gets itself.</summary>
    public bool GivesTargets => _targets is not null && !Labels.Contains(-1);

    public float Step(Trainer trainer) => GivesTargets ? trainer.Step(X, _targets, Weights) : trainer.Step(X, Labels, Weights);

    public float Backward(Trainer trainer) => GivesTargets ? trainer.Backward(X, _targets, Weights) : trainer.Backward(X, Labels, Weights);

    public float Loss(Trainer trainer) => trainer.Loss(X, Labels);

    public float Accumulate(Trainer trainer, int first, int count) => GivesTargets
        ? trainer.Accumulate(X.AsSpan(first * Inputs, count * Inputs), _targets.AsSpan(first * Outputs, count * Outputs), Count)
        : trainer.Accumulate(X.AsSpan(first * Inputs, count * Inputs), Labels.AsSpan(first, count), Count);

    public Dataset ToDataset() => new(X, Inputs, Labels, Outputs);
}
