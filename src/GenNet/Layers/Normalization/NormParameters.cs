using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet;

/// <summary>The parameters of one normalisation layer, or the gradients of them.</summary>
public readonly struct NormParameters
{
    /// <summary>Views the layer number <paramref name="layer"/>, from 0, at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public NormParameters(ParameterBlock block, int layer, NormShape shape)
    {
        ArgumentNullException.ThrowIfNull(block);
        var views = block.Views(layer);
        var statistics = shape.StatisticsOffset == 0 ? 0 : shape.Units;
        Scales = views.First ??= new ParameterVector(block, shape.Offset, shape.Units);
        Shifts = views.Second ??= new ParameterVector(block, shape.ShiftOffset, shape.Units);
        RunningMeans = views.Third ??= new ParameterVector(block, shape.StatisticsOffset, statistics);
        RunningVariances = views.Fourth ??= new ParameterVector(block, shape.VarianceOffset, statistics);
    }

    /// <summary>Scales γ, [units]; PyTorch's <c>weight</c>.</summary>
    public ParameterVector Scales { get; }

    /// <summary>Shifts β, [units]; PyTorch's <c>bias</c>.</summary>
    public ParameterVector Shifts { get; }

    /// <summary>Running means of a batch normalisation, [units]; empty for layer normalisation.</summary>
    public ParameterVector RunningMeans { get; }

    /// <summary>Running variances of a batch normalisation, [units]; empty for layer normalisation.</summary>
    public ParameterVector RunningVariances { get; }
}
