using GenNet.Onnx.Reading;

namespace GenNet.Onnx.Layers;

/// <summary>Convolutions of each channel by itself: a <c>Conv</c> with a group for each, which is read as any other.</summary>
sealed class DepthwiseConv2DKind : Conv2DKind
{
    protected override bool Is(Layer layer) => layer is Conv2DLayer { Groups: > 1 and var groups } && groups == layer.Inputs && groups == layer.Outputs;

    protected override string Name => "depthwise convolution";

    protected override LayerStep? Read(Value value) => null;
}
