using GenNet.Generator.Emission;
using GenNet.Generator.Planning;

namespace GenNet.Generator.Layers;

/// <summary>The last step of a sequence.</summary>
sealed record LastStepSpec() : LayerSpec("Identity")
{
    public static LayerKind Kind { get; } = new("GenNet.LastStepAttribute", reader => WindowSpec.TakesSequence(reader, "LastStep") ? new LastStepSpec() : reader.Nothing) { GoesAlongSteps = true };

    public override SampleShape OutputFor(SampleShape input) => new(1, input.Features);

    public override bool IsActivated => false;

    public override string Schema(string text, SampleShape input) => SchemaText.StepByStep(Library, input.Positions, input.Features, 1, input.Features);

    public override bool PassesSteps => true;

    public override string Words => "last step";

    public override string Equation(string n, IReadOnlyList<string> x) => $"the last row of {x[0]}";

    public override string InputGradientEquation(string n) => $"δ{n} at the last step";

    public override string Description(LayerPlan layer, string activation) => $"new global::GenNet.LastStepLayer(steps: {Text.Number(layer.Input.Positions)}, features: {Text.Number(layer.Inputs)})";

    public override string Library => "LastStep";

    public override IEnumerable<string> InferenceArguments(LayerPlan layer) => [$"steps: {Text.Number(layer.Input.Positions)}", $"features: {Text.Number(layer.Inputs)}"];

    public override IEnumerable<string> StepArguments(LayerPlan layer) => ["steps: 1", $"features: {Text.Number(layer.Inputs)}"];

    public override IEnumerable<string> TrainingArguments(LayerPlan layer) => InferenceArguments(layer);
}
