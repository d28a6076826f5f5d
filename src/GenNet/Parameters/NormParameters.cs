using GenNet.Kernels;

namespace GenNet;

/// <summary>The parameters of one normalisation layer, or the gradients of them.</summary>
public readonly struct NormParameters
{
    readonly ParameterBlock? _block;
    readonly NormShape _shape;

    internal NormParameters(ParameterBlock block, NormShape shape) => (_block, _shape) = (block, shape);

    /// <summary>Scales γ, [units]; PyTorch's <c>weight</c>.</summary>
    public Span<float> Scales => Block.Mutable(_shape.Offset, _shape.Units);

    /// <summary>Shifts β, [units]; PyTorch's <c>bias</c>.</summary>
    public Span<float> Shifts => Block.Mutable(_shape.ShiftOffset, _shape.Units);

    /// <summary>Running means of a batch normalisation, [units]; empty for layer normalisation.</summary>
    public Span<float> RunningMeans => _shape.StatisticsOffset == 0 ? [] : Block.Mutable(_shape.StatisticsOffset, _shape.Units);

    /// <summary>Running variances of a batch normalisation, [units]; empty for layer normalisation.</summary>
    public Span<float> RunningVariances => _shape.StatisticsOffset == 0 ? [] : Block.Mutable(_shape.VarianceOffset, _shape.Units);

    ParameterBlock Block => _block ?? throw new InvalidOperationException("This NormParameters is the default, of no layer: take those of a layer, network.Parameters.Norm(1).");
}
