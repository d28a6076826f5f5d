using GenNet.Onnx.Reading;
using GenNet.Onnx.Schema;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>Simple recurrent layers: <c>RNN</c>.</summary>
sealed class SimpleRNNKind : RecurrentKind
{
    protected override string Operator => "RNN";

    protected override int[] Gates { get; } = [0];

    protected override bool Is(Layer layer) => layer is SimpleRNNLayer;

    protected override string Units(Layer layer) => UnitsOf(((SimpleRNNLayer)layer).Nonlinearity);

    public static string UnitsOf(Nonlinearity nonlinearity) => $"simple recurrent {nonlinearity}";

    protected override AttributeProto[] Settings(Layer layer) => [Attributes.Texts("activations", [.. Enumerable.Repeat(((SimpleRNNLayer)layer).Nonlinearity == Nonlinearity.ReLU ? "Relu" : "Tanh", ((SimpleRNNLayer)layer).Bidirectional ? 2 : 1)])];

    protected override RecurrentStep Step(Value value, Value x, int steps, int inputs, int units, float[][] tensors) =>
        new SimpleRNNStep(value, x, steps, inputs, units, tensors, Are([.. value.Texts("activations").Take(1)], "Relu") ? Nonlinearity.ReLU : Nonlinearity.Tanh);

    protected override bool IsUsual(string[] activations) => Are(activations, "Tanh") || Are(activations, "Relu");
}

/// <inheritdoc cref="RecurrentStep"/>
sealed record SimpleRNNStep(Value Node, Value Input, int Steps, int Inputs, int Units, float[][] Tensors, Nonlinearity Nonlinearity) : RecurrentStep(Node, Input, Steps, Inputs, Units, Tensors)
{
    protected override string UnitName => SimpleRNNKind.UnitsOf(Nonlinearity);

    protected override bool Is(RecurrentLayer layer) => layer is SimpleRNNLayer simple && simple.Nonlinearity == Nonlinearity;

    public override void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back) => builder.SimpleRNN(Units, Nonlinearity, Bidirectional);
}
