namespace GenNet;

/// <summary>What one epoch of training came to.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="Loss">Mean loss of its steps, each before its update.</param>
/// <param name="Validation">The network's quality on the validation data after the epoch, where there is such data.</param>
/// <param name="TrainingTime">Time spent in the epoch's steps, without validation.</param>
public sealed record EpochResult(int Epoch, double Loss, Evaluation? Validation, TimeSpan TrainingTime)
{
    /// <summary>What was wrong with the gradients at its end, in plain words. Always empty unless the network is declared with <c>Health = true</c>.</summary>
    public IReadOnlyList<HealthFinding> Findings { get; init; } = [];
}

/// <summary>A network's quality on a data set.</summary>
/// <param name="Loss">Mean loss.</param>
/// <param name="Accuracy">
/// Share of the samples whose label has the largest output or, with a single output, is on its side of 0.5 (of 0 for logits with binary cross-entropy).
/// For targets: with cross-entropy the share whose largest target has the largest output, with binary cross-entropy the share of the single outputs
/// on their targets' side, as Keras counts them. NaN for a regression.
/// </param>
public readonly record struct Evaluation(double Loss, double Accuracy)
{
    /// <summary>Root of the mean squared error over samples and outputs, in the targets' unit. NaN for labels, and for losses that compare probabilities.</summary>
    public double RootMeanSquaredError { get; init; } = double.NaN;

    /// <summary>Mean absolute error over samples and outputs, in the targets' unit. NaN for labels, and for losses that compare probabilities.</summary>
    public double MeanAbsoluteError { get; init; } = double.NaN;

    /// <summary>R², the share of the targets' variance that the outputs explain: <see cref="RegressionMetrics.RSquared"/>. NaN for labels, and for losses that compare probabilities.</summary>
    public double RSquared { get; init; } = double.NaN;
}
