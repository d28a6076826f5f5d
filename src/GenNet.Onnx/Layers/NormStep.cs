using GenNet.Onnx.Reading;

namespace GenNet.Onnx.Layers;

/// <summary>A normalisation.</summary>
/// <param name="Node">The last of the nodes.</param>
/// <param name="Input">What they take.</param>
/// <param name="Epsilon">ε, added to the variance.</param>
/// <param name="Tensors">Scales, shifts and, for batch normalisation, running means and variances.</param>
abstract record NormStep(Value Node, Value Input, float Epsilon, float[][] Tensors) : LayerStep(Node, Input)
{
    public int Units => Tensors[0].Length;

    public override IReadOnlyList<float[]> Parameters => Tensors;

    public override int Takes => Units;

    public override IReadOnlyList<float[]> ParametersFor(Layer layer) => [.. Tensors.Select(tensor => InOrder(tensor, Units, ((NormLayer)layer).Pixels))];

    public override string? Difference(Layer layer, int back, int expectedBack) => layer switch
    {
        NormLayer when Units != layer.Outputs => $"Declare {Units} units before it, or load a model that has {layer.Outputs} there.",
        NormLayer norm when IsOf(norm) => norm.Epsilon == Epsilon ? null : $"The model's ε is {Epsilon}, the network's {norm.Epsilon}. Declare that of the model, or load one that has the same.",
        _ => OtherLayers,
    };

    /// <summary>Whether it is the same kind of normalisation.</summary>
    protected abstract bool IsOf(NormLayer layer);

    /// <summary>Units that are normalised, which the scales tell.</summary>
    public static int UnitsOf(Value value, Constant scales) => scales.Shape.LastOrDefault() is > 0 and <= int.MaxValue and var units
        ? (int)units
        : throw new InvalidDataException($"{value.Description} has scales {scales.Description}, they should be a vector.");
}
