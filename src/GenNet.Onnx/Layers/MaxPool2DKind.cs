using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>The largest value of each window: <c>MaxPool</c>.</summary>
sealed class MaxPool2DKind : PoolKind
{
    protected override bool Is(Layer layer) => layer is MaxPoolLayer;

    public override string Describe(Layer layer) => $"a max pool over {((PoolLayer)layer).Window.Words()}";

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, WrittenValue[] sources) => WriteWindows((PoolLayer)layer, nodes, "MaxPool");

    protected override LayerStep? Read(Value value) => value.Operator == "MaxPool" && ReadWindows(value) is var (image, window) ? new MaxPoolStep(value, image, window) : null;
}

/// <inheritdoc cref="PoolStep"/>
sealed record MaxPoolStep(Value Node, Value Input, ImageWindow Window) : PoolStep(Node, Input, Window)
{
    public override string What => $"max pool over {Window.Words()}";

    protected override bool Is(PoolLayer layer) => layer is MaxPoolLayer;

    public override void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back)
    {
        var (padding, size) = Window.Declared();
        if (builder.Steps > 0)
            builder.MaxPool1D(Window.Width, Window.Stride.Width, padding, size.Width);
        else
            builder.MaxPool2D(Window.Height, Window.Width, Window.Stride, padding, size);
    }
}
