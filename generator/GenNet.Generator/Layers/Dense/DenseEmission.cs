using GenNet.Generator.Emission;
using GenNet.Generator.Planning;

namespace GenNet.Generator.Layers;

sealed partial record DenseSpec
{
    public override string Words => "dense";

    public override string Equation(string n, IReadOnlyList<string> x) => $"{x[0]}W{n} + b{n}";

    public override string InputGradientEquation(string n) => $"δ{n}(W{n})ᵀ";

    public override string GradientEquation(string n, string x) => $"∂L/∂W{n} = {x}ᵀδ{n}, ∂L/∂b{n} = Σδ{n}";

    public override (string Type, string Value)? Shape(LayerPlan layer) =>
        ("global::GenNet.Runtime.DenseShape", layer.Product.Shape);

    public override string Description(LayerPlan layer, string activation) => $"new global::GenNet.DenseLayer(Shape{layer.Number}, {activation}){layer.PixelsText}";

    public override string Initialization(LayerPlan layer) => $"global::GenNet.Runtime.WeightInitialization.Fill(Parameters, {layer.Number - 1}, {Initializer(layer)}, seed);";

    public override (string Type, string Words)? Parameters(LayerPlan layer) =>
        ("global::GenNet.DenseParameters", $"Weights [{Units}, {layer.Inputs}] and biases [{Units}] of layer {layer.Number}, {Text.Words(Activation)}.");

    public override string Gradients(LayerPlan layer) => $"∂L/∂W [{Units}, {layer.Inputs}] and ∂L/∂b [{Units}] of layer {layer.Number}.";

    public override string Library => "Dense";

    public override IEnumerable<string> InferenceArguments(LayerPlan layer) => [$"Shape{layer.Number}"];

    public override IEnumerable<string> TrainingArguments(LayerPlan layer) => ["network.Parameters", $"Shape{layer.Number}"];

    string Initializer(LayerPlan layer) => TypeNames.Initializer(Init, layer.InitializedFor);
}
