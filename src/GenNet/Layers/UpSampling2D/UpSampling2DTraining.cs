using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A layer in training that makes images larger.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class UpSampling2DTraining : LayerTraining
{
    readonly UpSamplingShape _shape;

    /// <summary>Allocates the layer's memory.</summary>
    /// <param name="shape">What becomes larger, and how.</param>
    /// <param name="samples">The largest number of samples computed at a time.</param>
    /// <param name="threads">The largest number of threads that compute them.</param>
    /// <param name="keepsPreactivation">Whether z is needed after a is known.</param>
    /// <param name="positions">Pixels that the layer gives.</param>
    public UpSampling2DTraining(UpSamplingShape shape, int samples, int threads, bool keepsPreactivation, int positions = 1)
        : base(shape.Channels, shape.Channels, samples, threads, keepsPreactivation, positions) =>
        _shape = shape;

    /// <summary>a = x at so many times as many pixels.</summary>
    public void Forward(in Rows x, in Share share)
    {
        var rows = x.From(share);
        for (var sample = 0; sample < share.Count; sample++)
            UpSamplingKernels.Forward(_shape, rows.Pointer + (nint)sample * _shape.Inputs * rows.Stride, rows.Stride, A(share) + (nint)sample * Positions * Stride, Stride);
    }

    /// <summary>∂L/∂x = Σ δ of the pixels that take x, times what each takes of it.</summary>
    public override void InputGradient(LayerTraining below, in Share share)
    {
        for (var sample = 0; sample < share.Count; sample++)
            UpSamplingKernels.Gradient(
                _shape, Delta(share) + (nint)sample * Positions * Stride, Stride, DeltaOf(below, share) + (nint)sample * _shape.Inputs * StrideOf(below), StrideOf(below));
    }
}
