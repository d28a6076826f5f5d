using GenNet.Generator.Diagnostics;
using GenNet.Generator.Emission;
using GenNet.Generator.Planning;

namespace GenNet.Generator.Layers;

/// <summary>Layer normalisation.</summary>
/// <param name="Activation">Its activation.</param>
/// <param name="Epsilon">ε.</param>
sealed record LayerNormSpec(string Activation, double Epsilon) : NormSpec(Activation, Epsilon)
{
    public static LayerKind Kind { get; } = new("GenNet.LayerNormAttribute", reader =>
    {
        // The mean of a single value is that value, and nothing is left of it.
        if (reader.Input.Features == 1)
            reader.ReportAlone(Descriptors.SingleValue);
        return new LayerNormSpec(reader.Activation(), reader.Epsilon());
    });

    public override string Words => "layer norm";

    public override string InputGradientEquation(string n) => $"(γ{n}δ{n} − mean(γ{n}δ{n}) − x̂·mean(γ{n}δ{n}x̂))/σ";

    public override string Description(LayerPlan layer, string activation) => $"new global::GenNet.LayerNormLayer(Shape{layer.Number}, {activation}, epsilon: {Text.Single(Epsilon)}){layer.PixelsText}";

    public override string Library => "LayerNorm";

    public override IEnumerable<string> InferenceArguments(LayerPlan layer) => [$"Shape{layer.Number}", Text.Single(Epsilon)];

    public override IEnumerable<string> TrainingArguments(LayerPlan layer) => ["network.Parameters", $"Shape{layer.Number}", Text.Single(Epsilon)];

    protected override string Over => "row";
}
