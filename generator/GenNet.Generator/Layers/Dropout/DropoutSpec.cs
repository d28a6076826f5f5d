using GenNet.Generator.Emission;
using GenNet.Generator.Planning;

namespace GenNet.Generator.Layers;

/// <summary>Dropout.</summary>
/// <param name="Rate">The probability that a value is dropped.</param>
sealed record DropoutSpec(double Rate) : LayerSpec("Identity")
{
    public static LayerKind Kind { get; } = new("GenNet.DropoutAttribute", reader =>
        new DropoutSpec(reader.Number("rate", 0, value => value is >= 0 and <= 1, "from 0 to 1", position: 0)));

    public override bool OnlyTrains => true;

    public override string Words => $"dropout {Text.Number(Rate)}";

    public override bool IsActivated => false;

    public override string Equation(string n, IReadOnlyList<string> x) => $"{x[0]} ∘ mask/(1 − {Text.Number(Rate)})";

    public override string InputGradientEquation(string n) => $"δ{n} ∘ mask/(1 − {Text.Number(Rate)})";

    public override string Description(LayerPlan layer, string activation) => $"new global::GenNet.DropoutLayer({layer.Outputs}, rate: {Text.Number(Rate)})";

    public override string Library => "Dropout";

    public override IEnumerable<string> InferenceArguments(LayerPlan layer) => throw new NotSupportedException("Dropout is no layer in inference.");

    public override IEnumerable<string> TrainingArguments(LayerPlan layer) => [Text.Number(layer.Number), Text.Number(layer.Outputs), Text.Number(Rate)];
}
