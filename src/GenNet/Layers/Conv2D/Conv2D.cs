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

    /// <summary>The same of the next step of some streams, along whose steps the kernel goes.</summary>
    /// <param name="workspace">The thread's memory.</param>
    /// <param name="slot">The slot for a.</param>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="shape">The layer: causal, with stride 1 and one group.</param>
    /// <param name="x">[streams] rows of features.</param>
    /// <param name="state">[streams] rows of the steps before, the oldest first, written.</param>
    public static Rows Step<TActivation>(Workspace workspace, int slot, ParameterBlock parameters, in ConvolutionShape shape, in Rows x, in Rows state) where TActivation : struct, IActivation
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(parameters);
        var (channels, last, dilation) = (shape.Channels, shape.Window.Width - 1, shape.Window.Dilation.Width);
        var a = workspace.Slot(slot, shape.Filters, x.Count);
        var windows = new Rows(workspace.Image(x.Count * shape.Depth), shape.Depth, x.Count);
        for (var stream = 0; stream < x.Count; stream++)
        {
            float* before = state.Pointer + (nint)stream * state.Stride, window = windows.Pointer + (nint)stream * shape.Depth;
            var step = new ReadOnlySpan<float>(x.Pointer + (nint)stream * x.Stride, channels);
            for (var place = 0; place < last; place++)
                new ReadOnlySpan<float>(before + place * dilation * channels, channels).CopyTo(new(window + place * channels, channels));
            step.CopyTo(new(window + last * channels, channels));
            if (last == 0)
                continue;
            var kept = new Span<float>(before, last * dilation * channels);
            kept[channels..].CopyTo(kept);
            step.CopyTo(kept[^channels..]);
        }
        var product = new DenseShape(shape.Depth, shape.Filters, 1, shape.Offset);
        DenseKernels.Forward<TActivation>(product, parameters.Pointer, windows, a.Pointer, a.Pointer, a.Stride);
        return a;
    }
}
