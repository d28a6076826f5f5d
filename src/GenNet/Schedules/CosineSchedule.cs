using System.ComponentModel;
using GenNet.Numerics;

namespace GenNet;

/// <summary>Half a cosine from 1 to a minimum, which then holds (Loshchilov and Hutter 2017): PyTorch's CosineAnnealingLR, which rises again after its end.</summary>
public readonly record struct CosineSchedule : ISchedule, IIncomplete
{
    /// <summary>Not to be called: there are no usual steps.</summary>
    [Obsolete("A schedule needs its steps: new CosineSchedule(steps).", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public CosineSchedule() { }

    /// <summary>Sets the fall.</summary>
    /// <param name="steps">Steps until the minimum.</param>
    /// <param name="minimum">The last factor: PyTorch's eta_min, divided by the learning rate.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is not positive, or <paramref name="minimum"/> is negative or not finite.</exception>
    public CosineSchedule(long steps, double minimum = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        Steps = steps;
        Minimum = HyperParameter.NotNegative(minimum, nameof(minimum));
    }

    /// <summary>Steps until the minimum.</summary>
    public long Steps { get; }

    /// <summary>The last factor.</summary>
    public double Minimum { get; }

    string? IIncomplete.Missing => Steps > 0 ? null : "This CosineSchedule is the default, without steps: create it with new CosineSchedule(steps).";

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">This is the default, without steps.</exception>
    public double At(long step) => Steps > 0 ? Between(1, Minimum, (double)Math.Min(step, Steps) / Steps) : throw IIncomplete.Error(this);

    /// <summary>Half a cosine from one value to another, <paramref name="share"/> of the way.</summary>
    internal static double Between(double from, double to, double share) => to + (from - to) * (1 + ScalarMath.CosPi(share)) / 2;
}
