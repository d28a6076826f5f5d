using System.ComponentModel;
using GenNet.Numerics;

namespace GenNet;

/// <summary>γ^⌊step/size⌋: a fall after every so many steps. PyTorch's StepLR.</summary>
public readonly record struct StepSchedule : ISchedule, IIncomplete
{
    /// <summary>Not to be called: there is no usual step size.</summary>
    [Obsolete("A schedule needs its step size: new StepSchedule(stepSize).", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public StepSchedule() { }

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

    string? IIncomplete.Missing => StepSize > 0 ? null : "This StepSchedule is the default, without step size: create it with new StepSchedule(stepSize).";

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">This is the default, without step size.</exception>
    public double At(long step) => StepSize > 0 ? ScalarMath.Power(Gamma, step / StepSize) : throw IIncomplete.Error(this);
}
