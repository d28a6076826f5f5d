using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Activations;

/// <summary>x·sigmoid(x).</summary>
sealed class SiluKind() : ActivationKind(Activation.SiLU)
{
    public override void Write(LayerNodes nodes)
    {
        var x = nodes.Last;
        nodes.Add("Sigmoid");
        nodes.Add("Mul", x, [nodes.Last], name: "Silu");
    }

    protected override Value? Input(Value value)
    {
        if (value.Operator != "Mul")
            return null;
        for (var i = 0; i < 2; i++)
            if (value.Computed(i) is { } x && value.Computed(1 - i) is { Operator: "Sigmoid" } gate && gate.Computed(0) == x)
                return x;
        return null;
    }
}
