using GenNet.Numerics;

namespace GenNet;

/// <summary>γ^step: PyTorch's ExponentialLR.</summary>
public readonly record struct ExponentialSchedule : ISchedule
{
    /// <summary>Sets the fall.</summary>
    /// <param name="gamma">γ, the factor from one step to the next.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gamma"/> is negative or not finite.</exception>
    public ExponentialSchedule(double gamma) => Gamma = HyperParameter.NotNegative(gamma, nameof(gamma));

    /// <summary>γ.</summary>
    public double Gamma { get; }

    /// <inheritdoc/>
    public double At(long step) => ScalarMath.Power(Gamma, step);
}
