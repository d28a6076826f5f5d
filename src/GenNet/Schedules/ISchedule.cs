namespace GenNet;

/// <summary>
/// How the learning rate changes while a network trains: a factor of the optimiser's own rate for each step. A schedule is a value: it never changes, and any number of runs
/// may follow it. One's own is one small struct. The built-in ones follow from the number of the step alone, but for those that watch how training goes: <see cref="IMetricSchedule"/>.
/// </summary>
public interface ISchedule
{
    /// <summary>The factor for an update, 0 or more.</summary>
    /// <param name="step">Updates made before it: 0, 1, …</param>
    double At(long step);
}
