namespace GenNet;

/// <summary>A schedule made of others.</summary>
interface ICompositeSchedule : IMetricSchedule
{
    IEnumerable<ISchedule> Parts { get; }

    /// <summary>The same schedule of other parts, made from its own in their order.</summary>
    IMetricSchedule With(Func<ISchedule, ISchedule> part);

    IMetricSchedule IMetricSchedule.Report(double metric) => With(part => part.After(metric));

    /// <summary>The schedules within a schedule that know something of the past.</summary>
    static IEnumerable<PlateauSchedule> Plateaus(ISchedule? schedule) => schedule switch
    {
        PlateauSchedule plateau => [plateau],
        ICompositeSchedule composite => composite.Parts.SelectMany(Plateaus),
        _ => [],
    };

    /// <summary>A schedule whose <see cref="Plateaus"/> know what others knew, one after the other.</summary>
    static ISchedule WithStates(ISchedule schedule, Queue<PlateauState> states) => schedule switch
    {
        PlateauSchedule plateau => plateau with { State = states.Dequeue() },
        ICompositeSchedule composite => composite.With(part => WithStates(part, states)),
        _ => schedule,
    };
}
