using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>Dropout, which no model has.</summary>
sealed class DropoutKind : LayerKind
{
    protected override bool Is(Layer layer) => layer is DropoutLayer;

    public override bool OnlyTrains => true;

    public override string Describe(Layer layer) => "dropout";

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, Func<int, string> valueBefore) { }

    protected override LayerStep? Read(Value value) => null;
}
