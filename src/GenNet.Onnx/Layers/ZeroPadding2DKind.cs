using System.Globalization;
using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>Zeros around an image: <c>Pad</c>.</summary>
sealed class ZeroPadding2DKind : LayerKind
{
    protected override bool Is(Layer layer) => layer is ZeroPadding2DLayer;

    public override ((int Height, int Width) Taken, (int Height, int Width) Given)? Images(Layer layer) =>
        layer is ZeroPadding2DLayer pad ? ((pad.InputHeight, pad.InputWidth), (pad.Top + pad.InputHeight + pad.Bottom, pad.Left + pad.InputWidth + pad.Right)) : null;

    /// <summary>No zeros at all are no layer.</summary>
    public override bool IsLeftOut(Layer layer, LayerStep? next, bool isFirst) => layer is ZeroPadding2DLayer { Top: 0, Bottom: 0, Left: 0, Right: 0 };

    public override string Describe(Layer layer) => layer is ZeroPadding2DLayer pad ? ZeroPaddingStep.Describe(pad.InputHeight, pad.InputWidth, pad.Top, pad.Bottom, pad.Left, pad.Right) : "";

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, WrittenValue[] sources)
    {
        var pad = (ZeroPadding2DLayer)layer;
        nodes.AsImage();

        // Of plain zeros onnxruntime makes a pool's own padding, which counts in no mean and in no maximum.
        const float Zero = -0f;
        nodes.Add("Pad", [nodes.Integers("pads", [0, 0, pad.Top, pad.Left, 0, 0, pad.Bottom, pad.Right]), nodes.Scalar("zero", Zero)], Attributes.Text("mode", "constant"));
    }

    protected override LayerStep? Read(Value value)
    {
        if (value.Operator != "Pad" || value.Computed(0) is not { } x)
            return null;
        value.CheckSizes();
        if (ZeroPads.Of(value) is not { } pads)
            throw new InvalidDataException($"{value.Description} {ZeroPads.Refusal}");

        // What is added to the last axis are no features, nor what is added to the second; where it is neither, other nodes tell.
        var last = pads[3] + pads[7] == 0 && (pads[1] + pads[5] > 0 || x.Layout!.IsLast == true);
        x.SetChannelsLast(last, value);
        var (down, across) = last ? (1, 2) : (2, 3);
        if (pads[last ? 3 : 1] + pads[last ? 7 : 5] > 0)
            throw new InvalidDataException($"{value.Description} {ZeroPads.Refusal}");
        var (height, width) = x.ImageSize;
        return height > 0 && width > 0
            ? new ZeroPaddingStep(value, x, (int)pads[down], (int)pads[down + 4], (int)pads[across], (int)pads[across + 4])
            : throw new InvalidDataException($"{value.Description} takes images {x.Words}, whose height and width are not known or too large; export the model with fixed ones.");
    }
}

/// <summary>An image with zeros around it.</summary>
/// <param name="Node">The node.</param>
/// <param name="Input">What it takes.</param>
/// <param name="Top">Rows above.</param>
/// <param name="Bottom">Rows below.</param>
/// <param name="Left">Columns on the left.</param>
/// <param name="Right">Columns on the right.</param>
sealed record ZeroPaddingStep(Value Node, Value Input, int Top, int Bottom, int Left, int Right) : LayerStep(Node, Input)
{
    public override string What => Describe(Input.ImageSize.Height, Input.ImageSize.Width, Top, Bottom, Left, Right)["a ".Length..];

    public override int Takes => Input.Features is > 0 and <= int.MaxValue and var channels ? (int)channels : 0;

    public override bool IsActivated => false;

    public override bool IsNothing => (Top, Bottom, Left, Right) == (0, 0, 0, 0);

    public override int? PositionsTaken => Input.Pixels is > 0 and <= int.MaxValue and var pixels ? (int)pixels : null;

    public override (int Height, int Width)? Image => Input.ImageSize;

    public static string Describe(int height, int width, int top, int bottom, int left, int right) =>
        string.Create(CultureInfo.InvariantCulture, $"a zero padding of {height}×{width} pixels, {top} rows above, {bottom} below, {left} columns on the left, {right} on the right");

    public override string? Difference(Layer layer, int back, int expectedBack) => layer is not ZeroPadding2DLayer pad ? OtherLayers
        : (pad.InputHeight, pad.InputWidth) == Input.ImageSize && (pad.Top, pad.Bottom, pad.Left, pad.Right) == (Top, Bottom, Left, Right) ? null
        : "Declare the layer so, or load a model that has the network's there.";

    public override void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back) => builder.ZeroPadding2D(Top, Bottom, Left, Right);

    /// <summary>The windows over the image without the zeros that read the same of it, with zeros of their own; null where a layer cannot be declared so.</summary>
    /// <param name="window">The windows over the image with the zeros.</param>
    /// <param name="most">The most zeros on a side that such a layer has.</param>
    public ImageWindow? Around(ImageWindow window, Size2D most)
    {
        var (height, width) = Input.ImageSize;
        var (top, left) = (window.Top + (long)Top, window.Left + (long)Left);
        foreach (var padding in new Size2D[] { top <= most.Height && left <= most.Width ? new Size2D((int)top, (int)left) : -1, -1 })
            if (ImageWindow.Of(height, width, window.Height, window.Width, window.Stride, window.Dilation, padding) is { } found
                && (found.Top, found.Left, found.OutputHeight, found.OutputWidth) == (top, left, window.OutputHeight, window.OutputWidth))
                return found;
        return null;
    }
}
