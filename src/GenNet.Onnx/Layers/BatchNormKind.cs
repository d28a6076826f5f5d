using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>Batch normalisations.</summary>
sealed class BatchNormKind : LayerKind
{
    protected override bool Is(Layer layer) => layer is BatchNormLayer;

    public override string Describe(Layer layer) => $"batch normalisation of {layer.Outputs} units with the activation {layer.Activation}";

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, Func<int, string> valueBefore) =>
        nodes.Add("BatchNormalization", parameters, Attributes.Float("epsilon", ((BatchNormLayer)layer).Epsilon));

    protected override LayerStep? Read(Value value)
    {
        if (value.Operator != "BatchNormalization")
            return null;
        var constants = Enumerable.Range(1, 4).Select(value.ConstantAt).ToArray();
        if (value.Computed(0) is not { } x || constants.Contains(null))
            return null;
        if (value.Int("training_mode", 0) != 0)
            throw new InvalidDataException($"{value.Description} is in training mode; export the model for inference.");
        if (x.Rank != 2)
            throw new InvalidDataException($"{value.Description} normalises axis 1 of {x.Rank}, a network's batch normalisation the features of [samples, features].");
        var units = NormStep.UnitsOf(value, constants[0]!);
        return new BatchNormStep(value, x, value.Float("epsilon", 1e-5f), [.. constants.Select(constant => constant!.Vector(units))]);
    }
}

/// <inheritdoc cref="NormStep"/>
sealed record BatchNormStep(Value Node, Value Input, float Epsilon, float[][] Tensors) : NormStep(Node, Input, Epsilon, Tensors)
{
    /// <summary>A matter of training, and PyTorch's default as good as any.</summary>
    const float Momentum = 0.1f;

    public override string What => $"batch normalisation of {Units} units";

    protected override bool IsOf(NormLayer layer) => layer is BatchNormLayer;

    public override void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back) => builder.BatchNorm(activation, Momentum, Epsilon);
}
