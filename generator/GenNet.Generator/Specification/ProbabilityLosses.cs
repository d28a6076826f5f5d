namespace GenNet.Generator.Specification;

/// <summary>The losses of probabilities and the outputs that are such, the usual one first. Every other loss goes with every output.</summary>
static class ProbabilityLosses
{
    static readonly (string Loss, string[] Outputs)[] All =
    [
        ("CrossEntropy", ["Softmax"]),
        ("BinaryCrossEntropy", ["Sigmoid", "HardSigmoid"]),
    ];

    /// <summary>The activations that a loss takes, logits apart; null for any.</summary>
    public static string[]? OutputsOf(string loss) => All.FirstOrDefault(one => one.Loss == loss).Outputs;

    /// <summary>The loss of a network that names none, after the activation of its output.</summary>
    public static string DefaultAfter(string output) => All.FirstOrDefault(one => one.Outputs[0] == output).Loss ?? "MeanSquaredError";
}
