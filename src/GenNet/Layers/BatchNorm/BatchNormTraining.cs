using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;
using static GenNet.Kernels.NormalizationKernels;

namespace GenNet.Runtime;

/// <summary>Batch normalisation in training.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class BatchNormTraining : LayerTraining
{
    readonly ParameterBlock _parameters;
    readonly NormShape _shape;
    readonly float _momentum, _epsilon;
    readonly AlignedBuffer _statistics;
    int _rows;

    /// <summary>Allocates the layer's memory.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="shape">The layer's place among them.</param>
    /// <param name="momentum">The share of a batch in the running mean and variance.</param>
    /// <param name="epsilon">ε, added to the variance.</param>
    /// <param name="samples">The largest number of samples computed at a time.</param>
    /// <param name="threads">The largest number of threads that compute them.</param>
    /// <param name="keepsPreactivation">Whether z is needed after a is known.</param>
    /// <param name="positions">Rows that each sample has.</param>
    public BatchNormTraining(ParameterBlock parameters, NormShape shape, float momentum, float epsilon, int samples, int threads, bool keepsPreactivation, int positions = 1)
        : base(shape.Units, shape.Units, samples, threads, keepsPreactivation, positions)
    {
        (_parameters, _shape, _momentum, _epsilon) = (parameters, shape, momentum, epsilon);
        _statistics = new AlignedBuffer(BatchStatistics.Length(shape.Padded));
    }

    BatchStatistics Batch => new(_statistics.Pointer, _shape.Padded);

    float* Scale => _parameters.Pointer + _shape.Offset;

    float* Shift => _parameters.Pointer + _shape.ShiftOffset;

    float* RunningMean => _parameters.Pointer + _shape.StatisticsOffset;

    float* RunningVariance => _parameters.Pointer + _shape.VarianceOffset;

    bool TakesBatch(in Share share) => share.Pass.Training && !UsesRunningStatistics;

    /// <summary>μ and σ² over all rows in training, else the running ones, for a share of the units.</summary>
    public void Statistics(in Rows x, in Share share)
    {
        var first = share.Of(_shape.Padded / PanelLayout.Line, out var end);
        for (var j = first * PanelLayout.Line; j < end * PanelLayout.Line; j += PanelLayout.Line)
        {
            if (TakesBatch(share))
                NormalizationKernels.Statistics(x, SampleParts.Rows(Positions), j, Batch, _epsilon);
            else
            {
                new ReadOnlySpan<float>(RunningMean + j, PanelLayout.Line).CopyTo(new(Batch.Mean + j, PanelLayout.Line));
                InverseDeviations(RunningVariance + j, Batch.InverseDeviation + j, _epsilon);
            }
        }
    }

    /// <summary>z = γ·(x − μ)/√(σ² + ε) + β, a = g(z).</summary>
    public void Forward<TActivation>(in Rows x, in Share share) where TActivation : struct, IActivation =>
        ForwardColumns<TActivation>(
            x.From(share), Batch.Mean, Batch.InverseDeviation, Scale, Shift, Z(share), A(share), Stride, Outputs);

    /// <summary>Σδ and Σδ·x̂ over all rows, for a share of the units.</summary>
    public void Sums(in Rows x, in Share share)
    {
        _rows = x.Count;
        var first = share.Of(_shape.Padded / PanelLayout.Line, out var end);
        for (var j = first * PanelLayout.Line; j < end * PanelLayout.Line; j += PanelLayout.Line)
            GradientsOfColumns(x, DeltaOfAll(x.Count), SampleParts.Rows(Positions), j, Batch);
    }

    /// <summary>∂L/∂x = γ/√(σ² + ε)·(δ − Σδ/n − x̂·Σδx̂/n); the running μ and σ² do not follow from x, which leaves γ/√(σ² + ε)·δ: that of n = ∞.</summary>
    public override void InputGradient(LayerTraining below, in Share share) =>
        BackwardColumns(
            ActivationsOf(below, share), DeltaOf(share), Batch, Scale, DeltaOf(below, share), StrideOf(below), Outputs, TakesBatch(share) ? _rows : float.PositiveInfinity);

    /// <summary>∂L/∂γ = Σδ·x̂, ∂L/∂β = Σδ, for a share of the units.</summary>
    public void Gradient<TOptimizer>(in Rows x, GradientUse<TOptimizer> use, in Share share) where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        if (use.Of(Index) is not { } own)
            return;
        var first = share.Of(_shape.Padded / PanelLayout.Line, out var end);
        for (var j = first * PanelLayout.Line; j < end * PanelLayout.Line; j += PanelLayout.Line)
        {
            var units = Math.Min(PanelLayout.Line, Outputs - j);
            own.Add(_shape.Offset + j, Batch.ScaleGradient + j, units);
            own.Add(_shape.ShiftOffset + j, Batch.ShiftGradient + j, units);
        }
    }

    internal override void KeepStatistics()
    {
        if (UsesRunningStatistics)
            return;
        var unbiased = (float)(_rows / (_rows - 1.0));
        for (var j = 0; j < _shape.Padded; j += PanelLayout.Line)
        {
            var units = Math.Min(PanelLayout.Line, Outputs - j);
            Run(RunningMean + j, Batch.Mean + j, _momentum, 1, units);
            Run(RunningVariance + j, Batch.Variance + j, _momentum, unbiased, units);
        }
    }
}
