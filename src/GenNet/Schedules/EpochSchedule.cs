namespace GenNet;

/// <summary>A schedule that counts epochs, not steps.</summary>
public sealed class EpochSchedule : ICompositeSchedule
{
    readonly ISchedule _schedule;
    readonly long _stepsPerEpoch;

    internal EpochSchedule(ISchedule schedule, long stepsPerEpoch)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepsPerEpoch);
        (_schedule, _stepsPerEpoch) = (schedule, stepsPerEpoch);
    }

    IEnumerable<ISchedule> ICompositeSchedule.Parts => [_schedule];

    IMetricSchedule ICompositeSchedule.With(Func<ISchedule, ISchedule> part) => new EpochSchedule(part(_schedule), _stepsPerEpoch);

    /// <inheritdoc/>
    public double At(long step) => _schedule.At(step / _stepsPerEpoch);

    /// <summary>The schedule in words.</summary>
    public override string ToString() => FormattableString.Invariant($"{_schedule}, by epochs of {_stepsPerEpoch} steps");
}
