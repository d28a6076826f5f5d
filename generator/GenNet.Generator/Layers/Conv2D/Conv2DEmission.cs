using GenNet.Generator.Emission;
using GenNet.Generator.Planning;

namespace GenNet.Generator.Layers;

partial record Conv2DSpec
{
    public override string Words => "conv " + Window.Words + (Groups > 1 && !IsDepthwise ? $", {Text.Number(Groups)} groups" : "");

    public override string Equation(string n, IReadOnlyList<string> x) => $"b{n} + Σ {Window.Pixel(x[0])}·W{n}({Window.Place}{(IsDepthwise ? "" : ", c")}) over {Window.Places}{(Groups > 1 && !IsDepthwise ? " and the channels c of the group" : "")}";

    public override string InputGradientEquation(string n) => $"Σ δ{n}·W{n} over the places that read a {Window.Position}";

    public override string GradientEquation(string n, string x) => $"∂L/∂W{n} = Σ {x}·δ{n} over all {Window.Position}s, ∂L/∂b{n} = Σδ{n}";

    public override (string Type, string Value)? Shape(LayerPlan layer) =>
        ("global::GenNet.Runtime.ConvolutionShape", $"new(Window: {Window.Value}, Channels: {layer.Inputs}, Filters: {Filters}, Offset: {layer.Offset}{(Groups == 1 ? "" : $", Groups: {Groups}")})");

    public override string Description(LayerPlan layer, string activation) => $"new global::GenNet.{Described}Layer(Shape{layer.Number}, {activation})";

    public override string Initialization(LayerPlan layer) =>
        $"global::GenNet.Runtime.WeightInitialization.Fill(Parameters, {layer.Number - 1}, {TypeNames.Initializer(Init, layer.InitializedFor)}, seed{(Groups == 1 ? "" : $", groups: {Text.Number(Groups)}")});";

    public override (string Type, string Words)? Parameters(LayerPlan layer) =>
        ("global::GenNet.ConvolutionParameters", $"Weights {Weights(layer)} and biases [{Filters}] of layer {layer.Number}, {Text.Words(Activation)}.");

    public override string Gradients(LayerPlan layer) => $"∂L/∂W {Weights(layer)} and ∂L/∂b [{Filters}] of layer {layer.Number}.";

    public override string Library => "Conv2D";

    public override IEnumerable<string> InferenceArguments(LayerPlan layer) => [$"Shape{layer.Number}"];

    public override IEnumerable<string> TrainingArguments(LayerPlan layer) => ["network.Parameters", $"Shape{layer.Number}"];

    /// <summary>The name by which it is described.</summary>
    protected virtual string Described => Library;

    string Weights(LayerPlan layer) => $"[{Filters}, {KernelShape(layer.Inputs)}]";
}
