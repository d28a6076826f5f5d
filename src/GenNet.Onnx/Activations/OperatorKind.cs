using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Activations;

/// <summary>An activation that is one operator.</summary>
/// <param name="activation">The activation.</param>
/// <param name="operation">The operator.</param>
/// <param name="constants">Its attributes: what GenNet's activation has, and what the operator has where a node does not say.</param>
sealed class OperatorKind(Activation activation, string operation, params (string Name, float Value, float Otherwise)[] constants) : ActivationKind(activation)
{
    public override void Write(LayerNodes nodes) => nodes.Add(operation, [], [.. constants.Select(constant => Attributes.Float(constant.Name, constant.Value))]);

    protected override Value? Input(Value value)
    {
        if (value.Operator != operation || value.Computed(0) is not { } x)
            return null;
        foreach (var (name, expected, otherwise) in constants)
            Check(value, name, value.Float(name, otherwise), expected);
        return x;
    }
}
