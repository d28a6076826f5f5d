using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A layer in training that puts zeros around images.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class ZeroPadding2DTraining : LayerTraining
{
    readonly ZeroPaddingShape _shape;

    /// <summary>Allocates the layer's memory.</summary>
    /// <param name="shape">The zeros.</param>
    /// <param name="samples">The largest number of samples computed at a time.</param>
    /// <param name="threads">The largest number of threads that compute them.</param>
    /// <param name="keepsPreactivation">Whether z is needed after a is known.</param>
    /// <param name="positions">Pixels that the layer gives.</param>
    public ZeroPadding2DTraining(ZeroPaddingShape shape, int samples, int threads, bool keepsPreactivation, int positions = 1)
        : base(shape.Channels, shape.Channels, samples, threads, keepsPreactivation, positions) =>
        _shape = shape;

    /// <summary>a = x with zeros around it.</summary>
    public void Forward(in Rows x, in Share share)
    {
        var rows = x.From(share);
        for (var sample = 0; sample < share.Count; sample++)
            ZeroPaddingKernels.Pad(_shape, rows.Pointer + (nint)sample * _shape.Inputs * rows.Stride, rows.Stride, A(share) + (nint)sample * Positions * Stride, Stride);
    }

    /// <summary>∂L/∂x = δ where x is.</summary>
    public override void InputGradient(LayerTraining below, in Share share)
    {
        for (var sample = 0; sample < share.Count; sample++)
            ZeroPaddingKernels.Crop(_shape, Delta(share) + (nint)sample * Positions * Stride, DeltaOf(below, share) + (nint)sample * _shape.Inputs * Stride, Stride);
    }
}
