using GenNet.Onnx.Reading;

namespace GenNet.Onnx.Layers;

/// <summary>Long short-term memory: <c>LSTM</c>.</summary>
sealed class LSTMKind : RecurrentKind
{
    protected override string Operator => "LSTM";

    /// <summary>Input, forget, cell, output; ONNX has input, output, forget, cell.</summary>
    protected override int[] Gates { get; } = [0, 2, 3, 1];

    protected override bool Is(Layer layer) => layer is LSTMLayer;

    protected override bool HasCell => true;

    protected override RecurrentStep Step(Value value, Value x, int steps, int inputs, int units, float[][] tensors) => new LSTMStep(value, x, steps, inputs, units, tensors);

    protected override string? OtherForm(Value value) => value.Int("input_forget", 0) != 0 ? "has input_forget = 1, one gate for both: GenNet's LSTM has two. Train the model so." : null;

    protected override bool IsUsual(string[] activations) => Are(activations, "Sigmoid", "Tanh", "Tanh");
}

/// <inheritdoc cref="RecurrentStep"/>
sealed record LSTMStep(Value Node, Value Input, int Steps, int Inputs, int Units, float[][] Tensors) : RecurrentStep(Node, Input, Steps, Inputs, Units, Tensors)
{
    protected override bool Is(RecurrentLayer layer) => layer is LSTMLayer;

    public override void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back) => builder.LSTM(Units, Bidirectional);
}
