using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>The largest value of a whole image: <c>GlobalMaxPool</c>, or <c>ReduceMax</c> over the axes of the pixels.</summary>
sealed class GlobalMaxPool2DKind : PoolKind
{
    protected override bool Is(Layer layer) => layer is MaxPoolLayer pool && IsGlobal(pool);

    public override string Describe(Layer layer) => $"a max pool over all of {((PoolLayer)layer).Window.Words()}";

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, WrittenValue[] sources)
    {
        nodes.AsImage();
        nodes.Add("GlobalMaxPool");
    }

    protected override LayerStep? Read(Value value) => ReadWhole(value, "GlobalMaxPool", "ReduceMax") is var (image, window) ? new MaxPoolStep(value, image, window) : null;
}
