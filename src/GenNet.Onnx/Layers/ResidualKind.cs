using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>Residual connections: an <c>Add</c> of two values that were computed.</summary>
sealed class ResidualKind : LayerKind
{
    protected override bool Is(Layer layer) => layer is ResidualLayer;

    public override string Describe(Layer layer) => $"a residual connection around {((ResidualLayer)layer).Back} layers with the activation {layer.Activation}";

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, WrittenValue[] sources)
    {
        var around = sources[1].Name;
        if (sources[0].Form != sources[1].Form)
        {
            nodes.AsRow();
            around = nodes.RowOf(sources[1]);
        }
        nodes.Add("Add", nodes.Last, [around], name: "Residual");
    }

    /// <summary>The later value comes through the block, the earlier one around it.</summary>
    protected override LayerStep? Read(Value value)
    {
        if (value.Operator != "Add" || value.Computed(0) is not { } a || value.Computed(1) is not { } b)
            return null;
        if (a.Sizes is not null || b.Sizes is not null)
            CheckImages(value, a, b);
        return a.Origin.Order > b.Origin.Order ? new ResidualStep(value, a, b.Origin) : new ResidualStep(value, b, a.Origin);
    }

    static void CheckImages(Value value, Value a, Value b)
    {
        a.CheckSizes();
        b.CheckSizes();
        if (a.Sizes is not { } left || b.Sizes is not { } right || left.Zip(right).Skip(1).Any(pair => pair.First != pair.Second))
            throw new InvalidDataException($"{value.Description} adds {a.Words} and {b.Words}; a residual connection adds values of one shape.");
    }
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
