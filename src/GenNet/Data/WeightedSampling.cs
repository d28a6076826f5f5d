namespace GenNet;

/// <summary>See <see cref="Sampling.Weighted"/>.</summary>
sealed class WeightedSampling : Sampling
{
    readonly float[] _weights;
    readonly double[] _sums;

    public WeightedSampling(float[] weights)
    {
        _weights = weights;
        _sums = new double[weights.Length];
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0 && float.IsFinite(weights[i])))
                throw new ArgumentException($"Weight {i} is {weights[i]}: it must be a finite number, 0 or more.", nameof(weights));
            _sums[i] = sum += weights[i];
        }
        if (!(sum > 0))
            throw new ArgumentException("At least one weight must be positive.", nameof(weights));
    }

    internal override void Check(Dataset dataset)
    {
        if (dataset.Count != _weights.Length)
            throw new ArgumentException($"The sampling has {_weights.Length} weights, the dataset {dataset.Count} samples.", nameof(dataset));
    }

    internal override ulong Hash() => EpochSource.Hash<float>(_weights, seed: 2);

    internal override Sampling Of(ReadOnlySpan<int> indices)
    {
        var weights = new float[indices.Length];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = _weights[indices[i]];
        return new WeightedSampling(weights);
    }

    internal override void Fill(Dataset dataset, Span<int> order, Span<int> scratch, RandomStream random)
    {
        foreach (ref var sample in order)
            sample = Find(random.NextDouble() * _sums[^1]);
    }

    /// <summary>The first sample whose sum exceeds <paramref name="position"/>: never one of weight 0, whose sum is that of the sample before.</summary>
    int Find(double position)
    {
        var (low, high) = (0, _sums.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_sums[middle] > position)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }
}
