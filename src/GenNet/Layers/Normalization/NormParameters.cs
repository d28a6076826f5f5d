using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet;

/// <summary>The parameters of one normalisation layer, or the gradients of them.</summary>
public readonly struct NormParameters
{
    readonly ParameterBlock _block;
    readonly NormShape _shape;

    /// <summary>Views the layer at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public NormParameters(ParameterBlock block, NormShape shape) => (_block, _shape) = (block, shape);

    /// <summary>Scales γ, [units]; PyTorch's <c>weight</c>.</summary>
    public Span<float> Scales => _block.Mutable(_shape.Offset, _shape.Units);

    /// <summary>Shifts β, [units]; PyTorch's <c>bias</c>.</summary>
    public Span<float> Shifts => _block.Mutable(_shape.ShiftOffset, _shape.Units);

    /// <summary>Running means of a batch normalisation, [units]; empty for layer normalisation.</summary>
    public Span<float> RunningMeans => _shape.StatisticsOffset == 0 ? [] : _block.Mutable(_shape.StatisticsOffset, _shape.Units);

    /// <summary>Running variances of a batch normalisation, [units]; empty for layer normalisation.</summary>
    public Span<float> RunningVariances => _shape.StatisticsOffset == 0 ? [] : _block.Mutable(_shape.VarianceOffset, _shape.Units);
}
