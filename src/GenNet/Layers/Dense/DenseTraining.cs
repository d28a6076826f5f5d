using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A dense layer in training.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe class DenseTraining : LayerTraining
{
    private protected readonly DenseShape Shape;
    private protected readonly ParameterBlock Parameters;
    private protected readonly AlignedBuffer[] Transposed;
    AlignedBuffer? _checks;

    /// <summary>Allocates the layer's memory.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="shape">The layer's place among them.</param>
    /// <param name="samples">The largest number of samples computed at a time.</param>
    /// <param name="threads">The largest number of threads that compute them.</param>
    /// <param name="keepsPreactivation">Whether z is needed after a is known.</param>
    /// <param name="positions">Rows that each sample has.</param>
    public DenseTraining(ParameterBlock parameters, DenseShape shape, int samples, int threads, bool keepsPreactivation, int positions = 1)
        : base(shape.Inputs, shape.Outputs, samples, threads, keepsPreactivation, positions, DenseKernels.ScratchLength)
    {
        (Parameters, Shape) = (parameters, shape);
        Transposed = PerThread(threads, DenseKernels.TransposedLength(shape));
    }

    /// <summary>z = xW + b, a = g(z).</summary>
    public void Forward<TActivation>(in Rows x, in Share share) where TActivation : struct, IActivation =>
        DenseKernels.Forward<TActivation>(Shape, Parameters.Pointer, x.From(share), Z(share), A(share), Stride, _checks is null ? null : _checks.Pointer + share.Part * PanelLayout.Line);

    /// <summary>From now on the layer finds out whether its inputs are finite, which takes a fraction of the time of looking at all of them.</summary>
    internal void CheckInputs() => _checks = new AlignedBuffer(Transposed.Length * PanelLayout.Line);

    /// <summary>Whether the inputs of the rows last computed in so many parts were finite. Weights that are not, and sums that overflow, are taken for such inputs.</summary>
    internal bool InputsWereFinite(int parts)
    {
        var sum = 0f;
        for (var part = 0; part < parts; part++)
            sum += _checks!.Pointer[part * PanelLayout.Line];
        return sum == 0;
    }

    /// <summary>∂L/∂x = δWᵀ.</summary>
    public override void InputGradient(LayerTraining below, in Share share) =>
        DenseKernels.InputGradient(Shape, Parameters.Pointer, DeltaOf(share), DeltaOf(below, share), StrideOf(below), Transposed[share.Part].Pointer);

    /// <summary>∂L/∂W = xᵀδ, ∂L/∂b = Σδ, over all rows, for a share of the weights.</summary>
    public void Gradient<TOptimizer>(in Rows x, GradientUse<TOptimizer> use, in Share share) where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        if (use.Of(Index) is { } own)
            DenseKernels.WeightGradient(Shape, own, x, DeltaOfAll(x.Count).Pointer, Stride, Positions, share, Scratch(share));
    }
}
