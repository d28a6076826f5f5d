using System.Text;
using System.Text.Json.Serialization;

namespace GenNet;

/// <summary>A network's quality on a data set.</summary>
/// <param name="Loss">Mean loss, over labels that count where there are labels.</param>
/// <param name="Accuracy">
/// Share of the labels that count, of samples or of steps, that have the largest output or, with a single output, is on its side of 0.5 (of 0 for logits with binary cross-entropy).
/// For targets: with cross-entropy the share whose largest target has the largest output, with binary cross-entropy the share of the single outputs
/// on their targets' side, as Keras counts them. NaN for a regression.
/// </param>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public readonly record struct Evaluation(double Loss, double Accuracy)
{
    /// <summary>Root of the mean squared error over samples and outputs, in the targets' unit. NaN for labels, and for losses that compare probabilities.</summary>
    public double RootMeanSquaredError { get; init; } = double.NaN;

    /// <summary>Mean absolute error over samples and outputs, in the targets' unit. NaN for labels, and for losses that compare probabilities.</summary>
    public double MeanAbsoluteError { get; init; } = double.NaN;

    /// <summary>R², the share of the targets' variance that the outputs explain: <see cref="RegressionMetrics.RSquared"/>. NaN for labels, and for losses that compare probabilities.</summary>
    public double RSquared { get; init; } = double.NaN;

    /// <summary>
    /// Each head's own quality by its name, its loss without its weight; null where the network declares no heads. <c>Loss</c> is then the weighted sum of all,
    /// and the other numbers are NaN.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, Evaluation>? Heads { get; init; }

    /// <summary>Whether all numbers are the same, those of each head too.</summary>
    public bool Equals(Evaluation other) =>
        (Loss, Accuracy, RootMeanSquaredError, MeanAbsoluteError, RSquared).Equals((other.Loss, other.Accuracy, other.RootMeanSquaredError, other.MeanAbsoluteError, other.RSquared))
        && AreEqual(Heads, other.Heads);

    static bool AreEqual(IReadOnlyDictionary<string, Evaluation>? heads, IReadOnlyDictionary<string, Evaluation>? others) =>
        heads is null || others is null
            ? heads == others
            : heads.Count == others.Count && heads.All(head => others.TryGetValue(head.Key, out var other) && head.Value.Equals(other));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Loss, Accuracy, RootMeanSquaredError, MeanAbsoluteError, RSquared, Heads?.Count);

    bool PrintMembers(StringBuilder text)
    {
        text.Append($"Loss = {Loss}, Accuracy = {Accuracy}, RootMeanSquaredError = {RootMeanSquaredError}, MeanAbsoluteError = {MeanAbsoluteError}, RSquared = {RSquared}");
        if (Heads is not null)
            text.Append($", Heads = {{ {string.Join(", ", Heads.Select(head => $"{head.Key} = {head.Value}"))} }}");
        return true;
    }
}
