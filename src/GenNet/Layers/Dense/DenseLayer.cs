using System.ComponentModel;
using System.Globalization;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>A dense (fully connected) layer: a = g(xW + b).</summary>
public sealed record DenseLayer : Layer
{
    /// <summary>Describes the layer at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public DenseLayer(DenseShape shape, LayerActivation activation) : base(shape.Inputs, shape.Outputs, activation) => Shape = shape;

    internal DenseShape Shape { get; }

    /// <summary>Pixels of the image of which a layer below has made the row that this layer takes, 1 where there is none: files have such a row channel by channel, as PyTorch.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int Pixels { get; init; } = 1;

    /// <inheritdoc/>
    public override int ParameterCount => Outputs * (Inputs + 1);

    /// <inheritdoc/>
    public override long MultiplyAdds => (long)Outputs * Inputs;

    internal override (string? Before, string? Behind) Arguments => (Outputs.ToString(CultureInfo.InvariantCulture), null);

    internal override unsafe void LimitWeights(float* parameters, float limit) => PanelKernels.LimitNorms(parameters + Shape.Offset, Inputs, Outputs, limit);

    internal override TensorPlace[] Tensors =>
        [new("weight", ParameterKind.Weight, Shape.Offset, Outputs, Inputs) { Positions = Pixels }, new("bias", ParameterKind.Bias, Shape.BiasOffset, Outputs)];
}
