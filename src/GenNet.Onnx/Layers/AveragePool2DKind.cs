using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>The mean of each window: <c>AveragePool</c>.</summary>
sealed class AveragePool2DKind : PoolKind
{
    protected override bool Is(Layer layer) => layer is AveragePool2DLayer;

    public override string Describe(Layer layer) => $"an average pool over {((PoolLayer)layer).Window.Words()}{AveragePoolStep.Counting(((PoolLayer)layer).CountsPadding)}";

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, WrittenValue[] sources) =>
        WriteWindows((PoolLayer)layer, nodes, "AveragePool", Attributes.Int("count_include_pad", ((PoolLayer)layer).CountsPadding ? 1 : 0));

    /// <summary>Zeros that a <c>Pad</c> adds before it count, as PyTorch writes them.</summary>
    protected override LayerStep? Read(Value value)
    {
        if (value.Operator != "AveragePool")
            return null;
        var padding = value.Computed(0) is { } x ? WindowAttributes.Padding(x) : null;
        if (padding is not null && value.Int("count_include_pad", 0) == 0 && (value.Ints("pads").Any(pad => pad != 0) || value.String("auto_pad") is not ("" or "NOTSET" or "VALID")))
            throw new InvalidDataException($"{value.Description} adds padding that does not count in a mean to padding that does; GenNet has one or the other.");
        return ReadWindows(value, padding) is var (image, window)
            ? new AveragePoolStep(value, image, window, (padding is not null || value.Int("count_include_pad", 0) != 0) && window.ReadsPadding())
            : null;
    }
}

/// <inheritdoc cref="PoolStep"/>
/// <param name="Node">The node.</param>
/// <param name="Input">What it takes.</param>
/// <param name="Window">Its windows.</param>
/// <param name="CountsPadding">Whether what is added around the image counts in a mean.</param>
sealed record AveragePoolStep(Value Node, Value Input, ImageWindow Window, bool CountsPadding) : PoolStep(Node, Input, Window)
{
    public override string What => $"average pool over {Window.Words()}{Counting(CountsPadding)}";

    public static string Counting(bool countsPadding) => countsPadding ? ", which counts them" : "";

    protected override bool Is(PoolLayer layer) => layer is AveragePool2DLayer;

    protected override bool SameMean(PoolLayer layer) => layer.CountsPadding == CountsPadding;

    public override void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back)
    {
        var (padding, size) = Window.Declared();
        builder.AveragePool2D(Window.Height, Window.Width, Window.Stride, padding, size, CountsPadding);
    }
}
