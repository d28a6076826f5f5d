using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A layer in training that takes the largest value of each window.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class MaxPool2DTraining : PoolTraining
{
    /// <summary>Allocates the layer's memory.</summary>
    /// <param name="shape">The pool.</param>
    /// <param name="samples">The largest number of samples computed at a time.</param>
    /// <param name="threads">The largest number of threads that compute them.</param>
    /// <param name="keepsPreactivation">Whether z is needed after a is known.</param>
    /// <param name="positions">Pixels that the layer gives.</param>
    public MaxPool2DTraining(PoolShape shape, int samples, int threads, bool keepsPreactivation, int positions = 1)
        : base(shape, samples, threads, keepsPreactivation, positions) { }

    /// <summary>a = the largest x of each window.</summary>
    public void Forward(in Rows x, in Share share)
    {
        var rows = x.From(share);
        for (var sample = 0; sample < share.Count; sample++)
            PoolKernels.Max(ShapeOf(sample, share), rows.Pointer + (nint)sample * Shape.Window.Inputs * rows.Stride, rows.Stride, A(share) + (nint)sample * Positions * Stride, Stride);
    }

    /// <summary>∂L/∂x = δ of the windows whose largest value x is.</summary>
    public override void InputGradient(LayerTraining below, in Share share)
    {
        var x = ActivationsOf(below, share);
        for (var sample = 0; sample < share.Count; sample++)
        {
            var shape = ShapeOf(sample, share);
            nint pixels = (nint)sample * Shape.Window.Inputs * x.Stride, windows = (nint)sample * Positions * Stride;
            PoolKernels.MaxGradient(shape, x.Pointer + pixels, A(share) + windows, Delta(share) + windows, Stride, DeltaBelow(below, sample, shape, share), x.Stride);
        }
    }
}
