using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>Residual connections: an <c>Add</c> of two values that were computed.</summary>
sealed class ResidualKind : LayerKind
{
    protected override bool Is(Layer layer) => layer is ResidualLayer;

    public override string Describe(Layer layer)
    {
        var residual = (ResidualLayer)layer;
        return $"a residual connection around {residual.Back} layers {(residual.Projection is { } projection ? $"through {Of(projection)!.Describe(projection).Split(" and the activation")[0]} " : "")}with the activation {layer.Activation}";
    }

    public override ((int Height, int Width) Taken, (int Height, int Width) Given)? Images(Layer layer) =>
        ((ResidualLayer)layer).Projection is { } projection ? Of(projection)!.Images(projection) : null;

    public override int Pixels(Layer layer) => ((ResidualLayer)layer).Projection is { } projection ? Of(projection)!.Pixels(projection) : 1;

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, WrittenValue[] sources)
    {
        var around = ((ResidualLayer)layer).Projection is { } projection
            ? nodes.Beside("Projection", sources[1], beside => Of(projection)!.Write(projection, beside, parameters, sources[1..]))
            : sources[1];
        if (nodes.Form == Form.Steps)
            around = nodes.Beside("Around", around, beside => beside.AsSteps());
        else if (nodes.Form == Form.Image && around.Form == Form.Steps)
            around = nodes.Beside("Around", around, beside => beside.AsImage());
        var added = around.Name;
        if (nodes.Form != around.Form)
        {
            nodes.AsRow();
            added = nodes.RowOf(around);
        }
        nodes.Add("Add", nodes.Last, [added], name: "Residual");
    }

    /// <summary>The later value comes through the block, the earlier one around it.</summary>
    public override bool GoesStepByStep(Layer layer) => ((ResidualLayer)layer).Projection is not { } projection || Of(projection)?.GoesStepByStep(projection) == true;

    protected override LayerStep? Read(Value value)
    {
        if (value.Operator != "Add" || value.Computed(0) is not { } a || value.Computed(1) is not { } b)
            return null;
        if (a.Sizes is not null || b.Sizes is not null)
            CheckImages(value, a, b);
        foreach (var (block, last) in new[] { (a, b), (b, a) })
            if (ProjectionOf(last, block) is { } projection)
                return new ResidualStep(value, block, projection.Input.Origin, projection);
        return a.Origin.Order > b.Origin.Order ? new ResidualStep(value, a, b.Origin, null) : new ResidualStep(value, b, a.Origin, null);
    }

    /// <summary>
    /// The layer that gives a value, where it takes what a block took and the value is added to what that gives. Not so where one of the two comes from the other:
    /// then it is the block that ends with such a layer.
    /// </summary>
    static LayerStep? ProjectionOf(Value value, Value block) =>
        IsLinear(value.Origin) && Find(value.Origin)?.AsProjection is { } step && !value.ComesFrom(block) && !block.ComesFrom(value) && block.ComesFrom(step.Input) ? step : null;

    static bool IsLinear(Value value) => value.Operator switch
    {
        "Conv" or "Gemm" or "MatMul" => true,
        "Add" => (value.ConstantAt(0) ?? value.ConstantAt(1)) is not null,
        _ => false,
    };

    static void CheckImages(Value value, Value a, Value b)
    {
        a.CheckSizes();
        b.CheckSizes();
        if (a.Sizes is not { } left || b.Sizes is not { } right || left.Zip(right).Skip(1).Any(pair => pair.First != pair.Second))
            throw new InvalidDataException($"{value.Description} adds {a.Words} and {b.Words}; a residual connection adds values of one shape.");
    }
}

/// <summary>z = x + input of an earlier step, or what a layer without activation makes of that.</summary>
sealed record ResidualStep(Value Node, Value Input, Value Around, LayerStep? Through) : LayerStep(Node, Input)
{
    /// <summary>Whether the layer on the connection was read as one before it.</summary>
    bool IsFolded { get; init; }

    public override string What => Through is null ? "residual connection" : $"residual connection through a {Through.What}";

    public override Value? Skip => Around;

    public override bool AddsRow => Through is null;

    public override IReadOnlyList<float[]> Parameters => Through?.Parameters ?? [];

    public override int Takes => Through is null ? 0 : Parameters[^1].Length;

    public override IReadOnlyList<float[]> ParametersFor(Layer layer)
    {
        if (Through is null)
            return [];
        var projection = ((ResidualLayer)layer).Projection!;
        var through = Through.AsProjectionOf(projection);
        return through.Difference(projection, 0, 0) is null ? through.ParametersFor(projection)
            : throw new InvalidDataException($"{Through.Node.Description} is a {Through.What} on a residual connection; GenNet has {LayerKind.Of(projection)!.Describe(projection)} there.");
    }

    public override string? Difference(Layer layer, int back, int expectedBack) =>
        layer is not ResidualLayer { Projection: var projection } ? OtherLayers
        : back != expectedBack && !(IsFolded && expectedBack == 1) ? $"In the model it goes around {back} layers, in the network around {expectedBack}. Change the declaration, or load a model that has the same."
        : Through is null ? projection is null ? null : "Declare it without Projection, or load a model that has one."
        : projection is null ? "Declare it with Projection = true, or load a model without."
        : Through.AsProjectionOf(projection).Difference(projection, 0, 0);

    /// <summary>What is added to itself through a layer goes around none, or, in a network, around layers that a model does without.</summary>
    public override LayerStep? FoldedInto(LayerStep before, Layer layer, Layer? next) =>
        layer is ResidualLayer { Projection: not null } && Through is null && before.AsProjection is { } projection && before.Input.Origin == Around.Origin && Input.Origin == before.Node.Origin
            ? this with { Input = before.Input, Through = projection, IsFolded = true } : null;

    public override void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back) => builder.Residual(back, activation, projection: Through is not null);
}
