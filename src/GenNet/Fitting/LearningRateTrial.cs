namespace GenNet;

/// <summary>One step of a learning-rate range test.</summary>
/// <param name="Rate">Its learning rate.</param>
/// <param name="Loss">The mean loss of its batch, before its update.</param>
/// <param name="SmoothedLoss">The exponential mean of the losses so far.</param>
public readonly record struct LearningRateTrial(double Rate, double Loss, double SmoothedLoss);
