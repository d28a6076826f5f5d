using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Layer normalisation in training.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class LayerNormTraining : LayerTraining
{
    readonly ParameterBlock _parameters;
    readonly NormShape _shape;
    readonly float _epsilon;
    readonly AlignedBuffer _statistics;

    /// <summary>Allocates the layer's memory.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="shape">The layer's place among them.</param>
    /// <param name="epsilon">ε, added to the variance.</param>
    /// <param name="samples">The largest number of samples computed at a time.</param>
    /// <param name="threads">The largest number of threads that compute them.</param>
    /// <param name="keepsPreactivation">Whether z is needed after a is known.</param>
    /// <param name="positions">Rows that each sample has.</param>
    public LayerNormTraining(ParameterBlock parameters, NormShape shape, float epsilon, int samples, int threads, bool keepsPreactivation, int positions = 1)
        : base(shape.Units, shape.Units, samples, threads, keepsPreactivation, positions)
    {
        (_parameters, _shape, _epsilon) = (parameters, shape, epsilon);
        _statistics = new AlignedBuffer(checked(2 * samples * positions));
    }

    float* Scale => _parameters.Pointer + _shape.Offset;

    float* Shift => _parameters.Pointer + _shape.ShiftOffset;

    /// <summary>z = γ·(x − μ)/√(σ² + ε) + β with μ and σ² of each row, a = g(z).</summary>
    public void Forward<TActivation>(in Rows x, in Share share) where TActivation : struct, IActivation =>
        NormalizationKernels.ForwardRows<TActivation>(x.From(share), Scale, Shift, _epsilon, Z(share), A(share), Stride, Outputs, _statistics.Pointer + 2 * FirstRow(share));

    /// <summary>∂L/∂x = (δγ − mean(δγ) − x̂·mean(δγ·x̂))/√(σ² + ε).</summary>
    public override void InputGradient(LayerTraining below, in Share share) =>
        NormalizationKernels.BackwardRows(
            ActivationsOf(below, share), DeltaOf(share), Scale, _statistics.Pointer + 2 * FirstRow(share), DeltaOf(below, share), StrideOf(below), Outputs);

    /// <summary>∂L/∂γ = Σδ·x̂, ∂L/∂β = Σδ, over all rows, for a share of the units.</summary>
    public void Gradient<TOptimizer>(in Rows x, GradientUse<TOptimizer> use, in Share share) where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        if (use.Of(Index) is not { } own)
            return;
        float* scale = Scratch(share), shift = scale + PanelLayout.Line;
        var first = share.Of(_shape.Padded / PanelLayout.Line, out var end);
        for (var j = first * PanelLayout.Line; j < end * PanelLayout.Line; j += PanelLayout.Line)
        {
            var units = Math.Min(PanelLayout.Line, Outputs - j);
            for (var row = 0; row < x.Count;)
            {
                var part = own.Part(row, x.Count, Positions);
                own.Begin(part, _shape.Offset + j, scale, PanelLayout.Line);
                own.Begin(part, _shape.ShiftOffset + j, shift, PanelLayout.Line);
                NormalizationKernels.GradientsOfRows(x.From(part), DeltaOfAll(x.Count).From(part), j, _statistics.Pointer + 2 * part.First, shift, scale);
                own.End(part, _shape.Offset + j, scale, units, merged: false, biases: true);
                own.End(part, _shape.ShiftOffset + j, shift, units, merged: false, biases: true);
                row = part.End;
            }
        }
    }
}
