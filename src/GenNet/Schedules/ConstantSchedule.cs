namespace GenNet;

/// <summary>A constant factor for some steps, then 1: PyTorch's ConstantLR.</summary>
public readonly record struct ConstantSchedule : ISchedule
{
    /// <summary>The optimiser's own rate at every step.</summary>
    public ConstantSchedule() : this(1) { }

    /// <summary>Sets the factor.</summary>
    /// <param name="factor">The factor, 1 for the optimiser's own rate.</param>
    /// <param name="steps">Steps that it holds for; without it, all.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite.</exception>
    public ConstantSchedule(double factor = 1, long steps = long.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        Factor = HyperParameter.NotNegative(factor, nameof(factor));
        Steps = steps;
    }

    /// <summary>The factor.</summary>
    public double Factor { get; }

    /// <summary>Steps that it holds for.</summary>
    public long Steps { get; }

    /// <inheritdoc/>
    public double At(long step) => step < Steps ? Factor : 1;
}
