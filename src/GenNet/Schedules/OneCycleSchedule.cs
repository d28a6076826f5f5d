using System.ComponentModel;

namespace GenNet;

/// <summary>
/// Up to the full rate and down again below the first (Smith and Topin 2018): PyTorch's OneCycleLR, with the optimiser's rate for max_lr.
/// Momentum does not change (cycle_momentum=False).
/// </summary>
public readonly record struct OneCycleSchedule : ISchedule, IIncomplete
{
    readonly double _rise, _divisor, _finalDivisor;
    readonly bool _threePhase;

    /// <summary>Not to be called: there are no usual steps.</summary>
    [Obsolete("A schedule needs its steps: new OneCycleSchedule(steps).", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public OneCycleSchedule() { }

    /// <summary>Sets the cycle.</summary>
    /// <param name="steps">Steps of the cycle, 2 or more. The last factor then holds.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 steps.</exception>
    public OneCycleSchedule(long steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        Steps = steps;
        RiseShare = 0.3;
        InitialDivisor = 25;
        FinalDivisor = 1e4;
    }

    /// <summary>Steps of the cycle.</summary>
    public long Steps { get; }

    /// <summary>The share of the steps in which the rate rises, more than 0 and less than 1, less than ½ with <see cref="ThreePhase"/>: 0.3 unless set. PyTorch's pct_start.</summary>
    public double RiseShare
    {
        get => _rise;
        init => _rise = value is > 0 and < 1 ? Checked(value, ThreePhase) : throw new ArgumentOutOfRangeException(nameof(RiseShare), value, "RiseShare must be more than 0 and less than 1.");
    }

    /// <summary>The full rate divided by the first: 25 unless set. PyTorch's div_factor.</summary>
    public double InitialDivisor { get => _divisor; init => _divisor = HyperParameter.Positive(value, nameof(InitialDivisor)); }

    /// <summary>The first rate divided by the last: 10⁴ unless set. PyTorch's final_div_factor.</summary>
    public double FinalDivisor { get => _finalDivisor; init => _finalDivisor = HyperParameter.Positive(value, nameof(FinalDivisor)); }

    /// <summary>Whether the rate changes along straight lines, not cosines.</summary>
    public bool Linear { get; init; }

    /// <summary>Whether the rate falls to the first one as slowly as it rose, and then to the last.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="RiseShare"/> is ½ or more, which leaves no steps for the last phase. Set a smaller one first.</exception>
    public bool ThreePhase
    {
        get => _threePhase;
        init
        {
            _ = Checked(_rise, value);
            _threePhase = value;
        }
    }

    string? IIncomplete.Missing => Steps > 0 ? null : "This OneCycleSchedule is the default, without steps: create it with new OneCycleSchedule(steps).";

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">This is the default, without steps.</exception>
    public double At(long step)
    {
        if (Steps == 0)
            throw IIncomplete.Error(this);
        double first = 1 / InitialDivisor, last = first / FinalDivisor, end = Steps - 1, top = RiseShare * Steps - 1;
        var position = Math.Min(step, end);
        if (position <= top)
            return Between(first, 1, 0, top, position);
        if (!ThreePhase)
            return Between(1, last, top, end, position);
        var bottom = 2 * RiseShare * Steps - 2;
        return position <= bottom ? Between(1, first, top, bottom, position) : Between(first, last, bottom, end, position);
    }

    static double Checked(double rise, bool threePhase) => !threePhase || rise < 0.5
        ? rise
        : throw new ArgumentOutOfRangeException(nameof(RiseShare), rise, "RiseShare must be less than ½ with ThreePhase: the rate falls for as many steps as it rose, and then to the last.");

    double Between(double from, double to, double start, double end, double position)
    {
        var share = end > start ? Math.Clamp((position - start) / (end - start), 0, 1) : 1;
        return Linear ? from + (to - from) * share : CosineSchedule.Between(from, to, share);
    }
}
