using System.ComponentModel;
using System.Globalization;
using GenNet.Runtime;

namespace GenNet;

/// <summary>A normalisation with scales γ and shifts β of each unit.</summary>
public abstract record NormLayer : Layer
{
    internal const float DefaultEpsilon = 1e-5f;

    private protected NormLayer(NormShape shape, LayerActivation activation, float epsilon) : base(shape.Units, shape.Units, activation) => (Shape, Epsilon) = (shape, epsilon);

    internal NormShape Shape { get; }

    /// <inheritdoc cref="DenseLayer.Pixels"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int Pixels { get; init; } = 1;

    /// <summary>ε, added to the variance.</summary>
    public float Epsilon { get; }

    internal override string Schema => SchemaText.Norm(base.Schema, Epsilon);

    internal override (string? Before, string? Behind) Arguments => (null, Epsilon == DefaultEpsilon ? null : string.Create(CultureInfo.InvariantCulture, $"Epsilon = {Epsilon:R}"));

    /// <inheritdoc/>
    public override int ParameterCount => 2 * Outputs;

    /// <inheritdoc/>
    public override long MultiplyAdds => Outputs;

    internal override TensorPlace[] Tensors =>
        [Tensor("weight", ParameterKind.Scale, Shape.Offset), Tensor("bias", ParameterKind.Shift, Shape.ShiftOffset)];

    private protected TensorPlace Tensor(string name, ParameterKind kind, int offset) => new(name, kind, offset, Outputs) { Positions = Pixels };
}
