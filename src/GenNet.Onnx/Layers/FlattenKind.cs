using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>One row of all of a sample's positions: <c>Flatten</c>.</summary>
sealed class FlattenKind : LayerKind
{
    protected override bool Is(Layer layer) => layer is FlattenLayer;

    /// <summary>A model that would begin with it may take rows.</summary>
    public override bool IsLeftOut(LayerStep? next, bool isFirst) => isFirst && next is not FlattenStep;

    public override string Describe(Layer layer) => $"one row of {((FlattenLayer)layer).Positions} positions";

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, string[] sources) => nodes.Add("Flatten", [], Attributes.Int("axis", 1));

    protected override LayerStep? Read(Value value)
    {
        if (value.Operator == "Reshape")
            throw new InvalidDataException($"{value.Description} is nothing that GenNet has a layer or activation for; what makes one row of a sample is Flatten: export the model with nn.Flatten() or flatten(1).");
        if (value.Operator != "Flatten" || value.Int("axis", 1) != 1 || value.Computed(0) is not { Rank: 3 } x)
            return null;
        return x.Positions > 0
            ? new FlattenStep(value, x, (int)x.Positions)
            : throw new InvalidDataException($"{value.Description} makes one row of a number of positions that the input leaves open; export the model with a fixed one.");
    }
}

/// <summary>[samples, positions, features] as [samples, positions × features].</summary>
sealed record FlattenStep(Value Node, Value Input, int Positions) : LayerStep(Node, Input)
{
    public override string What => $"layer that makes one row of {Positions} positions";

    public override string? Difference(Layer layer, int back, int expectedBack) => layer switch
    {
        FlattenLayer flatten when flatten.Positions == Positions => null,
        FlattenLayer flatten => $"Declare {Positions} positions, or load a model that has {flatten.Positions} there.",
        _ => OtherLayers,
    };

    public override void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back) => builder.Flatten(Positions);
}
