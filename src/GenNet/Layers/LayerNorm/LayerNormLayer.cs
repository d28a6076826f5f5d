using System.ComponentModel;
using GenNet.Runtime;

namespace GenNet;

/// <summary>Layer normalisation (Ba, Kiros and Hinton 2016): a = g(γ·(x − μ)/√(σ² + ε) + β), μ and σ² of each sample over the layer's units.</summary>
public sealed record LayerNormLayer : NormLayer
{
    /// <summary>Describes the layer at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public LayerNormLayer(NormShape shape, LayerActivation activation, float epsilon) : base(shape, activation, epsilon) { }
}
