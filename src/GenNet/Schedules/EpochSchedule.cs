namespace GenNet;

/// <summary>A schedule that counts epochs, not steps.</summary>
public sealed class EpochSchedule : IMetricSchedule, ICompositeSchedule
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

    /// <inheritdoc/>
    public double At(long step) => _schedule.At(step / _stepsPerEpoch);

    /// <inheritdoc/>
    public void Report(double metric) => (_schedule as IMetricSchedule)?.Report(metric);
}
