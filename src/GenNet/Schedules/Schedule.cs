namespace GenNet;

/// <summary>Schedules made of others: <c>new WarmupSchedule(500).Then(500, new CosineSchedule(9500))</c>.</summary>
public static class Schedule
{
    /// <summary><paramref name="first"/> for so many <paramref name="steps"/>, then <paramref name="second"/> from its own step 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is negative.</exception>
    public static SequentialSchedule Then(this ISchedule first, long steps, ISchedule second) => new(first, steps, second);

    /// <summary>The product of two schedules.</summary>
    public static ProductSchedule Times(this ISchedule left, ISchedule right) => new(left, right);

    /// <summary>The schedule with epochs for its steps.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="stepsPerEpoch">Steps of an epoch: <c>data.Batches(batchSize).Count</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="stepsPerEpoch"/> is not positive.</exception>
    public static EpochSchedule PerEpoch(this ISchedule schedule, long stepsPerEpoch) => new(schedule, stepsPerEpoch);

    /// <summary>The schedule after a report, which only an <see cref="IMetricSchedule"/> makes something of.</summary>
    internal static ISchedule After(this ISchedule schedule, double metric) => schedule is IMetricSchedule watching ? watching.Report(metric) : schedule;
}
