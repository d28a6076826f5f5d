namespace GenNet.Onnx.Reading;

/// <summary>Recognises activations, where a value is what one gives.</summary>
static class ActivationPatterns
{
    /// <summary>The activation, or null.</summary>
    /// <exception cref="InvalidDataException">It is one with another constant than GenNet's.</exception>
    public static ActivationStep? Find(Value value)
    {
        if (value.Computed(0) is not { } x)
            return value.Operator == "Mul" ? Product(value) : null;
        switch (value.Operator)
        {
            case "Sigmoid": return Is(Activation.Sigmoid);
            case "Tanh": return Is(Activation.Tanh);
            case "Relu": return Is(Activation.ReLU);
            case "Softplus": return Is(Activation.Softplus);
            case "LeakyRelu": return Is(Activation.LeakyReLU, ("alpha", value.Float("alpha", 0.01f), 0.01f));
            case "Elu": return Is(Activation.ELU, ("alpha", value.Float("alpha", 1), 1));
            case "HardSigmoid": return Is(Activation.HardSigmoid, ("alpha", value.Float("alpha", 0.2f), 1f / 6), ("beta", value.Float("beta", 0.5f), 0.5f));
            case "Clip": return Is(Activation.HardTanh, ("min", Limit("min", 1, float.MinValue), -1), ("max", Limit("max", 2, float.MaxValue), 1));
            case "Softmax": return Is(Activation.Softmax, ("axis", value.IsLast(value.Int("axis", -1)) ? -1 : value.Int("axis", -1), -1));
            case "Gelu" when value.String("approximate") is "" or "none": return Is(Activation.GELU);
            case "Mul": return Product(value);
            default: return null;
        }

        // An attribute before version 11 of the operator set, an input since.
        float Limit(string name, int input, float otherwise) => value.ConstantAt(input)?.Scalar ?? value.Float(name, otherwise);

        ActivationStep Is(Activation activation, params (string Name, float Actual, float Expected)[] constants)
        {
            foreach (var (name, actual, expected) in constants)
                if (!Close(actual, expected))
                    throw new InvalidDataException($"{value.Description} has {name} = {actual}, {activation} has {expected}; train the model with that.");
            return new ActivationStep(value, x, activation);
        }
    }

    static ActivationStep? Product(Value value) => Silu(value) ?? Gelu(value);

    /// <summary>x·sigmoid(x).</summary>
    static ActivationStep? Silu(Value value)
    {
        for (var i = 0; i < 2; i++)
            if (value.Computed(i) is { } x && value.Computed(1 - i) is { Operator: "Sigmoid" } gate && gate.Computed(0) == x)
                return new ActivationStep(value, x, Activation.SiLU);
        return null;
    }

    /// <summary>x·½·(1 + erf(x/√2)), its three factors in any order.</summary>
    static ActivationStep? Gelu(Value value)
    {
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
                    return new ActivationStep(value, a, Activation.GELU);
                if (b is { Constant: null } && ErfArgument(a) == b)
                    return new ActivationStep(value, b, Activation.GELU);
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
            "Div" when scaled.Computed(0) is not null && Close(constant?.Scalar, MathF.Sqrt(2)) => x,
            "Mul" when Close(constant?.Scalar, MathF.Sqrt(0.5f)) => x,
            _ => null,
        };
    }

    static bool Close(float? actual, float expected) => actual is { } value && MathF.Abs(value - expected) <= 1e-6f;
}
