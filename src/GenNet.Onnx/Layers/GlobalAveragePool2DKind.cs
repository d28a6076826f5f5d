using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>The mean of a whole image: <c>GlobalAveragePool</c>, or <c>ReduceMean</c> over the axes of the pixels.</summary>
sealed class GlobalAveragePool2DKind : PoolKind
{
    protected override bool Is(Layer layer) => layer is AveragePoolLayer pool && IsGlobal(pool);

    public override string Describe(Layer layer) => $"an average pool over all of {((PoolLayer)layer).Window.Words()}";

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, WrittenValue[] sources)
    {
        nodes.AsImage();
        nodes.Add("GlobalAveragePool");
    }

    protected override LayerStep? Read(Value value) => ReadWhole(value, "GlobalAveragePool", "ReduceMean") is var (image, window) ? new AveragePoolStep(value, image, window, CountsPadding: false) : null;
}
