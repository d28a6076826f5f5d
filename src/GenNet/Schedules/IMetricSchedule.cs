namespace GenNet;

/// <summary>
/// A schedule that watches how training goes. Like every schedule it is a value that never changes: what it learns is in the schedule that <see cref="Report"/> returns,
/// so that one schedule may be given to any number of runs. <c>Fit</c> reports the validation loss after each epoch, or the training loss where there is no validation;
/// a loop of one's own calls <see cref="Trainer.Report"/>.
/// </summary>
public interface IMetricSchedule : ISchedule
{
    /// <summary>The schedule that knows of one more value of what is watched.</summary>
    IMetricSchedule Report(double metric);
}
