using System.Text.Json.Serialization;

namespace GenNet;

/// <summary>What one epoch of training came to.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="Loss">Mean loss of its steps, each before its update.</param>
/// <param name="Validation">The network's quality on the validation data after the epoch, where there is such data.</param>
/// <param name="TrainingTime">Time spent in the epoch's steps, without validation.</param>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record EpochResult(int Epoch, double Loss, Evaluation? Validation, TimeSpan TrainingTime)
{
    /// <summary>What was wrong with the gradients at its end, in plain words. Always empty unless the network is declared with <c>Health = true</c>.</summary>
    public IReadOnlyList<HealthFinding> Findings { get; init; } = [];
}
