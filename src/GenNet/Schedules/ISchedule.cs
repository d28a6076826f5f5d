namespace GenNet;

/// <summary>
/// How the learning rate changes while a network trains: a factor of the optimiser's own rate for each step. A schedule of one's own is one small struct.
/// The built-in ones follow from the number of the step alone, so training that goes on elsewhere needs nothing of them.
/// </summary>
public interface ISchedule
{
    /// <summary>The factor for an update, 0 or more.</summary>
    /// <param name="step">Updates made before it: 0, 1, …</param>
    double At(long step);
}
