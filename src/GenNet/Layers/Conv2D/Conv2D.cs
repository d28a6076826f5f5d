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
        if (shape.IsDepthwise)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                var image = a.Pointer + (nint)sample * window.Outputs * a.Stride;
                DepthwiseKernels.Forward<TActivation>(shape, parameters.Pointer, x.Pointer + (nint)sample * window.Inputs * x.Stride, x.Stride, image, image, a.Stride);
            }
            return a;
        }
        var packedLength = PanelLayout.RoundUp(shape.PackedLength, PanelLayout.Line);
        var packed = workspace.Image(packedLength + shape.GroupLength(window.Outputs));
        for (var sample = 0; sample < samples; sample++)
        {
            var image = a.Pointer + (nint)sample * window.Outputs * a.Stride;
            ConvolutionKernels.Pack(window, shape.Channels, x.Pointer + (nint)sample * window.Inputs * x.Stride, x.Stride, packed);
            ConvolutionKernels.Forward<TActivation>(shape, parameters.Pointer, packed, image, image, a.Stride, packed + packedLength);
        }
        return a;
    }
}
