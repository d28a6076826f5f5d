using System.ComponentModel;
using GenNet.Numerics;

namespace GenNet;

/// <summary>(1 − step/steps)^power, 0 from the end on: PyTorch's PolynomialLR, a straight line unless a power is given.</summary>
public readonly record struct PolynomialSchedule : ISchedule, IIncomplete
{
    /// <summary>Not to be called: there are no usual steps.</summary>
    [Obsolete("A schedule needs its steps: new PolynomialSchedule(steps).", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public PolynomialSchedule() { }

    /// <summary>Sets the fall.</summary>
    /// <param name="steps">Steps until the rate is 0.</param>
    /// <param name="power">The power.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is not positive, or <paramref name="power"/> is negative or not finite.</exception>
    public PolynomialSchedule(long steps, double power = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        Steps = steps;
        Power = HyperParameter.NotNegative(power, nameof(power));
    }

    /// <summary>Steps until the rate is 0.</summary>
    public long Steps { get; }

    /// <summary>The power.</summary>
    public double Power { get; }

    string? IIncomplete.Missing => Steps > 0 ? null : "This PolynomialSchedule is the default, without steps: create it with new PolynomialSchedule(steps).";

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">This is the default, without steps.</exception>
    public double At(long step) => Steps > 0 ? ScalarMath.Power(1 - (double)Math.Min(step, Steps) / Steps, Power) : throw IIncomplete.Error(this);
}
