using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Activations;

/// <summary>x, limited to [−1, 1].</summary>
sealed class HardTanhKind() : ActivationKind(Activation.HardTanh)
{
    public override void Write(LayerNodes nodes) => nodes.Add("Clip", [nodes.Scalar("min", -1), nodes.Scalar("max", 1)]);

    protected override Value? Input(Value value)
    {
        if (value.Operator != "Clip" || value.Computed(0) is not { } x)
            return null;
        Check(value, "min", Limit("min", 1, float.MinValue), -1);
        Check(value, "max", Limit("max", 2, float.MaxValue), 1);
        return x;

        // An attribute before version 11 of the operator set, an input since.
        float Limit(string name, int input, float otherwise) => value.ConstantAt(input)?.Scalar ?? value.Float(name, otherwise);
    }
}
