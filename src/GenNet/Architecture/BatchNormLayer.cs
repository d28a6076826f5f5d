using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy 2015): a = g(γ·(x − μ)/√(σ² + ε) + β), μ and σ² of each unit over the batch in training,
/// running means of them in inference.
/// </summary>
public sealed record BatchNormLayer : Layer
{
    /// <summary>Describes the layer at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public BatchNormLayer(NormShape shape, LayerActivation activation, float momentum, float epsilon) : base(shape.Units, shape.Units, activation) =>
        (Shape, Momentum, Epsilon) = (shape, momentum, epsilon);

    internal NormShape Shape { get; }

    /// <summary>The share of a batch in the running mean and variance.</summary>
    public float Momentum { get; }

    /// <summary>ε, added to the variance.</summary>
    public float Epsilon { get; }

    internal override string Schema => SchemaText.Norm(base.Schema, Epsilon);

    /// <inheritdoc/>
    public override int ParameterCount => 2 * Outputs;

    /// <inheritdoc/>
    public override long MultiplyAdds => Outputs;

    internal override IEnumerable<TensorPlace> Tensors =>
    [
        new("weight", ParameterKind.Scale, Shape.Offset, Outputs),
        new("bias", ParameterKind.Shift, Shape.ShiftOffset, Outputs),
        new("running_mean", ParameterKind.RunningMean, Shape.StatisticsOffset, Outputs),
        new("running_var", ParameterKind.RunningVariance, Shape.VarianceOffset, Outputs),
    ];
}
