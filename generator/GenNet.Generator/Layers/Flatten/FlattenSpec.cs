using GenNet.Generator.Diagnostics;
using GenNet.Generator.Emission;
using GenNet.Generator.Planning;
using GenNet.Generator.Specification;

namespace GenNet.Generator.Layers;

/// <summary>One row of all of a sample's positions.</summary>
sealed record FlattenSpec() : LayerSpec("Identity")
{
    public static LayerKind Kind { get; } = new("GenNet.FlattenAttribute", Read);

    static LayerSpec Read(LayerReader reader)
    {
        var input = reader.Input;
        if (input.Positions == 1 && !input.HasNeighbours)
            reader.ReportAlone(Descriptors.NothingToFlatten);
        else if (input.Size > NetworkParser.MaxSize)
            reader.Report(Descriptors.SizeOutOfRange, $"a row of {NetworkParser.Grouped(input.Size)} values", NetworkParser.MostValues(NetworkParser.MaxSize));
        else
            return new FlattenSpec();
        return reader.Nothing;
    }

    /// <summary>Whether files have the row feature by feature.</summary>
    static bool IsFeaturesFirst(SampleShape input) => input.IsAlongSteps && !input.IsStepsFirst;

    public override SampleShape OutputFor(SampleShape input) => new(1, (int)input.Size) { Pixels = input.HasNeighbours && !input.IsStepsFirst ? input.Positions : 0 };

    public override string Schema(string text, SampleShape input) => input.IsImage
        ? SchemaText.Joined(Library, input.Height, input.Width, input.Features, (int)input.Size)
        : SchemaText.Joined(Library, input.Positions, input.Features, (int)input.Size, IsFeaturesFirst(input));

    public override bool PassesSteps => true;

    public override string Words => "flatten";

    public override bool IsActivated => false;

    public override bool GoesStepByStep => false;

    /// <summary>A row of all steps' outputs has those of one step after the other.</summary>
    public override bool EndsStepByStep => true;

    public override int StepOutputs(LayerPlan layer) => layer.Inputs;

    public override IEnumerable<string> StepArguments(LayerPlan layer) => ["positions: 1", $"features: {Text.Number(layer.Inputs)}"];

    public override string Equation(string n, IReadOnlyList<string> x) => $"the rows of {x[0]}, one behind the other";

    public override string InputGradientEquation(string n) => "δ" + n;

    public override string Description(LayerPlan layer, string activation) => layer.Input.IsImage
        ? $"new global::GenNet.FlattenLayer(height: {Text.Number(layer.Input.Height)}, width: {Text.Number(layer.Input.Width)}, channels: {Text.Number(layer.Inputs)})"
        : $"new global::GenNet.FlattenLayer(positions: {Text.Number(layer.Input.Positions)}, features: {Text.Number(layer.Inputs)}{(IsFeaturesFirst(layer.Input) ? ", isFeaturesFirst: true" : "")})";

    public override string Library => "Flatten";

    public override IEnumerable<string> InferenceArguments(LayerPlan layer) => [$"positions: {Text.Number(layer.Input.Positions)}", $"features: {Text.Number(layer.Inputs)}"];

    public override IEnumerable<string> TrainingArguments(LayerPlan layer) => InferenceArguments(layer);
}
