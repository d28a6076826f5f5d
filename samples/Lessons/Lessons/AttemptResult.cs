using GenNet;

namespace Lessons;

/// <summary>What an attempt came to.</summary>
/// <param name="Name">What is different about it.</param>
/// <param name="Epochs">The epochs completed.</param>
/// <param name="Health">How each layer fared at the end of each epoch.</param>
/// <param name="Findings">What was wrong, the first time that something was.</param>
/// <param name="Divergence">Why it ended before its last epoch, or null.</param>
sealed record AttemptResult(
    string Name, IReadOnlyList<EpochResult> Epochs, IReadOnlyList<LayerFigures[]> Health, IReadOnlyList<HealthFinding> Findings, string? Divergence)
{
    /// <summary>The share of the test samples told apart at the end; 0 where there is no end.</summary>
    public double Accuracy => Divergence is null ? Epochs[^1].Validation!.Value.Accuracy : 0;
}
