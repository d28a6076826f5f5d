using GenNet.Numerics;

namespace GenNet;

/// <summary>γ^⌊step/size⌋: a fall after every so many steps. PyTorch's StepLR.</summary>
public readonly record struct StepSchedule : ISchedule
{
    /// <summary>Sets the fall.</summary>
    /// <param name="stepSize">Steps from one fall to the next.</param>
    /// <param name="gamma">γ, the factor of a fall.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="stepSize"/> is not positive, or <paramref name="gamma"/> is negative or not finite.</exception>
    public StepSchedule(long stepSize, double gamma = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepSize);
        StepSize = stepSize;
        Gamma = HyperParameter.NotNegative(gamma, nameof(gamma));
    }

    /// <summary>Steps from one fall to the next.</summary>
    public long StepSize { get; }

    /// <summary>γ.</summary>
    public double Gamma { get; }

    /// <inheritdoc/>
    public double At(long step) => ScalarMath.Power(Gamma, step / StepSize);
}
