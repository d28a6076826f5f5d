using System.ComponentModel;

namespace GenNet;

/// <summary>A straight line from one factor to another, which then holds: a linear warm-up. PyTorch's LinearLR.</summary>
public readonly record struct WarmupSchedule : ISchedule, IIncomplete
{
    /// <summary>Not to be called: there are no usual steps.</summary>
    [Obsolete("A schedule needs its steps: new WarmupSchedule(steps).", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public WarmupSchedule() { }

    /// <summary>Sets the line.</summary>
    /// <param name="steps">Steps until the last factor.</param>
    /// <param name="start">The first factor.</param>
    /// <param name="end">The last factor.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is not positive, or a factor is negative or not finite.</exception>
    public WarmupSchedule(long steps, double start = 0, double end = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        Steps = steps;
        Start = HyperParameter.NotNegative(start, nameof(start));
        End = HyperParameter.NotNegative(end, nameof(end));
    }

    /// <summary>Steps until the last factor.</summary>
    public long Steps { get; }

    /// <summary>The first factor.</summary>
    public double Start { get; }

    /// <summary>The last factor.</summary>
    public double End { get; }

    string? IIncomplete.Missing => Steps > 0 ? null : "This WarmupSchedule is the default, without steps: create it with new WarmupSchedule(steps).";

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">This is the default, without steps.</exception>
    public double At(long step) => Steps > 0 ? Start + (End - Start) * Math.Min(step, Steps) / Steps : throw IIncomplete.Error(this);
}
