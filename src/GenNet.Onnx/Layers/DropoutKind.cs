using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>Dropout, which no model has.</summary>
sealed class DropoutKind : LayerKind
{
    protected override bool Is(Layer layer) => layer is DropoutLayer;

    /// <summary>Inference does without it.</summary>
    public override bool IsLeftOut(Layer layer, LayerStep? next, bool isFirst) => true;

    public override string Describe(Layer layer) => "dropout";

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, WrittenValue[] sources) { }

    /// <summary>One that does nothing in inference has been left out.</summary>
    public override bool GoesStepByStep(Layer layer) => true;

    protected override LayerStep? Read(Value value) => value.Operator == "Dropout" && value.Computed(0) is not null
        ? throw new InvalidDataException($"{value.Description} is in training mode; export the model for inference.")
        : null;
}
