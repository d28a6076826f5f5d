using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Activations;

/// <summary>x·½·(1 + erf(x/√2)).</summary>
sealed class GeluKind() : ActivationKind(Activation.GELU)
{
    /// <summary>Operator <c>Gelu</c> came later than our operator set. In the order in which runtimes look for it to fuse it.</summary>
    public override void Write(LayerNodes nodes)
    {
        var x = nodes.Last;
        nodes.Add("Div", [nodes.Scalar("sqrt2", MathF.Sqrt(2))]);
        nodes.Add("Erf");
        nodes.Add("Add", [nodes.Scalar("one", 1)]);
        nodes.Add("Mul", x, [nodes.Last]);
        nodes.Add("Mul", nodes.Last, [nodes.Scalar("half", 0.5f)], name: "Gelu");
    }

    protected override Value? Input(Value value) => value.Operator switch
    {
        "Gelu" when value.String("approximate") is "" or "none" => value.Computed(0),
        "Mul" => Product(value),
        _ => null,
    };

    /// <summary>Of the three factors in any order.</summary>
    static Value? Product(Value value)
    {
        if (value.Inputs.Length != 2)
            return null;
        for (var i = 0; i < 2; i++)
        {
            if (value.Computed(i) is not { Operator: "Mul" } inner || inner.Inputs.Length != 2)
                continue;
            ReadOnlySpan<Value?> factors = [inner.Inputs[0], inner.Inputs[1], value.Inputs[1 - i]];
            for (var half = 0; half < 3; half++)
            {
                if (factors[half]?.Constant?.Scalar is not 0.5f)
                    continue;
                var (a, b) = (factors[(half + 1) % 3], factors[(half + 2) % 3]);
                if (a is { Constant: null } && ErfArgument(b) == a)
                    return a;
                if (b is { Constant: null } && ErfArgument(a) == b)
                    return b;
            }
        }
        return null;
    }

    /// <summary>The x of 1 + erf(x/√2), or null.</summary>
    static Value? ErfArgument(Value? value)
    {
        if (value is not { Operator: "Add" } || (value.ConstantAt(0) ?? value.ConstantAt(1))?.Scalar is not 1f)
            return null;
        if ((value.Computed(0) ?? value.Computed(1)) is not { Operator: "Erf" } erf || erf.Computed(0) is not { } scaled)
            return null;
        var (constant, x) = (scaled.ConstantAt(0) ?? scaled.ConstantAt(1), scaled.Computed(0) ?? scaled.Computed(1));
        return scaled.Operator switch
        {
            "Div" when scaled.Computed(0) is not null && IsClose(constant?.Scalar, MathF.Sqrt(2)) => x,
            "Mul" when IsClose(constant?.Scalar, MathF.Sqrt(0.5f)) => x,
            _ => null,
        };
    }
}
