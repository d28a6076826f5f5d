using System.ComponentModel;
using GenNet.Runtime;

namespace GenNet;

/// <summary>The parameters of one normalisation layer, or the gradients of them.</summary>
public readonly struct NormParameters
{
    readonly ParameterVector? _scales, _shifts, _runningMeans, _runningVariances;

    /// <summary>Views the layer number <paramref name="layer"/>, from 0, at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public NormParameters(ParameterBlock block, int layer, NormShape shape)
    {
        ArgumentNullException.ThrowIfNull(block);
        var views = block.Views(layer);
        var statistics = shape.StatisticsOffset == 0 ? 0 : shape.Units;
        _scales = views.First ??= new ParameterVector(block, shape.Offset, shape.Units);
        _shifts = views.Second ??= new ParameterVector(block, shape.ShiftOffset, shape.Units);
        _runningMeans = views.Third ??= new ParameterVector(block, shape.StatisticsOffset, statistics);
        _runningVariances = views.Fourth ??= new ParameterVector(block, shape.VarianceOffset, statistics);
    }

    /// <summary>Scales γ, [units]; PyTorch's <c>weight</c>.</summary>
    public ParameterVector Scales => _scales ?? throw Missing();

    /// <summary>Shifts β, [units]; PyTorch's <c>bias</c>.</summary>
    public ParameterVector Shifts => _shifts ?? throw Missing();

    /// <summary>Running means of a batch normalisation, [units]; empty for layer normalisation.</summary>
    public ParameterVector RunningMeans => _runningMeans ?? throw Missing();

    /// <summary>Running variances of a batch normalisation, [units]; empty for layer normalisation.</summary>
    public ParameterVector RunningVariances => _runningVariances ?? throw Missing();

    static InvalidOperationException Missing() => new("This NormParameters is the default, of no layer: take those of a layer, network.Parameters.Norm(1).");
}
