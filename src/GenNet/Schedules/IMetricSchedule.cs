namespace GenNet;

/// <summary>A schedule that watches how training goes. <c>Fit</c> reports the validation loss to it after each epoch, or the training loss where there is no validation.</summary>
public interface IMetricSchedule : ISchedule
{
    /// <summary>Takes note of what is watched.</summary>
    void Report(double metric);
}
