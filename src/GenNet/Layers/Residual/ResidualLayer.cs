using System.ComponentModel;
using System.Globalization;

namespace GenNet;

/// <summary>A residual connection (He et al. 2016): adds to the output of the layer before it what the block of the last <see cref="Back"/> layers took: a = g(x + input of the block).</summary>
public sealed record ResidualLayer : Layer
{
    /// <summary>Describes the layer.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ResidualLayer(int units, int back, LayerActivation activation, Layer? projection = null) : base(units, units, activation) => (Back, Projection) = (back, projection);

    /// <summary>Layers of the block that the connection goes around.</summary>
    public int Back { get; }

    /// <summary>The 1×1 convolution or dense layer through which the input of the block goes, whose parameters are those of this layer; null where it is added as it is.</summary>
    public Layer? Projection { get; }

    internal override (string? Before, string? Behind) Arguments => (Back.ToString(CultureInfo.InvariantCulture), Projection is null ? null : "Projection = true");

    internal override string Schema => SchemaText.Over(base.Schema, Back, Projection?.Schema);

    /// <inheritdoc/>
    public override int ParameterCount => Projection?.ParameterCount ?? 0;

    /// <inheritdoc/>
    public override long MultiplyAdds => Projection?.MultiplyAdds ?? 0;

    internal override Layer Weighted => Projection ?? this;

    internal override TensorPlace[] Tensors => Projection?.Tensors ?? [];

    internal override long KeptFloats => Projection?.KeptFloats ?? 0;

    internal override unsafe void LimitWeights(float* parameters, float limit) => Projection?.LimitWeights(parameters, limit);

    /// <inheritdoc/>
    public override IEnumerable<int> Sources(int number) => [number - 1, number - Back - 1];
}
