using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A residual connection with a convolution on it in training: that convolution, to which what comes out of the block is added.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class Conv2DResidualTraining : Conv2DTraining
{
    readonly AlignedBuffer[] _images;

    /// <inheritdoc cref="Conv2DTraining(ParameterBlock, ConvolutionShape, int, int, bool, int)"/>
    public Conv2DResidualTraining(ParameterBlock parameters, ConvolutionShape shape, int samples, int threads, bool keepsPreactivation, int positions = 1)
        : base(parameters, shape, samples, threads, keepsPreactivation, positions) =>
        _images = PerThread(threads, checked(shape.Window.Inputs * PanelLayout.RowStride(shape.Channels)));

    /// <summary>z = x + b + Σ skip·W, a = g(z).</summary>
    public void Forward<TActivation>(in Rows x, in Rows skip, in Share share) where TActivation : struct, IActivation
    {
        Forward<Identity>(skip, share);
        RowKernels.Add<TActivation>(x.From(share), new(Z(share), Stride, share.Count * Positions), Z(share), A(share), Stride, Outputs);
    }

    /// <summary>∂L/∂x = δ.</summary>
    public override void InputGradient(LayerTraining below, in Share share) => PassDelta(below, share);

    /// <summary>Adds ∂L/∂skip = Σ δ·W to what is known of δ of the layer where the connection began.</summary>
    public void AddInputGradient(LayerTraining around, in Share share)
    {
        var (pixels, stride) = (Shape.Window.Inputs, StrideOf(around));
        float* image = _images[share.Part].Pointer, result = DeltaOf(around, share);
        PrepareInputGradient(share);
        for (var sample = 0; sample < share.Count; sample++, result += pixels * stride)
        {
            InputGradient(sample, image, stride, share);
            RowKernels.Add<Identity>(new(result, stride, pixels), new(image, stride, pixels), result, result, stride, Inputs);
        }
    }
}
