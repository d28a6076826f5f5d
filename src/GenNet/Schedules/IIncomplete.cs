namespace GenNet;

/// <summary>A schedule that is a struct, whose default lacks something that it cannot do without. Found where it is given to a trainer or a fit, and where it is asked for a factor.</summary>
interface IIncomplete
{
    /// <summary>What is missing and how to give it; null where nothing is.</summary>
    string? Missing { get; }

    static InvalidOperationException Error(IIncomplete schedule) => new(schedule.Missing);

    /// <exception cref="ArgumentException">The schedule, or one that it is made of, lacks something.</exception>
    static void Check(ISchedule? schedule, string parameter)
    {
        if (schedule is IIncomplete { Missing: { } missing })
            throw new ArgumentException(missing, parameter);
        foreach (var part in (schedule as ICompositeSchedule)?.Parts ?? [])
            Check(part, parameter);
    }
}
