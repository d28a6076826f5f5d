using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>Batch normalisations.</summary>
sealed class BatchNormKind : LayerKind
{
    protected override bool Is(Layer layer) => layer is BatchNormLayer;

    public override string Describe(Layer layer) => $"batch normalisation of {layer.Outputs} units with the activation {layer.Activation}";

    public override int Pixels(Layer layer) => ((BatchNormLayer)layer).Pixels;

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, WrittenValue[] sources)
    {
        // ONNX normalises axis 1, which are the positions where there are any.
        if (nodes.Form == Form.Steps)
            nodes.Add("Transpose", nodes.Last, [], [Attributes.Ints("perm", FeaturesFirst)], "FeaturesFirst");
        nodes.Add("BatchNormalization", parameters, Attributes.Float("epsilon", ((BatchNormLayer)layer).Epsilon));
        if (nodes.Form == Form.Steps)
            nodes.Add("Transpose", nodes.Last, [], [Attributes.Ints("perm", FeaturesFirst)], "FeaturesLast");
    }

    public override bool GoesStepByStep(Layer layer) => true;

    protected override LayerStep? Read(Value value)
    {
        if (Swapped(value) is { Operator: "BatchNormalization" } inner && inner.Computed(0) is { } swapped && Swapped(swapped) is { } rows)
            return Read(value, inner, rows);
        if (value.Operator != "BatchNormalization" || value.Computed(0) is not { } x)
            return null;
        if (x.Rank is not (2 or 4))
            throw new InvalidDataException($"{value.Description} normalises axis 1 of {x.Rank}, a network's batch normalisation the features: of [samples, features], of images [samples, features, height, width], or of [samples, features, positions] between two transpositions.");
        x.SetChannelsLast(false, value);
        return Read(value, value, x);
    }

    /// <summary>[samples, positions, features] ↔ [samples, features, positions].</summary>
    static readonly long[] FeaturesFirst = [0, 2, 1];

    /// <summary>What is transposed so, or null.</summary>
    static Value? Swapped(Value value) => value.Operator == "Transpose" && value.Ints("perm").SequenceEqual(FeaturesFirst) ? value.Computed(0) : null;

    static BatchNormStep? Read(Value node, Value value, Value x)
    {
        var constants = Enumerable.Range(1, 4).Select(value.ConstantAt).ToArray();
        if (constants.Contains(null))
            return null;
        if (value.Int("training_mode", 0) != 0)
            throw new InvalidDataException($"{value.Description} is in training mode; export the model for inference.");
        var units = NormStep.UnitsOf(value, constants[0]!);
        return new BatchNormStep(node, x, value.Float("epsilon", 1e-5f), [.. constants.Select(constant => constant!.Vector(units))]);
    }
}

/// <inheritdoc cref="NormStep"/>
sealed record BatchNormStep(Value Node, Value Input, float Epsilon, float[][] Tensors) : NormStep(Node, Input, Epsilon, Tensors)
{
    public override string What => $"batch normalisation of {Units} units";

    protected override bool IsOf(NormLayer layer) => layer is BatchNormLayer;

    /// <summary>In inference it is only a scale and a shift: where the network does not have it, it becomes part of the layer before it.</summary>
    public override LayerStep? FoldedInto(LayerStep before, Layer layer, Layer? next)
    {
        if (next is BatchNormLayer)
            return null;
        var (scales, shifts, means, variances) = (Tensors[0], Tensors[1], Tensors[2], Tensors[3]);
        double[] factors = [.. scales.Select((scale, unit) => scale / Math.Sqrt(variances[unit] + (double)Epsilon))];
        return before.Scaled(Node, layer, factors, means, shifts);
    }

    public override void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back) => builder.BatchNorm(activation, epsilon: Epsilon);
}
