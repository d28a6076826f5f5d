namespace GenNet;

/// <summary>One schedule for some steps, then another that starts from its own step 0: PyTorch's SequentialLR. Longer chains follow from <see cref="Schedule.Then"/>.</summary>
public sealed class SequentialSchedule : ICompositeSchedule
{
    readonly ISchedule _first, _second;
    readonly long _steps;

    internal SequentialSchedule(ISchedule first, long steps, ISchedule second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        (_first, _steps, _second) = (first, steps, second);
    }

    IEnumerable<ISchedule> ICompositeSchedule.Parts => [_first, _second];

    IMetricSchedule ICompositeSchedule.With(Func<ISchedule, ISchedule> part) => new SequentialSchedule(part(_first), _steps, part(_second));

    /// <inheritdoc/>
    public double At(long step) => step < _steps ? _first.At(step) : _second.At(step - _steps);

    /// <summary>The schedule in words.</summary>
    public override string ToString() => FormattableString.Invariant($"{_first} for {_steps} steps, then {_second}");
}
