namespace GenNet;

/// <summary>Half a cosine from 1 to a minimum, again and again (SGDR, Loshchilov and Hutter 2017): PyTorch's CosineAnnealingWarmRestarts.</summary>
public readonly record struct CosineRestartsSchedule : ISchedule
{
    /// <summary>Sets the periods.</summary>
    /// <param name="steps">Steps of the first period.</param>
    /// <param name="multiplier">How much longer each period is than the last.</param>
    /// <param name="minimum">The factor at the end of a period: PyTorch's eta_min, divided by the learning rate.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of steps is not positive, or <paramref name="minimum"/> is negative or not finite.</exception>
    public CosineRestartsSchedule(long steps, int multiplier = 1, double minimum = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(multiplier);
        Steps = steps;
        Multiplier = multiplier;
        Minimum = HyperParameter.NotNegative(minimum, nameof(minimum));
    }

    /// <summary>Steps of the first period.</summary>
    public long Steps { get; }

    /// <summary>How much longer each period is than the last.</summary>
    public int Multiplier { get; }

    /// <summary>The factor at the end of a period.</summary>
    public double Minimum { get; }

    /// <inheritdoc/>
    public double At(long step)
    {
        var period = Steps;
        if (Multiplier == 1)
            step %= period;
        for (; step >= period; period *= Multiplier)
            step -= period;
        return CosineSchedule.Between(1, Minimum, (double)step / period);
    }
}
