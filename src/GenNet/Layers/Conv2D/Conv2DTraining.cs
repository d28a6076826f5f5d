using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A convolution in training. Images are kept with the zeros around them, which forward pass and gradients read.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class Conv2DTraining : LayerTraining
{
    readonly ConvolutionShape _shape;
    readonly ParameterBlock _parameters;
    readonly AlignedBuffer _packed;
    readonly AlignedBuffer[] _groups;
    readonly AlignedBuffer?[] _reversed, _deltas; // made when a gradient of the inputs is first asked for
    readonly int _packedLength;
    readonly bool _scatters;

    /// <summary>Allocates the layer's memory.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="shape">The layer's place among them.</param>
    /// <param name="samples">The largest number of samples computed at a time.</param>
    /// <param name="threads">The largest number of threads that compute them.</param>
    /// <param name="keepsPreactivation">Whether z is needed after a is known.</param>
    /// <param name="positions">Pixels that the layer gives.</param>
    public Conv2DTraining(ParameterBlock parameters, ConvolutionShape shape, int samples, int threads, bool keepsPreactivation, int positions = 1)
        : base(shape.Channels, shape.Filters, samples, threads, keepsPreactivation, positions, Math.Max(ConvolutionKernels.ScratchLength, DepthwiseKernels.ScratchLength(shape)))
    {
        (_parameters, _shape) = (parameters, shape);
        _packedLength = shape.KeptLength;
        _packed = new AlignedBuffer(checked(samples * _packedLength));
        _groups = PerThread(threads, shape.GroupLength(Math.Max(shape.Window.Inputs, shape.Window.Outputs)));
        _scatters = ScatteredGradient.Suits(shape);
        (_reversed, _deltas) = (new AlignedBuffer?[threads], new AlignedBuffer?[threads]);
    }

    int ReversedLength => _shape.IsDepthwise ? 0 : _scatters ? ScatteredGradient.TransposedLength(_shape) : ConvolutionKernels.ReversedLength(_shape);

    int DeltasLength => _scatters ? ScatteredGradient.ScratchLength(_shape)
        : _shape.IsPointwise ? 0
        : ConvolutionKernels.Reversed(_shape.Window) is var reversed ? checked(reversed.PaddedHeight * reversed.PaddedWidth * (_shape.IsDepthwise ? _shape.Pixel : _shape.Filters)) : 0;

    /// <summary>z = b + Σ x·W, a = g(z).</summary>
    public void Forward<TActivation>(in Rows x, in Share share) where TActivation : struct, IActivation
    {
        var window = _shape.Window;
        var rows = x.From(share);
        for (var sample = 0; sample < share.Count; sample++)
        {
            float* pixels = rows.Pointer + (nint)sample * window.Inputs * rows.Stride, packed = _packed.Pointer + (nint)(share.First + sample) * _packedLength;
            float* z = Z(share) + (nint)sample * Positions * Stride, a = A(share) + (nint)sample * Positions * Stride;
            if (!_shape.IsPointwise)
                ConvolutionKernels.Pack(window, _shape.Channels, pixels, rows.Stride, packed, _shape.Pixel);
            if (_shape.IsDepthwise)
                DepthwiseKernels.Forward<TActivation>(_shape, _parameters.Pointer, packed, z, a, Stride);
            else if (_shape.IsPointwise)
                ConvolutionKernels.Forward<TActivation>(_shape, _parameters.Pointer, pixels, rows.Stride, z, a, Stride, _groups[share.Part].Pointer);
            else
                ConvolutionKernels.Forward<TActivation>(_shape, _parameters.Pointer, packed, _shape.Pixel, z, a, Stride, _groups[share.Part].Pointer);
        }
    }

    /// <summary>∂L/∂x = Σ δ·W over all places of the kernel that read a pixel.</summary>
    public override void InputGradient(LayerTraining below, in Share share)
    {
        float* reversed = (_reversed[share.Part] ??= new(ReversedLength)).Pointer, scratch = (_deltas[share.Part] ??= new(DeltasLength)).Pointer;
        float* delta = Delta(share), result = DeltaOf(below, share);
        if (_scatters)
            ScatteredGradient.Transpose(_shape, _parameters.Pointer, reversed);
        else if (!_shape.IsDepthwise)
            ConvolutionKernels.Reverse(_shape, _parameters.Pointer, reversed);
        for (var sample = 0; sample < share.Count; sample++, delta += Positions * Stride, result += _shape.Window.Inputs * StrideOf(below))
            if (_scatters)
                ScatteredGradient.Compute(_shape, delta, Stride, result, StrideOf(below), reversed, scratch);
            else if (_shape.IsDepthwise)
                DepthwiseKernels.InputGradient(_shape, _parameters.Pointer, delta, Stride, result, StrideOf(below), scratch);
            else
                ConvolutionKernels.InputGradient(_shape, delta, Stride, result, StrideOf(below), reversed, scratch, _groups[share.Part].Pointer);
    }

    /// <summary>∂L/∂W = Σ x·δ, ∂L/∂b = Σδ, over all images, for a share of the weights.</summary>
    public void Gradient<TOptimizer>(in Rows x, GradientUse<TOptimizer> use, in Share share) where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        if (use.Of(Index) is not { } own)
            return;
        var samples = x.Count / _shape.Window.Inputs;
        var delta = DeltaOfAll(0).Pointer;
        if (_shape.IsDepthwise)
            DepthwiseKernels.WeightGradient(_shape, own, _packed.Pointer, _packedLength, delta, Stride, samples, share, Scratch(share));
        else if (_shape.IsPointwise)
            ConvolutionKernels.WeightGradient(_shape, own, x.Pointer, x.Stride, _shape.Window.Inputs * x.Stride, delta, Stride, samples, share, Scratch(share));
        else
            ConvolutionKernels.WeightGradient(_shape, own, _packed.Pointer, _shape.Pixel, _packedLength, delta, Stride, samples, share, Scratch(share));
    }
}
