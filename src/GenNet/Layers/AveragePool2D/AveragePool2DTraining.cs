using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A layer in training that takes the mean of each window.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class AveragePool2DTraining : PoolTraining
{
    /// <summary>Allocates the layer's memory.</summary>
    /// <param name="shape">The pool.</param>
    /// <param name="samples">The largest number of samples computed at a time.</param>
    /// <param name="threads">The largest number of threads that compute them.</param>
    /// <param name="keepsPreactivation">Whether z is needed after a is known.</param>
    /// <param name="positions">Pixels that the layer gives.</param>
    public AveragePool2DTraining(PoolShape shape, int samples, int threads, bool keepsPreactivation, int positions = 1)
        : base(shape, samples, threads, keepsPreactivation, positions) { }

    /// <summary>a = the mean of x over each window.</summary>
    public void Forward(in Rows x, in Share share)
    {
        var rows = x.From(share);
        for (var sample = 0; sample < share.Count; sample++)
            PoolKernels.Mean(ShapeOf(sample, share), rows.Pointer + (nint)sample * Shape.Window.Inputs * rows.Stride, rows.Stride, A(share) + (nint)sample * Positions * Stride, Stride);
    }

    /// <summary>∂L/∂x = Σ δ/n over the windows that x lies in, n the pixels that a window counts.</summary>
    public override void InputGradient(LayerTraining below, in Share share)
    {
        for (var sample = 0; sample < share.Count; sample++)
        {
            var shape = ShapeOf(sample, share);
            PoolKernels.MeanGradient(shape, Delta(share) + (nint)sample * Positions * Stride, Stride, DeltaBelow(below, sample, shape, share), StrideOf(below));
        }
    }
}
