using System.ComponentModel;
using GenNet.Runtime;

namespace GenNet;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy 2015): a = g(γ·(x − μ)/√(σ² + ε) + β), μ and σ² of each unit over the batch in training,
/// running means of them in inference.
/// </summary>
public sealed record BatchNormLayer : NormLayer
{
    /// <summary>Describes the layer at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public BatchNormLayer(NormShape shape, LayerActivation activation, float momentum, float epsilon) : base(shape, activation, epsilon) => Momentum = momentum;

    /// <summary>The share of a batch in the running mean and variance.</summary>
    public float Momentum { get; }

    internal override bool NormalizesBatch => true;

    internal override Layer BehindTrained(int trained) =>
        new BatchNormLayer(Shape with { StatisticsOffset = trained + Shape.StatisticsOffset }, Activation, Momentum, Epsilon) { Pixels = Pixels };

    internal override TensorPlace[] Tensors =>
    [
        .. base.Tensors,
        Tensor("running_mean", ParameterKind.RunningMean, Shape.StatisticsOffset),
        Tensor("running_var", ParameterKind.RunningVariance, Shape.VarianceOffset),
    ];
}
