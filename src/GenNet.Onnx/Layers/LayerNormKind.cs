using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>Layer normalisations, as one node or in parts.</summary>
sealed class LayerNormKind : LayerKind
{
    protected override bool Is(Layer layer) => layer is LayerNormLayer;

    public override string Describe(Layer layer) => $"layer normalisation of {layer.Outputs} units with the activation {layer.Activation}";

    public override int Pixels(Layer layer) => ((LayerNormLayer)layer).Pixels;

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, WrittenValue[] sources)
    {
        nodes.AsRow();
        nodes.ChannelsLast(() => nodes.Add("LayerNormalization", parameters, Attributes.Int("axis", -1), Attributes.Float("epsilon", ((LayerNormLayer)layer).Epsilon)));
    }

    public override bool GoesStepByStep(Layer layer) => true;

    protected override LayerStep? Read(Value value) => value.Operator switch
    {
        "LayerNormalization" => LayerNorm(value),
        "Add" when (value.Computed(0) is null || value.Computed(1) is null) && (value.Computed(0) ?? value.Computed(1)) is { Operator: "Mul" } scaled => LayerNormInParts(value, scaled),
        _ => null,
    };

    static LayerNormStep? LayerNorm(Value value)
    {
        if (value.Computed(0) is not { } x || value.ConstantAt(1) is not { } scales || value.Computed(2) is not null)
            return null;
        if (value.Int("axis", -1) is var axis && !x.IsLast(axis))
            throw new InvalidDataException($"{value.Description} normalises from axis {axis} on, a layer normalisation the last.");
        return LayerNorm(value, x, scales, value.ConstantAt(2), value.Float("epsilon", 1e-5f));
    }

    static LayerNormStep LayerNorm(Value value, Value x, Constant scales, Constant? shifts, float epsilon)
    {
        x.SetChannelsLast(true, value);
        var units = NormStep.UnitsOf(value, scales);
        return new LayerNormStep(value, x, epsilon, [scales.Vector(units), shifts?.Vector(units) ?? new float[units]]);
    }

    /// <summary>d/√(mean d² + ε)·γ + β with d = x − mean x, as exporters write it for versions of the operator set that lack the normalisation.</summary>
    static LayerNormStep? LayerNormInParts(Value value, Value scaled)
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
}

/// <inheritdoc cref="NormStep"/>
sealed record LayerNormStep(Value Node, Value Input, float Epsilon, float[][] Tensors) : NormStep(Node, Input, Epsilon, Tensors)
{
    public override string What => $"layer normalisation of {Units} units";

    protected override bool IsOf(NormLayer layer) => layer is LayerNormLayer;

    public override void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back) => builder.LayerNorm(activation, Epsilon);
}
