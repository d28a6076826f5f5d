using System.ComponentModel;

namespace GenNet;

/// <summary>Half a cosine from 1 to a minimum, again and again (SGDR, Loshchilov and Hutter 2017): PyTorch's CosineAnnealingWarmRestarts.</summary>
public readonly record struct CosineRestartsSchedule : ISchedule, IIncomplete
{
    /// <summary>Not to be called: there are no usual steps.</summary>
    [Obsolete("A schedule needs its steps: new CosineRestartsSchedule(steps).", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public CosineRestartsSchedule() { }

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

    string? IIncomplete.Missing => Steps > 0 ? null : "This CosineRestartsSchedule is the default, without steps: create it with new CosineRestartsSchedule(steps).";

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">This is the default, without steps.</exception>
    public double At(long step)
    {
        if (Steps == 0)
            throw IIncomplete.Error(this);
        var period = Steps;
        if (Multiplier == 1)
            step %= period;
        while (step >= period)
        {
            step -= period;
            period = period > long.MaxValue / Multiplier ? long.MaxValue : period * Multiplier;
        }
        return CosineSchedule.Between(1, Minimum, (double)step / period);
    }
}
