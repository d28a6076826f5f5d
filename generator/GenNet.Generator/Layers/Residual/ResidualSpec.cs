using GenNet.Generator.Emission;
using GenNet.Generator.Planning;

namespace GenNet.Generator.Layers;

/// <summary>A residual connection.</summary>
/// <param name="Back">Layers that it goes around.</param>
/// <param name="Activation">Its activation.</param>
sealed record ResidualSpec(int Back, string Activation) : LayerSpec(Activation)
{
    public static LayerKind Kind { get; } = new("GenNet.ResidualAttribute", Read);

    static LayerSpec Read(LayerReader reader)
    {
        var residual = new ResidualSpec(reader.Integer(0), reader.Activation());
        return reader.JoinsEqualWidths(residual.Back) ? residual : new DropoutSpec(0);
    }

    public override IReadOnlyList<int> Sources(int number) => [number - 1, number - Back - 1];

    public override string Schema(string text, SampleShape input) => SchemaText.Residual(text, Back);

    public override string Words => $"residual {Text.Number(Back)}";

    public override string Equation(string n, IReadOnlyList<string> x) => $"{x[0]} + {x[1]}";

    public override string InputGradientEquation(string n) => "δ" + n;

    public override string Description(LayerPlan layer, string activation) => $"new global::GenNet.ResidualLayer({layer.Outputs}, back: {Back}, {activation})";

    public override string Library => "Residual";

    public override IEnumerable<string> InferenceArguments(LayerPlan layer) => [Text.Number(layer.Outputs)];

    public override IEnumerable<string> TrainingArguments(LayerPlan layer) => [Text.Number(layer.Outputs)];
}
