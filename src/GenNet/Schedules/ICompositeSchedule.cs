namespace GenNet;

/// <summary>A schedule made of others.</summary>
interface ICompositeSchedule
{
    IEnumerable<ISchedule> Parts { get; }

    /// <summary>The schedules within a schedule that know something of the past.</summary>
    static IEnumerable<PlateauSchedule> Plateaus(ISchedule? schedule) => schedule switch
    {
        PlateauSchedule plateau => [plateau],
        ICompositeSchedule composite => composite.Parts.SelectMany(Plateaus),
        _ => [],
    };
}
