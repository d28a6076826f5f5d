using GenNet.Generator.Diagnostics;
using GenNet.Generator.Emission;
using GenNet.Generator.Planning;
using GenNet.Generator.Specification;

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
        var (back, before) = (residual.Back, reader.LayersBefore);
        if (back < 1 || back > before)
            reader.ReportArgument(Descriptors.ResidualBlock, "layers", 0, NetworkParser.Grouped(back),
                before == 0 ? "there is no layer before it to connect around" : $"give a number from 1 to {NetworkParser.Grouped(before)}, the layers before it");
        else if (reader.Input == reader.InputOf(back))
            return residual;
        else
            reader.ReportAlone(Descriptors.ResidualWidth, reader.InputOf(back).Words, reader.Input.Words, Remedy(reader.InputOf(back), reader.Input));
        return reader.Nothing;
    }

    static string Remedy(SampleShape taken, SampleShape given) => taken.Pixels > 1 && given == taken with { Pixels = 0 }
        ? $"the first are a flattened image, which files have channel by channel, the others are not; begin the block behind a layer that gives no pixels, as [Dense({given.Words})]"
        : "give both ends of the residual connection the same width";

    public override IReadOnlyList<int> Sources(int number) => [number - 1, number - Back - 1];

    public override string Schema(string text, SampleShape input) => SchemaText.Over(text, Back);

    public override string Words => $"residual {Text.Number(Back)}";

    public override string Equation(string n, IReadOnlyList<string> x) => $"{x[0]} + {x[1]}";

    public override string InputGradientEquation(string n) => "δ" + n;

    public override string Description(LayerPlan layer, string activation) => $"new global::GenNet.ResidualLayer({layer.Outputs}, back: {Back}, {activation})";

    public override string Library => "Residual";

    public override IEnumerable<string> InferenceArguments(LayerPlan layer) => [Text.Number(layer.Outputs)];

    public override IEnumerable<string> TrainingArguments(LayerPlan layer) => [Text.Number(layer.Outputs)];
}
