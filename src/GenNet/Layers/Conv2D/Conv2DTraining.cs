using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A convolution in training. Images are kept with the zeros around them, which forward pass and gradients read.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe class Conv2DTraining : LayerTraining
{
    private protected readonly ConvolutionShape Shape;

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
        (_parameters, Shape) = (parameters, shape);
        _packedLength = shape.KeptLength;
        _packed = new AlignedBuffer(checked(samples * _packedLength));
        _groups = PerThread(threads, shape.GroupLength(Math.Max(shape.Window.Inputs, shape.Window.Outputs)));
        _scatters = ScatteredGradient.Suits(shape);
        (_reversed, _deltas) = (new AlignedBuffer?[threads], new AlignedBuffer?[threads]);
    }

    int ReversedLength => Shape.IsDepthwise ? 0 : _scatters ? ScatteredGradient.TransposedLength(Shape) : ConvolutionKernels.ReversedLength(Shape);

    int DeltasLength => _scatters ? ScatteredGradient.ScratchLength(Shape)
        : Shape.IsPointwise ? 0
        : ConvolutionKernels.Reversed(Shape.Window) is var reversed ? checked(reversed.PaddedHeight * reversed.PaddedWidth * (Shape.IsDepthwise ? Shape.Pixel : Shape.Filters)) : 0;

    /// <summary>z = b + Σ x·W, a = g(z).</summary>
    public void Forward<TActivation>(in Rows x, in Share share) where TActivation : struct, IActivation
    {
        var window = Shape.Window;
        var rows = x.From(share);
        for (var sample = 0; sample < share.Count; sample++)
        {
            float* pixels = rows.Pointer + (nint)sample * window.Inputs * rows.Stride, packed = _packed.Pointer + (nint)(share.First + sample) * _packedLength;
            float* z = Z(share) + (nint)sample * Positions * Stride, a = A(share) + (nint)sample * Positions * Stride;
            if (!Shape.IsPointwise)
                ConvolutionKernels.Pack(window, Shape.Channels, pixels, rows.Stride, packed, Shape.Pixel);
            if (Shape.IsDepthwise)
                DepthwiseKernels.Forward<TActivation>(Shape, _parameters.Pointer, packed, z, a, Stride);
            else if (Shape.IsPointwise)
                ConvolutionKernels.Forward<TActivation>(Shape, _parameters.Pointer, pixels, rows.Stride, z, a, Stride, _groups[share.Part].Pointer);
            else
                ConvolutionKernels.Forward<TActivation>(Shape, _parameters.Pointer, packed, Shape.Pixel, z, a, Stride, _groups[share.Part].Pointer);
        }
    }

    /// <summary>∂L/∂x = Σ δ·W over all places of the kernel that read a pixel.</summary>
    public override void InputGradient(LayerTraining below, in Share share)
    {
        PrepareInputGradient(share);
        var result = DeltaOf(below, share);
        for (var sample = 0; sample < share.Count; sample++, result += Shape.Window.Inputs * StrideOf(below))
            InputGradient(sample, result, StrideOf(below), share);
    }

    /// <summary>Puts the weights into the order in which these sums read them.</summary>
    private protected void PrepareInputGradient(in Share share)
    {
        var reversed = (_reversed[share.Part] ??= new(ReversedLength)).Pointer;
        _deltas[share.Part] ??= new(DeltasLength);
        if (_scatters)
            ScatteredGradient.Transpose(Shape, _parameters.Pointer, reversed);
        else if (!Shape.IsDepthwise)
            ConvolutionKernels.Reverse(Shape, _parameters.Pointer, reversed);
    }

    /// <summary>∂L/∂x of one image of the share.</summary>
    private protected void InputGradient(int sample, float* result, int stride, in Share share)
    {
        float* reversed = _reversed[share.Part]!.Pointer, delta = Delta(share) + (nint)sample * Positions * Stride, scratch = _deltas[share.Part]!.Pointer;
        if (_scatters)
            ScatteredGradient.Compute(Shape, delta, Stride, result, stride, reversed, scratch);
        else if (Shape.IsDepthwise)
            DepthwiseKernels.InputGradient(Shape, _parameters.Pointer, delta, Stride, result, stride, scratch);
        else
            ConvolutionKernels.InputGradient(Shape, delta, Stride, result, stride, reversed, scratch, _groups[share.Part].Pointer);
    }

    /// <summary>∂L/∂W = Σ x·δ, ∂L/∂b = Σδ, over all images, for a share of the weights.</summary>
    public void Gradient<TOptimizer>(in Rows x, GradientUse<TOptimizer> use, in Share share) where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        if (use.Of(Index) is not { } own)
            return;
        var samples = x.Count / Shape.Window.Inputs;
        var delta = DeltaOfAll(0).Pointer;
        if (Shape.IsDepthwise)
            DepthwiseKernels.WeightGradient(Shape, own, _packed.Pointer, _packedLength, delta, Stride, samples, share, Scratch(share));
        else if (Shape.IsPointwise)
            ConvolutionKernels.WeightGradient(Shape, own, x.Pointer, x.Stride, Shape.Window.Inputs * x.Stride, delta, Stride, samples, share, Scratch(share));
        else
            ConvolutionKernels.WeightGradient(Shape, own, _packed.Pointer, Shape.Pixel, _packedLength, delta, Stride, samples, share, Scratch(share));
    }
}
