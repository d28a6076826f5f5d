using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A transposed convolution in training. δ is kept with the zeros around it, which the gradients read as a convolution reads its images.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class Conv2DTransposeTraining : LayerTraining
{
    readonly Conv2DTransposeShape _shape;
    readonly ParameterBlock _parameters;
    readonly AlignedBuffer _packed;
    readonly AlignedBuffer[] _transposed, _images;
    readonly int _packedLength;

    /// <summary>Allocates the layer's memory.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="shape">The layer's place among them.</param>
    /// <param name="samples">The largest number of samples computed at a time.</param>
    /// <param name="threads">The largest number of threads that compute them.</param>
    /// <param name="keepsPreactivation">Whether z is needed after a is known.</param>
    /// <param name="positions">Pixels that the layer gives.</param>
    public Conv2DTransposeTraining(ParameterBlock parameters, Conv2DTransposeShape shape, int samples, int threads, bool keepsPreactivation, int positions = 1)
        : base(shape.Channels, shape.Filters, samples, threads, keepsPreactivation, positions, ConvolutionKernels.ScratchLength)
    {
        (_parameters, _shape) = (parameters, shape);
        _packedLength = PanelLayout.RoundUp(shape.Reversed.PackedLength, PanelLayout.Line);
        _packed = new AlignedBuffer(checked(samples * _packedLength));
        _transposed = PerThread(threads, TransposedConvolution.TransposedLength(shape));
        _images = PerThread(threads, TransposedConvolution.ScratchLength(shape));
    }

    /// <summary>z = b + Σ x·W, a = g(z).</summary>
    public void Forward<TActivation>(in Rows x, in Share share) where TActivation : struct, IActivation
    {
        var rows = x.From(share);
        float* transposed = _transposed[share.Part].Pointer, image = _images[share.Part].Pointer;
        TransposedConvolution.Transpose(_shape, _parameters.Pointer, transposed);
        for (var sample = 0; sample < share.Count; sample++)
        {
            nint first = (nint)sample * Positions * Stride;
            TransposedConvolution.Forward<TActivation>(
                _shape, _parameters.Pointer, rows.Pointer + (nint)sample * _shape.Inputs * rows.Stride, rows.Stride, Z(share) + first, A(share) + first, Stride, transposed, image);
        }
    }

    /// <summary>Keeps δ with the zeros around it, before any gradient is computed.</summary>
    public void PrepareGradients(in Share share)
    {
        for (var sample = 0; sample < share.Count; sample++)
            ConvolutionKernels.Pack(_shape.Window, _shape.Filters, Delta(share) + (nint)sample * Positions * Stride, Stride, Packed(share, sample), _shape.Filters);
    }

    /// <summary>∂L/∂x = Σ δ·W over what a pixel was added to.</summary>
    public override void InputGradient(LayerTraining below, in Share share)
    {
        for (var sample = 0; sample < share.Count; sample++)
            TransposedConvolution.InputGradient(_shape, _parameters.Pointer, Packed(share, sample), DeltaOf(below, share) + (nint)sample * _shape.Inputs * StrideOf(below), StrideOf(below));
    }

    /// <summary>∂L/∂W = Σ x·δ, ∂L/∂b = Σδ, over all images, for a share of the weights.</summary>
    public void Gradient<TOptimizer>(in Rows x, GradientUse<TOptimizer> use, in Share share) where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        if (use.Of(Index) is { } own)
            TransposedConvolution.WeightGradient(_shape, own, x, _packed.Pointer, _packedLength, DeltaOfAll(0).Pointer, Stride, share, Scratch(share));
    }

    float* Packed(in Share share, int sample) => _packed.Pointer + (nint)(share.First + sample) * _packedLength;
}
