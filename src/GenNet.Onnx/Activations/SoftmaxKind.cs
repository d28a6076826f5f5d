using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Activations;

/// <summary>Softmax over a row, the last axis.</summary>
sealed class SoftmaxKind() : ActivationKind(Activation.Softmax)
{
    /// <summary>A softmax was over all axes from one on before this version of the operator set, over that one since.</summary>
    public const int LastAxisOpset = 13;

    public override void Write(LayerNodes nodes) => nodes.Add("Softmax", [], Attributes.Int("axis", nodes.Form == Form.Image ? 1 : -1));

    protected override Value? Input(Value value)
    {
        if (value.Operator != "Softmax" || value.Computed(0) is not { } x)
            return null;
        var axis = value.Int("axis", -1);

        // Before, everything from that axis on was one row.
        if (x.Rank == 4 && axis is 1 or -3 && value.Opset >= LastAxisOpset)
            x.SetChannelsLast(false, value);
        else
        {
            Check(value, "axis", value.IsLast(axis) ? -1 : axis, -1);
            x.SetChannelsLast(true, value);
        }
        return x;
    }
}
