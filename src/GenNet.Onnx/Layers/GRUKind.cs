using GenNet.Onnx.Reading;
using GenNet.Onnx.Schema;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>Gated recurrent units: <c>GRU</c> whose reset gate works on the state's product.</summary>
sealed class GRUKind : RecurrentKind
{
    protected override string Operator => "GRU";

    /// <summary>Reset, update, new; ONNX has update, reset, hidden.</summary>
    protected override int[] Gates { get; } = [1, 0, 2];

    protected override bool Is(Layer layer) => layer is GRULayer;

    protected override AttributeProto[] Settings(Layer layer) => [Attributes.Int("linear_before_reset", 1)];

    protected override RecurrentStep Step(Value value, Value x, int steps, int inputs, int units, float[][] tensors) => new GRUStep(value, x, steps, inputs, units, tensors);

    protected override string? OtherForm(Value value) => value.Int("linear_before_reset", 0) == 0
        ? "has linear_before_reset = 0, whose reset gate works on the state before its product: GenNet's GRU has it on the product, as PyTorch's nn.GRU and Keras's GRU with reset_after=True. Train the model with one of those."
        : null;

    protected override bool IsUsual(string[] activations) => Are(activations, "Sigmoid", "Tanh");
}

/// <inheritdoc cref="RecurrentStep"/>
sealed record GRUStep(Value Node, Value Input, int Steps, int Inputs, int Units, float[][] Tensors) : RecurrentStep(Node, Input, Steps, Inputs, Units, Tensors)
{
    protected override bool Is(RecurrentLayer layer) => layer is GRULayer;

    public override void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back) => builder.GRU(Units, Bidirectional);
}
