using GenNet.Numerics;

namespace GenNet;

/// <summary>(1 − step/steps)^power, 0 from the end on: PyTorch's PolynomialLR, a straight line unless a power is given.</summary>
public readonly record struct PolynomialSchedule : ISchedule
{
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

    /// <inheritdoc/>
    public double At(long step) => ScalarMath.Power(1 - (double)Math.Min(step, Steps) / Steps, Power);
}
