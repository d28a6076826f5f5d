namespace GenNet;

/// <summary>How a learning-rate range test is made.</summary>
public sealed record LearningRateTestOptions
{
    readonly double _from = 1e-6, _to = 10, _smoothing = 0.9;
    readonly int _steps = 100, _batchSize = 32;

    /// <summary>The rate of the first step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not a positive number that a float can hold.</exception>
    public double From
    {
        get => _from;
        init => _from = HyperParameter.Positive(value, nameof(From));
    }

    /// <summary>The rate of the last step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not a positive number that a float can hold.</exception>
    public double To
    {
        get => _to;
        init => _to = HyperParameter.Positive(value, nameof(To));
    }

    /// <summary>Steps, each with a rate that is the same number of times larger than the last. They may go through the data several times.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 3.</exception>
    public int Steps
    {
        get => _steps;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 3);
            _steps = value;
        }
    }

    /// <summary>Samples a step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public int BatchSize
    {
        get => _batchSize;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _batchSize = value;
        }
    }

    /// <summary>β of the exponential mean of the losses; 0 for the losses as they are.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not at least 0 and less than 1.</exception>
    public double Smoothing
    {
        get => _smoothing;
        init => _smoothing = HyperParameter.Fraction(value, nameof(Smoothing));
    }

    /// <summary>The order of the samples and dropout masks follow from it.</summary>
    public ulong Seed { get; init; }
}
