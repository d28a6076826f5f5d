using GenNet.Onnx.Reading;
using GenNet.Onnx.Schema;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>Gated recurrent units, whose reset gate works on the state's product (<c>linear_before_reset</c> = 1) or on the state before it.</summary>
sealed class GRUKind : RecurrentKind
{
    /// <summary>Where ONNX says which of the two.</summary>
    const string ResetAfter = "linear_before_reset";

    protected override string Operator => "GRU";

    /// <summary>Reset, update, new; ONNX has update, reset, hidden.</summary>
    protected override int[] Gates { get; } = [1, 0, 2];

    protected override bool Is(Layer layer) => layer is GRULayer;

    protected override AttributeProto[] Settings(Layer layer) => [Attributes.Int(ResetAfter, ((GRULayer)layer).ResetAfter ? 1 : 0)];

    protected override RecurrentStep Step(Value value, Value x, int steps, int inputs, int units, float[][] tensors) => new GRUStep(value, x, steps, inputs, units, tensors, value.Int(ResetAfter, 0) != 0);

    protected override bool IsUsual(string[] activations) => Are(activations, "Sigmoid", "Tanh");
}

/// <inheritdoc cref="RecurrentStep"/>
/// <param name="Node">The node.</param>
/// <param name="Input">What it takes.</param>
/// <param name="Steps">Steps of a sequence.</param>
/// <param name="Inputs">Features of a step.</param>
/// <param name="Units">Values of the state.</param>
/// <param name="Tensors">Weights of what a step brings, of the state, and the biases of both, in the order of a layer's gates.</param>
/// <param name="ResetAfter">Whether the reset gate works on the state's product.</param>
sealed record GRUStep(Value Node, Value Input, int Steps, int Inputs, int Units, float[][] Tensors, bool ResetAfter) : RecurrentStep(Node, Input, Steps, Inputs, Units, Tensors)
{
    protected override bool Is(RecurrentLayer layer) => layer is GRULayer;

    public override string? Difference(Layer layer, int back, int expectedBack) => base.Difference(layer, back, expectedBack)
        ?? (ResetAfter != ((GRULayer)layer).ResetAfter ? $"Declare the layer with{(ResetAfter ? "out" : "")} ResetAfter = false, or load a model that has linear_before_reset = {(ResetAfter ? 0 : 1)} there." : null);

    public override void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back) => builder.GRU(Units, ResetAfter, Bidirectional);
}
