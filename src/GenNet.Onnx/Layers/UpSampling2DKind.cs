using System.Globalization;
using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>Images made larger: <c>Resize</c>.</summary>
sealed class UpSampling2DKind : LayerKind
{
    protected override bool Is(Layer layer) => layer is UpSampling2DLayer;

    public override ((int Height, int Width) Taken, (int Height, int Width) Given)? Images(Layer layer) =>
        layer is UpSampling2DLayer larger ? ((larger.InputHeight, larger.InputWidth), (larger.InputHeight * larger.Height, larger.InputWidth * larger.Width)) : null;

    /// <summary>What leaves the size as it is, is no layer.</summary>
    public override bool IsLeftOut(Layer layer, LayerStep? next, bool isFirst) => layer is UpSampling2DLayer { Height: 1, Width: 1 };

    public override string Describe(Layer layer) => layer is UpSampling2DLayer larger ? UpSamplingStep.Describe(larger.InputHeight, larger.InputWidth, larger.Height, larger.Width, larger.Interpolation) : "";

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, WrittenValue[] sources)
    {
        var larger = (UpSampling2DLayer)layer;
        nodes.AsImage();
        string[] inputs = ["", nodes.Numbers("scales", 1, 1, larger.Height, larger.Width)];
        if (larger.Interpolation == Interpolation.Nearest)
            nodes.Add("Resize", inputs, Attributes.Text("mode", "nearest"), Attributes.Text("coordinate_transformation_mode", "asymmetric"), Attributes.Text("nearest_mode", "floor"));
        else
            nodes.Add("Resize", inputs, Attributes.Text("mode", "linear"), Attributes.Text("coordinate_transformation_mode", "half_pixel"));
    }

    protected override LayerStep? Read(Value value)
    {
        if (value.Operator != "Resize" || value.Computed(0) is not { } x)
            return null;
        value.CheckSizes();
        var scales = ResizeScales.Of(value, x, out var fault) ?? throw new InvalidDataException(fault);

        // Features stay as many; where both other axes might hold them, other nodes tell.
        var last = scales[3] == 1 && (scales[1] > 1 || x.Layout!.IsLast == true);
        x.SetChannelsLast(last, value);
        if (scales[last ? 3 : 1] != 1)
            throw new InvalidDataException($"{value.Description} {ResizeScales.Refusal(scales.Select(scale => (double)scale))}");
        var (height, width) = x.ImageSize;
        return height > 0 && width > 0
            ? new UpSamplingStep(value, x, scales[last ? 1 : 2], scales[last ? 2 : 3], value.String("mode") == "linear" ? Interpolation.Bilinear : Interpolation.Nearest)
            : throw new InvalidDataException($"{value.Description} takes images {x.Words}, whose height and width are not known or too large; export the model with fixed ones.");
    }
}

/// <summary>An image made a whole number of times as high and wide.</summary>
/// <param name="Node">The node.</param>
/// <param name="Input">What it takes.</param>
/// <param name="Down">By what the height is multiplied.</param>
/// <param name="Across">By what the width is multiplied.</param>
/// <param name="Interpolation">Where the values of the new pixels come from.</param>
sealed record UpSamplingStep(Value Node, Value Input, int Down, int Across, Interpolation Interpolation) : LayerStep(Node, Input)
{
    public override string What => Describe(Input.ImageSize.Height, Input.ImageSize.Width, Down, Across, Interpolation)["an ".Length..];

    public override int Takes => Input.Features is > 0 and <= int.MaxValue and var channels ? (int)channels : 0;

    public override bool IsActivated => false;

    public override bool IsNothing => (Down, Across) == (1, 1);

    public override int? PositionsTaken => Input.Pixels is > 0 and <= int.MaxValue and var pixels ? (int)pixels : null;

    public override (int Height, int Width)? Image => Input.ImageSize;

    public static string Describe(int height, int width, int down, int across, Interpolation interpolation) =>
        string.Create(CultureInfo.InvariantCulture, $"an upsampling of {height}×{width} pixels, {down} times as high and {across} times as wide, {(interpolation == Interpolation.Nearest ? "nearest" : "bilinear")}");

    public override string? Difference(Layer layer, int back, int expectedBack) => layer is not UpSampling2DLayer other ? OtherLayers
        : (other.InputHeight, other.InputWidth) == Input.ImageSize && (other.Height, other.Width, other.Interpolation) == (Down, Across, Interpolation) ? null
        : "Declare the layer so, or load a model that has the network's there.";

    public override void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back) => builder.UpSampling2D(Down, Across, Interpolation);
}
