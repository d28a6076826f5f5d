using GenNet.Generator.Emission;
using GenNet.Generator.Planning;

namespace GenNet.Generator.Layers;

partial record ResidualSpec
{
    public override string Words => $"residual {Text.Number(Back)}{(Projection is null ? "" : ", " + Projection.Words)}";

    public override string Equation(string n, IReadOnlyList<string> x) => $"{x[0]} + {Projection?.Equation(n, [x[1]]) ?? x[1]}";

    public override string InputGradientEquation(string n) => "δ" + n;

    public override string SkipGradientEquation(string n) => Projection?.InputGradientEquation(n) ?? "δ" + n;

    public override string GradientEquation(string n, string x) => Projection?.GradientEquation(n, x) ?? "";

    public override (string Type, string Value)? Shape(LayerPlan layer) => Projection?.Shape(PlanOf(layer));

    public override string Description(LayerPlan layer, string activation) =>
        $"new global::GenNet.ResidualLayer({layer.Outputs}, back: {Back}, {activation}{(Projection is null ? "" : $", projection: {Projection.Description(PlanOf(layer), "global::GenNet.Activation.Identity")}")})";

    public override string Initialization(LayerPlan layer) => Projection?.Initialization(PlanOf(layer)) ?? "";

    public override (string Type, string Words)? Parameters(LayerPlan layer) =>
        Projection is null ? null : (Projection with { Activation = Activation }).Parameters(PlanOf(layer));

    public override string Gradients(LayerPlan layer) => Projection?.Gradients(PlanOf(layer)) ?? "";

    public override string Library => $"{Projection?.Library}Residual";

    public override IEnumerable<string> InferenceArguments(LayerPlan layer) => Projection?.InferenceArguments(layer) ?? [Text.Number(layer.Outputs)];

    public override IEnumerable<string> TrainingArguments(LayerPlan layer) => Projection?.TrainingArguments(layer) ?? [Text.Number(layer.Outputs)];

    /// <summary>The plan of the projection, as of a layer of its own. Its weights start as suits no activation.</summary>
    LayerPlan PlanOf(LayerPlan layer) => layer with { Input = Around, InitializedFor = "Identity" };
}
