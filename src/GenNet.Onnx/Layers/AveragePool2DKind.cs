using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>The mean of each window: <c>AveragePool</c>.</summary>
sealed class AveragePool2DKind : PoolKind
{
    protected override bool Is(Layer layer) => layer is AveragePoolLayer;

    public override string Describe(Layer layer) => $"an average pool over {((PoolLayer)layer).Window.Words()}{AveragePoolStep.Counting(((PoolLayer)layer).CountsPadding)}";

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, WrittenValue[] sources) =>
        WriteWindows((PoolLayer)layer, nodes, "AveragePool", Attributes.Int("count_include_pad", ((PoolLayer)layer).CountsPadding ? 1 : 0));

    protected override LayerStep? Read(Value value) => value.Operator == "AveragePool" && ReadWindows(value) is var (image, window)
        ? new AveragePoolStep(value, image, window, value.Int("count_include_pad", 0) != 0 && window.ReadsPadding())
        : null;
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

    protected override bool Is(PoolLayer layer) => layer is AveragePoolLayer;

    protected override bool SameMean(PoolLayer layer) => layer.CountsPadding == CountsPadding;

    /// <summary>Zeros around the image are a pool's own, which count, where the network does not have them as a layer: PyTorch writes its padding so.</summary>
    public override LayerStep? FoldedInto(LayerStep before, Layer layer, Layer? next) =>
        before is ZeroPaddingStep zeros && layer is AveragePoolLayer ? WithZeros(zeros) : null;

    public override LayerStep? WithZeros(ZeroPaddingStep zeros) =>
        (CountsPadding || !Window.ReadsPadding()) && zeros.Around(Window, new(Window.Height / 2, Window.Width / 2)) is { } window
            ? this with { Input = zeros.Input, Window = window, CountsPadding = window.ReadsPadding() }
            : null;

    public override void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back)
    {
        var (padding, size) = Window.Declared();
        if (builder.Steps > 0)
            builder.AveragePool1D(Window.Width, Window.Stride.Width, padding, size.Width, CountsPadding);
        else
            builder.AveragePool2D(Window.Height, Window.Width, Window.Stride, padding, size, CountsPadding);
    }
}
