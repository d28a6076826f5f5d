namespace GenNet.Onnx.Reading;

/// <summary>Recognises layers, where a value is what one gives.</summary>
static class LayerPatterns
{
    /// <summary>The layer, or null.</summary>
    /// <exception cref="InvalidDataException">It is one that GenNet does not have in this form.</exception>
    public static Step? Find(Value value) => value.Operator switch
    {
        "Gemm" => Gemm(value),
        "MatMul" => MatMul(value, value),
        "BatchNormalization" => BatchNorm(value),
        "LayerNormalization" => LayerNorm(value),
        "Add" when value.Computed(0) is { } a && value.Computed(1) is { } b => Residual(value, a, b),
        "Add" => (value.Computed(0) ?? value.Computed(1)) switch
        {
            { Operator: "Mul" } scaled => LayerNormInParts(value, scaled),
            _ => WithBiases(value),
        },
        _ => null,
    };

    /// <summary>A product, and constants that are added to it.</summary>
    static DenseStep? WithBiases(Value value)
    {
        var product = value;
        var added = new List<Constant>();
        while (product is { Operator: "Add" } && (product.ConstantAt(0) ?? product.ConstantAt(1)) is { } constant)
        {
            added.Add(constant);
            product = product.Computed(0) ?? product.Computed(1);
        }
        var step = product switch
        {
            { Operator: "MatMul" } => MatMul(value, product),
            { Operator: "Gemm" } => Gemm(product),
            _ => null,
        };
        if (step is null)
            return null;
        foreach (var constant in added)
        {
            var biases = constant.Broadcast(step.Outputs);
            for (var o = 0; o < biases.Length; o++)
                step.Biases[o] += biases[o];
        }
        return step with { Node = value };
    }

    static DenseStep? Gemm(Value value)
    {
        if (value.Computed(0) is { Rank: not 2 } tensor)
            throw new InvalidDataException($"{value.Description} takes a matrix, and \"{Messages.Short(tensor.Name)}\" has {tensor.Rank} axes.");
        if (value.ConstantAt(2)?.Tensor.Dims.Count > 2)
            throw new InvalidDataException($"{value.Description} adds {value.ConstantAt(2)!.Description}, which is no matrix.");
        if (value.Computed(0) is not { } x || value.ConstantAt(1) is not { } weights || (value.Inputs.Length > 2 && value.Computed(2) is not null))
            return null;
        foreach (var (name, actual, expected) in new[] { ("alpha", value.Float("alpha", 1), 1), ("beta", value.Float("beta", 1), 1), ("transA", value.Int("transA", 0), 0) })
            if (actual != expected)
                throw new InvalidDataException($"{value.Description} has {name} = {actual}, a dense layer has {expected}.");
        return Dense(value, x, weights, value.Int("transB", 0) != 0, value.ConstantAt(2));
    }

    static DenseStep? MatMul(Value value, Value product) =>
        product.Computed(0) is { } x && product.ConstantAt(1) is { } weights ? Dense(value, x, weights, false, null) : null;

    static DenseStep Dense(Value value, Value x, Constant weights, bool rowsAreOutputs, Constant? biases)
    {
        var (outputs, inputs, elements) = weights.Matrix(transpose: !rowsAreOutputs);
        return new DenseStep(value, x, weights.Name, outputs, inputs, elements, biases?.Broadcast(outputs) ?? new float[outputs]);
    }

    static NormStep? BatchNorm(Value value)
    {
        var constants = Enumerable.Range(1, 4).Select(value.ConstantAt).ToArray();
        if (value.Computed(0) is not { } x || constants.Contains(null))
            return null;
        if (value.Int("training_mode", 0) != 0)
            throw new InvalidDataException($"{value.Description} is in training mode; export the model for inference.");
        if (x.Rank != 2)
            throw new InvalidDataException($"{value.Description} normalises axis 1 of {x.Rank}, a network's batch normalisation the features of [samples, features].");
        var units = Units(value, constants[0]!);
        return new NormStep(value, x, value.Float("epsilon", 1e-5f), [.. constants.Select(constant => constant!.Vector(units))]);
    }

    static NormStep? LayerNorm(Value value)
    {
        if (value.Computed(0) is not { } x || value.ConstantAt(1) is not { } scales)
            return null;
        if (value.Int("axis", -1) is var axis && !x.IsLast(axis))
            throw new InvalidDataException($"{value.Description} normalises from axis {axis} on, a layer normalisation the last.");
        return LayerNorm(value, x, scales, value.ConstantAt(2), value.Float("epsilon", 1e-5f));
    }

    static NormStep LayerNorm(Value value, Value x, Constant scales, Constant? shifts, float epsilon)
    {
        var units = Units(value, scales);
        return new NormStep(value, x, epsilon, [scales.Vector(units), shifts?.Vector(units) ?? new float[units]]);
    }

    /// <summary>d/√(mean d² + ε)·γ + β with d = x − mean x, as exporters write it for versions of the operator set that lack the normalisation.</summary>
    static NormStep? LayerNormInParts(Value value, Value scaled)
    {
        if ((value.ConstantAt(0) ?? value.ConstantAt(1)) is not { } shifts ||
            (scaled.ConstantAt(0) ?? scaled.ConstantAt(1)) is not { } scales ||
            (scaled.Computed(0) ?? scaled.Computed(1)) is not { Operator: "Div" } quotient ||
            quotient.Computed(0) is not { Operator: "Sub" } difference ||
            quotient.Computed(1) is not { Operator: "Sqrt" } root ||
            root.Computed(0) is not { Operator: "Add" } sum ||
            (sum.ConstantAt(0) ?? sum.ConstantAt(1))?.Scalar is not { } epsilon ||
            difference.Computed(0) is not { } x ||
            MeanOf(difference.Computed(1)) != x ||
            MeanOf(sum.Computed(0) ?? sum.Computed(1)) is not { } square ||
            square.Computed(0) != difference)
            return null;
        var isSquare = square.Operator switch
        {
            "Pow" => square.ConstantAt(1)?.Scalar is 2,
            "Mul" => square.Computed(1) == difference,
            _ => false,
        };
        return isSquare ? LayerNorm(value, x, scales, shifts, epsilon) : null;
    }

    /// <summary>What a value is the mean of, over the last axis, or null.</summary>
    static Value? MeanOf(Value? value)
    {
        if (value is not { Operator: "ReduceMean" } || value.Int("keepdims", 1) != 1)
            return null;
        var axis = value.ConstantAt(1) is { } axes ? axes.Integer : value.Ints("axes") is [var only] ? only : null;
        return value.Computed(0) is { } x && axis is { } of && x.IsLast(of) ? x : null;
    }

    /// <summary>The later value comes through the block, the earlier one around it.</summary>
    static ResidualStep Residual(Value value, Value a, Value b) => a.Order > b.Order ? new(value, a, b) : new(value, b, a);

    static int Units(Value value, Constant scales) => scales.Shape.LastOrDefault() is > 0 and <= int.MaxValue and var units
        ? (int)units
        : throw new InvalidDataException($"{value.Description} has scales {scales.Description}, they should be a vector.");
}
