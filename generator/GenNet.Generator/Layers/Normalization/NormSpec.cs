using GenNet.Generator.Emission;
using GenNet.Generator.Planning;
using GenNet.Kernels;

namespace GenNet.Generator.Layers;

/// <summary>A normalisation with scales γ and shifts β.</summary>
/// <param name="Activation">Its activation.</param>
/// <param name="Epsilon">ε.</param>
abstract record NormSpec(string Activation, double Epsilon) : LayerSpec(Activation)
{
    public override long ParametersFor(int inputs) => 2L * inputs;

    public override long MultiplyAddsFor(int inputs) => inputs;

    public override int TrainedLengthFor(int inputs) => 2 * Padded(inputs);

    public override bool IsNormalization => true;

    public override string Schema(string text, SampleShape input) => SchemaText.Norm(text, (float)Epsilon);

    public override IEnumerable<TensorSpec> TensorsFor(SampleShape input) => [Tensor("weight", input, 0), Tensor("bias", input, Padded(input.Features))];

    protected static TensorSpec Tensor(string name, SampleShape input, int first, bool trained = true) => new(name, input.Features, 0, first, input.Features, trained) { Pixels = input.Pixels };

    public override string Equation(string n, IReadOnlyList<string> x) => $"γ{n}·({x[0]} − μ)/√(σ² + ε) + β{n}, μ and σ² of each {Over}";

    public override string GradientEquation(string n, string x) => $"∂L/∂γ{n} = Σδ{n}·x̂, ∂L/∂β{n} = Σδ{n}";

    public override (string Type, string Value)? Shape(LayerPlan layer) => ("global::GenNet.Runtime.NormShape", $"new(Units: {layer.Outputs}, Offset: {layer.Offset}{Statistics(layer)})");

    public override string Initialization(LayerPlan layer) => $"global::GenNet.Runtime.NormInitialization.Fill(Parameters, {layer.Number - 1});";

    public override (string Type, string Words)? Parameters(LayerPlan layer) =>
        ("global::GenNet.NormParameters", $"Scales γ [{layer.Outputs}] and shifts β [{layer.Outputs}] of layer {layer.Number}, {Words}.");

    public override string Gradients(LayerPlan layer) => $"∂L/∂γ [{layer.Outputs}] and ∂L/∂β [{layer.Outputs}] of layer {layer.Number}.";

    /// <summary>What μ and σ² are taken of.</summary>
    protected abstract string Over { get; }

    protected virtual string Statistics(LayerPlan layer) => "";

    protected static int Padded(int units) => PanelLayout.RoundUp(units, PanelLayout.Line);
}
