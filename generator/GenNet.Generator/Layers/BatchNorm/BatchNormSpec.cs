using GenNet.Generator.Emission;
using GenNet.Generator.Planning;

namespace GenNet.Generator.Layers;

/// <summary>Batch normalisation.</summary>
/// <param name="Activation">Its activation.</param>
/// <param name="Momentum">The share of a batch in the running statistics.</param>
/// <param name="Epsilon">ε.</param>
sealed record BatchNormSpec(string Activation, double Momentum, double Epsilon) : NormSpec(Activation, Epsilon)
{
    public static LayerKind Kind { get; } = new("GenNet.BatchNormAttribute", reader =>
        new BatchNormSpec(reader.Activation(), reader.Number("Momentum", 0.1, value => value is >= 0 and <= 1, "from 0 to 1"), reader.Epsilon()));

    public override int StatisticsLengthFor(int inputs) => 2 * Padded(inputs);

    public override bool NormalizesBatch => true;

    public override IEnumerable<TensorSpec> TensorsFor(SampleShape input) =>
    [
        .. base.TensorsFor(input),
        Tensor("running_mean", input, 0, trained: false),
        Tensor("running_var", input, Padded(input.Features), trained: false),
    ];

    public override string Words => "batch norm";

    public override string InputGradientEquation(string n) => $"γ{n}/σ·(δ{n} − Σδ{n}/n − x̂·Σδ{n}x̂/n)";

    public override string Description(LayerPlan layer, string activation) =>
        $"new global::GenNet.BatchNormLayer(Shape{layer.Number}, {activation}, momentum: {Text.Single(Momentum)}, epsilon: {Text.Single(Epsilon)}){layer.PixelsText}";

    public override string Library => "BatchNorm";

    public override IEnumerable<string> InferenceArguments(LayerPlan layer) => [$"Shape{layer.Number}"];

    public override IEnumerable<string> TrainingArguments(LayerPlan layer) => ["network.Parameters", $"Shape{layer.Number}", Text.Single(Momentum), Text.Single(Epsilon)];

    protected override string Over => "unit";

    protected override string Statistics(LayerPlan layer) => $", StatisticsOffset: {layer.StatisticsOffset}";
}
