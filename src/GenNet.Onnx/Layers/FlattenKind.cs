using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>One row of all of a sample's positions: <c>Flatten</c>.</summary>
sealed class FlattenKind : LayerKind
{
    protected override bool Is(Layer layer) => layer is FlattenLayer;

    /// <summary>A model that would begin with it may take rows, and an image of one pixel is one.</summary>
    public override bool IsLeftOut(Layer layer, LayerStep? next, bool isFirst)
    {
        if (next is FlattenStep)
            return false;
        if (isFirst && next?.Input is { Rank: 2 } row && row.Computed(0) is { Sizes: [_, var channels, var height, var width] } image && layer is FlattenLayer { InputHeight: > 0 } flatten
            && new[] { (channels, flatten.Inputs), (height, flatten.InputHeight), (width, flatten.InputWidth) }.Any(size => size.Item1 > 0 && size.Item1 != size.Item2))
            throw new InvalidDataException($"{row.Description} makes one row of images of {image.Words}, channel by channel; the network's are {flatten.Inputs} channels of {flatten.InputHeight}×{flatten.InputWidth} pixels. Declare the image so, or load a model of such images.");
        return isFirst || ((FlattenLayer)layer).Positions == 1;
    }

    public override string Describe(Layer layer) => $"one row of {((FlattenLayer)layer).Positions} positions";

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, WrittenValue[] sources)
    {
        if (nodes.Form == Form.Image && !nodes.HasPixels)
        {
            nodes.AsRow();
            return;
        }

        // Images have their channels first, and steps their features last.
        if (nodes.Form == Form.Image && nodes.RowForm == Form.RowOfPixels)
            nodes.Add("Transpose", nodes.Last, [], [Attributes.Ints("perm", 0, 2, 3, 1)], "ChannelsLast");
        else if (nodes.Form == Form.Steps && nodes.MakesRowOfImage && nodes.RowForm == Form.Row)
            nodes.Add("Transpose", nodes.Last, [], [Attributes.Ints("perm", FeaturesFirst)], "ChannelsFirst");
        nodes.Add("Flatten", [], Attributes.Int("axis", 1));
        nodes.Form = nodes.RowForm;
    }

    /// <summary>[samples, positions, features] → [samples, features, positions].</summary>
    static readonly long[] FeaturesFirst = [0, 2, 1];

    protected override LayerStep? Read(Value value)
    {
        if (value.Operator is not ("Flatten" or "Reshape" or "Squeeze") || value.Computed(0) is not { } x)
            return null;
        if (x.Rank == 4)
            x.CheckSizes();
        if (x.Rank == 4)
            return value.Row is null ? throw new InvalidDataException($"{value.Description} makes something else than one row of each image of {x.Words}; what makes one is Flatten: export the model with nn.Flatten() or flatten(1).") : new FlattenStep(value, x);
        if (value.Operator == "Reshape")
            throw new InvalidDataException($"{value.Description} is nothing that GenNet has a layer or activation for; what makes one row of a sample is Flatten: export the model with nn.Flatten() or flatten(1).");
        if (value.Operator != "Flatten" || value.Int("axis", 1) != 1 || x.Rank != 3)
            return null;
        var step = new FlattenStep(value, Row.StepsOfChannels(x) ?? x);
        return step.Positions > 0 ? step : null;
    }
}

/// <summary>[samples, positions, features] as [samples, positions × features].</summary>
sealed record FlattenStep(Value Node, Value Input) : LayerStep(Node, Input)
{
    public int Positions => Input.Pixels is > 0 and <= int.MaxValue and var positions
        ? (int)positions
        : throw new InvalidDataException(Input.Fault ?? $"{Node.Description} makes one row of a number of positions that the input leaves open; export the model with a fixed one.");

    public override string What => $"layer that makes one row of {Positions} positions";

    public override int Takes => Input.Features is > 0 and <= int.MaxValue and var features ? (int)features : 0;

    public override bool IsActivated => false;

    public override int? PositionsTaken => Positions;

    public override (int Height, int Width)? Image => Input.Rank == 4 ? Input.ImageSize : null;

    public override bool IsNothing => Positions == 1;

    public override string? Difference(Layer layer, int back, int expectedBack) => layer switch
    {
        FlattenLayer flatten when flatten.Positions == Positions => null,
        FlattenLayer flatten => $"Declare {Positions} positions, or load a model that has {flatten.Positions} there.",
        _ => OtherLayers,
    };

    public override void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back) => builder.Flatten(Positions);
}
