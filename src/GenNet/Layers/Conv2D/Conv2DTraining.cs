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
    readonly AlignedBuffer[] _reversed, _deltas, _groups;
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
        _packedLength = PanelLayout.RoundUp(shape.PackedLength, PanelLayout.Line);
        _packed = new AlignedBuffer(checked(samples * _packedLength));
        _groups = PerThread(threads, shape.GroupLength(Math.Max(shape.Window.Inputs, shape.Window.Outputs)));
        if (shape.IsDepthwise)
        {
            (_reversed, _deltas) = ([], []);
            return;
        }
        _scatters = ScatteredGradient.Suits(shape);
        var reversed = ConvolutionKernels.Reversed(shape.Window);
        _reversed = PerThread(threads, _scatters ? ScatteredGradient.TransposedLength(shape) : ConvolutionKernels.ReversedLength(shape));
        _deltas = PerThread(threads, _scatters ? ScatteredGradient.ScratchLength(shape) : checked(reversed.PaddedHeight * reversed.PaddedWidth * shape.Filters));
    }

    /// <summary>z = b + Σ x·W, a = g(z).</summary>
    public void Forward<TActivation>(in Rows x, in Share share) where TActivation : struct, IActivation
    {
        var window = _shape.Window;
        var rows = x.From(share);
        for (var sample = 0; sample < share.Count; sample++)
        {
            if (_shape.IsDepthwise)
            {
                nint of = (nint)sample * Positions * Stride;
                DepthwiseKernels.Forward<TActivation>(_shape, _parameters.Pointer, rows.Pointer + (nint)sample * window.Inputs * rows.Stride, rows.Stride, Z(share) + of, A(share) + of, Stride);
                continue;
            }
            var packed = _packed.Pointer + (nint)(share.First + sample) * _packedLength;
            nint first = (nint)sample * Positions * Stride;
            ConvolutionKernels.Pack(window, _shape.Channels, rows.Pointer + (nint)sample * window.Inputs * rows.Stride, rows.Stride, packed);
            ConvolutionKernels.Forward<TActivation>(_shape, _parameters.Pointer, packed, Z(share) + first, A(share) + first, Stride, _groups[share.Part].Pointer);
        }
    }

    /// <summary>∂L/∂x = Σ δ·W over all places of the kernel that read a pixel.</summary>
    public override void InputGradient(LayerTraining below, in Share share)
    {
        float* delta = Delta(share), result = DeltaOf(below, share);
        if (_shape.IsDepthwise)
        {
            for (var sample = 0; sample < share.Count; sample++, delta += Positions * Stride, result += _shape.Window.Inputs * StrideOf(below))
                DepthwiseKernels.InputGradient(_shape, _parameters.Pointer, delta, Stride, result, StrideOf(below));
            return;
        }
        var reversed = _reversed[share.Part].Pointer;
        if (_scatters)
            ScatteredGradient.Transpose(_shape, _parameters.Pointer, reversed);
        else
            ConvolutionKernels.Reverse(_shape, _parameters.Pointer, reversed);
        for (var sample = 0; sample < share.Count; sample++, delta += Positions * Stride, result += _shape.Window.Inputs * StrideOf(below))
            if (_scatters)
                ScatteredGradient.Compute(_shape, delta, Stride, result, StrideOf(below), reversed, _deltas[share.Part].Pointer);
            else
                ConvolutionKernels.InputGradient(_shape, delta, Stride, result, StrideOf(below), reversed, _deltas[share.Part].Pointer, _groups[share.Part].Pointer);
    }

    /// <summary>∂L/∂W = Σ x·δ, ∂L/∂b = Σδ, over all images, for a share of the weights.</summary>
    public void Gradient<TOptimizer>(in Rows x, GradientUse<TOptimizer> use, in Share share) where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        if (use.Of(Index) is not { } own)
            return;
        if (_shape.IsDepthwise)
            DepthwiseKernels.WeightGradient(_shape, own, x.Pointer, x.Stride, DeltaOfAll(0).Pointer, Stride, x.Count / _shape.Window.Inputs, share, Scratch(share));
        else
            ConvolutionKernels.WeightGradient(_shape, own, _packed.Pointer, _packedLength, DeltaOfAll(0).Pointer, Stride, x.Count / _shape.Window.Inputs, share, Scratch(share));
    }
}
