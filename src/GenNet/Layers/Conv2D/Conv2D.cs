using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Inference of a convolution: what generated code calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Conv2D
{
    /// <summary>a = g(b + Σ x·W) of some images.</summary>
    public static Rows Forward<TActivation>(Workspace workspace, int slot, ParameterBlock parameters, in ConvolutionShape shape, in Rows x) where TActivation : struct, IActivation
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(parameters);
        var window = shape.Window;
        var samples = x.Count / window.Inputs;
        var a = workspace.Slot(slot, shape.Filters, samples * window.Outputs);
        var packed = workspace.Image(shape.KeptLength + shape.GroupLength(window.Outputs));
        for (var sample = 0; sample < samples; sample++)
        {
            float* pixels = x.Pointer + (nint)sample * window.Inputs * x.Stride, image = a.Pointer + (nint)sample * window.Outputs * a.Stride;
            if (!shape.IsPointwise)
                ConvolutionKernels.Pack(window, shape.Channels, pixels, x.Stride, packed, shape.Pixel);
            if (shape.IsDepthwise)
                DepthwiseKernels.Forward<TActivation>(shape, parameters.Pointer, packed, image, image, a.Stride);
            else if (shape.IsPointwise)
                ConvolutionKernels.Forward<TActivation>(shape, parameters.Pointer, pixels, x.Stride, image, image, a.Stride, packed);
            else
                ConvolutionKernels.Forward<TActivation>(shape, parameters.Pointer, packed, shape.Pixel, image, image, a.Stride, packed + shape.KeptLength);
        }
        return a;
    }
}
