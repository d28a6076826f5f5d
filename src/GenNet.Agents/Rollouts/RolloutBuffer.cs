namespace GenNet.Agents;

/// <summary>The samples of a roll-out, and what is known of each. Row t·environments + e is step t of environment e.</summary>
/// <param name="samples">Samples.</param>
/// <param name="environments">Environments: of so many there is one more observation and value, of the state behind the last step.</param>
/// <param name="observations">Numbers of an observation.</param>
/// <param name="width">Numbers of an action.</param>
/// <param name="masked">Actions that may be masked, 0 where there are no masks.</param>
sealed class RolloutBuffer(int samples, int environments, int observations, int width, int masked)
{
    double _mean, _meanOfRest, _squares, _squaresOfRest;

    public int Samples => samples;

    /// <summary>[samples + environments, observations] what the policy saw.</summary>
    public float[] Observations { get; } = new float[checked((samples + environments) * observations)];

    /// <summary>[samples, width] what it did.</summary>
    public float[] Actions { get; } = new float[checked(samples * width)];

    /// <summary>[samples, masked] which actions there were.</summary>
    public float[] Masks { get; } = new float[checked(samples * masked)];

    /// <summary>[samples] ln of the probability or density of the action.</summary>
    public float[] LogProbabilities { get; } = new float[samples];

    /// <summary>[samples + environments] the return that was expected.</summary>
    public float[] Values { get; } = new float[samples + environments];

    /// <summary>[samples] whether the episode was over after the step.</summary>
    public bool[] Ended { get; } = new bool[samples];

    /// <summary>[windows, state] what the policy remembered where a window began. Window w·environments + e is the w-th of environment e. Empty where it remembers nothing.</summary>
    public float[] PolicyStates { get; init; } = [];

    /// <summary>[windows, state] likewise of the value's network.</summary>
    public float[] ValueStates { get; init; } = [];

    /// <summary>The row of a step of a window.</summary>
    /// <param name="window">The window.</param>
    /// <param name="length">Steps of a window.</param>
    /// <param name="step">The step of the window.</param>
    public int Row(int window, int length, int step) => (window / environments * length + step) * environments + window % environments;

    /// <summary>[samples] how much better than expected the action turned out.</summary>
    public float[] Advantages { get; } = new float[samples];

    /// <summary>[samples] the return that is to be expected: advantage + value.</summary>
    public float[] Returns { get; } = new float[samples];

    /// <summary>The share of the returns' variance that the values explain; NaN where they have none.</summary>
    public double ExplainedVariance => _squares == 0 ? double.NaN : 1 - _squaresOfRest / _squares;

    /// <summary>Begins the sums that <see cref="ExplainedVariance"/> follows from.</summary>
    public void BeginVariance() => (_mean, _meanOfRest, _squares, _squaresOfRest) = (0, 0, 0, 0);

    /// <summary>Adds samples, from one to before another, to the means of returns, and of what values leave of them.</summary>
    public void AddToMeans(int first, int end)
    {
        for (var row = first; row < end; row++)
        {
            _mean += Returns[row] / (double)samples;
            _meanOfRest += ((double)Returns[row] - Values[row]) / samples;
        }
    }

    /// <summary>Adds samples to the squares of the distances from these means.</summary>
    public void AddToSquares(int first, int end)
    {
        for (var row = first; row < end; row++)
        {
            var (distance, rest) = (Returns[row] - _mean, (double)Returns[row] - Values[row] - _meanOfRest);
            _squares += distance * distance;
            _squaresOfRest += rest * rest;
        }
    }

    /// <summary>Writes these sums.</summary>
    public void Save(BinaryWriter writer)
    {
        foreach (var number in (ReadOnlySpan<double>)[_mean, _meanOfRest, _squares, _squaresOfRest])
            writer.Write(number);
    }

    /// <summary>Reads them again.</summary>
    public void Load(BinaryReader reader) => (_mean, _meanOfRest, _squares, _squaresOfRest) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
}
