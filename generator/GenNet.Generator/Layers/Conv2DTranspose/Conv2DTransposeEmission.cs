using GenNet.Generator.Emission;
using GenNet.Generator.Planning;

namespace GenNet.Generator.Layers;

sealed partial record Conv2DTransposeSpec
{
    public override string Words => "transposed conv " + Window.Words;

    public override string Equation(string n, IReadOnlyList<string> x) => $"b{n} + Σ {x[0]}(y, x, c)·W{n}(c, i, j), added at ({Window.At}), {Window.Places}";

    public override string InputGradientEquation(string n) => $"Σ δ{n}·W{n} over what a pixel was added to";

    public override string GradientEquation(string n, string x) => $"∂L/∂W{n} = Σ {x}·δ{n} over all pixels, ∂L/∂b{n} = Σδ{n}";

    public override bool PreparesGradients => true;

    public override (string Type, string Value)? Shape(LayerPlan layer) =>
        ("global::GenNet.Runtime.Conv2DTransposeShape", $"new(Window: {Window.Value}, Channels: {Text.Number(layer.Inputs)}, Filters: {Text.Number(Filters)}, Offset: {Text.Number(layer.Offset)})");

    public override string Description(LayerPlan layer, string activation) => $"new global::GenNet.Conv2DTransposeLayer(Shape{layer.Number}, {activation})";

    public override string Initialization(LayerPlan layer) =>
        $"global::GenNet.Runtime.WeightInitialization.Fill(Parameters, {layer.Number - 1}, {TypeNames.Initializer(Init, layer.InitializedFor)}, seed);";

    public override (string Type, string Words)? Parameters(LayerPlan layer) =>
        ("global::GenNet.Conv2DTransposeParameters", $"Weights {Weights(layer)} and biases [{Text.Number(Filters)}] of layer {layer.Number}, {Text.Words(Activation)}.");

    public override string Gradients(LayerPlan layer) => $"∂L/∂W {Weights(layer)} and ∂L/∂b [{Text.Number(Filters)}] of layer {layer.Number}.";

    public override string Library => Name;

    public override IEnumerable<string> InferenceArguments(LayerPlan layer) => [$"Shape{layer.Number}"];

    public override IEnumerable<string> TrainingArguments(LayerPlan layer) => ["network.Parameters", $"Shape{layer.Number}"];

    string Weights(LayerPlan layer) => $"[{Text.Number(layer.Inputs)}, {Text.Number(Filters)}, {Text.Number(Window.Height)}, {Text.Number(Window.Width)}]";
}
