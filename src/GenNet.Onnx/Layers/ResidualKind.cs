using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>Residual connections: an <c>Add</c> of two values that were computed.</summary>
sealed class ResidualKind : LayerKind
{
    protected override bool Is(Layer layer) => layer is ResidualLayer;

    public override string Describe(Layer layer) => $"a residual connection around {((ResidualLayer)layer).Back} layers with the activation {layer.Activation}";

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, string[] sources) =>
        nodes.Add("Add", sources[0], [sources[1]], name: "Residual");

    /// <summary>The later value comes through the block, the earlier one around it.</summary>
    protected override LayerStep? Read(Value value) =>
        value.Operator != "Add" || value.Computed(0) is not { } a || value.Computed(1) is not { } b ? null
        : a.Order > b.Order ? new ResidualStep(value, a, b) : new ResidualStep(value, b, a);
}

/// <summary>z = x + input of an earlier step.</summary>
sealed record ResidualStep(Value Node, Value Input, Value Around) : LayerStep(Node, Input)
{
    public override string What => "residual connection";

    public override Value? Skip => Around;

    public override string? Difference(Layer layer, int back, int expectedBack) =>
        layer is not ResidualLayer ? OtherLayers
        : back == expectedBack ? null
        : $"In the model it goes around {back} layers, in the network around {expectedBack}. Change the declaration, or load a model that has the same.";

    public override void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back) => builder.Residual(back, activation);
}
