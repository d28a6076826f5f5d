using System.ComponentModel;
using System.Runtime.CompilerServices;
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

    /// <summary>The same of the next step of some streams that stand alike, along whose steps the kernel goes.</summary>
    /// <param name="workspace">The thread's memory.</param>
    /// <param name="slot">The slot for a.</param>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="x">[streams] rows of features.</param>
    /// <param name="state">[streams] rows of what windows have so far, written.</param>
    /// <returns>No rows where no window ends with the step.</returns>
    public static Rows Step<TActivation>(Workspace workspace, int slot, ParameterBlock parameters, in ConvolutionShape shape, in Rows x, in Rows state) where TActivation : struct, IActivation
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(parameters);
        var a = workspace.Slot(slot, shape.Filters, x.Count);
        var phase = StreamPhase.Next(shape.Window, shape.Filters, state);
        if (phase.IsFirst)
            StreamConvolution.Begin(shape, parameters.Pointer, state, phase);
        if (x.Count > 1 && shape.Groups == 1)
            StreamConvolution.Rows<TActivation>(shape, parameters.Pointer, phase, x, state, a);
        else
            for (var stream = 0; stream < x.Count; stream++)
                StreamConvolution.Row<TActivation>(shape, parameters.Pointer, phase, x.Pointer + (nint)stream * x.Stride, state.Pointer + (nint)stream * state.Stride, a.Pointer + (nint)stream * a.Stride);
        return phase.Ends ? a : a.None;
    }

    /// <summary>The same of the next step of one stream.</summary>
    /// <param name="shape">The layer.</param>
    /// <param name="parameters">The first parameter of the network.</param>
    /// <param name="x">The features of the step.</param>
    /// <param name="state">What windows have so far, written.</param>
    /// <param name="a">The layer's activations, with room for the padding of the last panel.</param>
    /// <returns>Whether a window ends with the step: whether there are activations.</returns>
    public static bool Step<TActivation>(in ConvolutionShape shape, ref float parameters, ref readonly float x, ref float state, ref float a) where TActivation : struct, IActivation
    {
        fixed (float* p = &parameters, step = &x, windows = &state, output = &a)
        {
            var rows = new Rows(windows, 0, 1);
            var phase = StreamPhase.Next(shape.Window, shape.Filters, rows);
            if (phase.IsFirst)
                StreamConvolution.Begin(shape, p, rows, phase);
            StreamConvolution.Row<TActivation>(shape, p, phase, step, windows, output);
            return phase.Ends;
        }
    }

    /// <summary>What a step of one stream brings to windows that are all open: without stride and dilation. Inlined, for a shape that is written in numbers.</summary>
    /// <param name="channels">Channels of a step.</param>
    /// <param name="filters">Filters.</param>
    /// <param name="size">Steps that the kernel reads.</param>
    /// <param name="isDepthwise">Whether each filter takes one channel: the step then has all that is read in whole vectors.</param>
    /// <param name="weights">Where its weights start among the parameters.</param>
    /// <param name="biases">Where its biases start.</param>
    /// <param name="parameters">The first parameter of the network.</param>
    /// <param name="x">The features of the step.</param>
    /// <param name="state">What windows have so far, written.</param>
    /// <param name="a">The activations of the window that ends.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TActivation>(int channels, int filters, int size, bool isDepthwise, int weights, int biases, ref float parameters, ref readonly float x, ref float state, ref float a) where TActivation : struct, IActivation
    {
        fixed (float* p = &parameters, step = &x, windows = &state, output = &a)
        {
            var (row, terms) = (PanelLayout.PaddedOutputs(filters), isDepthwise ? 1 : channels);
            var all = new StreamWindows { Count = size, Terms = terms, Depth = size * terms, Place = size - 1, Stride = 1, Begins = true, Ends = true, Row = row, Spread = isDepthwise ? row : 0 };
            StreamConvolution.Row<TActivation>(all, filters, p + weights, p + biases, step, windows + PanelLayout.Line, output, activates: true);
        }
    }

    /// <summary>Counts one of the first steps of a stream, and with the first begins the windows that have zeros before it: for code that adds to windows itself.</summary>
    /// <param name="shape">The layer: without stride and dilation.</param>
    /// <param name="parameters">The first parameter of the network.</param>
    /// <param name="state">What windows have so far, written.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Begin(in ConvolutionShape shape, ref float parameters, ref float state)
    {
        fixed (float* p = &parameters, windows = &state)
        {
            var rows = new Rows(windows, 0, 1);
            var phase = StreamPhase.Next(shape.Window, shape.Filters, rows);
            if (phase.IsFirst)
                StreamConvolution.Begin(shape, p, rows, phase);
        }
    }
}
