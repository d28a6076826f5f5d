using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet;

/// <summary>Layer normalisation (Ba, Kiros and Hinton 2016): a = g(γ·(x − μ)/√(σ² + ε) + β), μ and σ² of each sample over the layer's units.</summary>
public sealed record LayerNormLayer : Layer
{
    /// <summary>Describes the layer at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public LayerNormLayer(NormShape shape, LayerActivation activation, float epsilon) : base(shape.Units, shape.Units, activation) => (Shape, Epsilon) = (shape, epsilon);

    internal NormShape Shape { get; }

    /// <summary>ε, added to the variance.</summary>
    public float Epsilon { get; }

    internal override string Schema => SchemaText.Norm(base.Schema, Epsilon);

    /// <inheritdoc/>
    public override int ParameterCount => 2 * Outputs;

    /// <inheritdoc/>
    public override long MultiplyAdds => Outputs;

    internal override IEnumerable<TensorPlace> Tensors =>
        [new("weight", ParameterKind.Scale, Shape.Offset, Outputs), new("bias", ParameterKind.Shift, Shape.ShiftOffset, Outputs)];
}
