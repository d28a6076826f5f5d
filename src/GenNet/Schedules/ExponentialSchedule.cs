using System.ComponentModel;
using GenNet.Numerics;

namespace GenNet;

/// <summary>γ^step: PyTorch's ExponentialLR.</summary>
public readonly record struct ExponentialSchedule : ISchedule, IIncomplete
{
    readonly double? _gamma;

    /// <summary>Not to be called: there is no usual factor.</summary>
    [Obsolete("A schedule needs its factor: new ExponentialSchedule(gamma).", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ExponentialSchedule() { }

    /// <summary>Sets the fall.</summary>
    /// <param name="gamma">γ, the factor from one step to the next.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gamma"/> is negative or not finite.</exception>
    public ExponentialSchedule(double gamma) => _gamma = HyperParameter.NotNegative(gamma, nameof(gamma));

    /// <summary>γ.</summary>
    public double Gamma => _gamma ?? 0;

    string? IIncomplete.Missing => _gamma is not null ? null : "This ExponentialSchedule is the default, without factor: create it with new ExponentialSchedule(gamma).";

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">This is the default, without factor.</exception>
    public double At(long step) => _gamma is { } gamma ? ScalarMath.Power(gamma, step) : throw IIncomplete.Error(this);
}
