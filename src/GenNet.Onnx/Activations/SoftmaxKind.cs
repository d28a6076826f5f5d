using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Activations;

/// <summary>Softmax over a row, the last axis.</summary>
sealed class SoftmaxKind() : ActivationKind(Activation.Softmax)
{
    public override void Write(LayerNodes nodes) => nodes.Add("Softmax", [], Attributes.Int("axis", -1));

    protected override Value? Input(Value value)
    {
        if (value.Operator != "Softmax" || value.Computed(0) is not { } x)
            return null;
        var axis = value.Int("axis", -1);
        Check(value, "axis", value.IsLast(axis) ? -1 : axis, -1);
        return x;
    }
}
