using System.Numerics;
using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>
/// Convolutions along the steps of streams. z(t) = b + Σᵢ x(t − (n − 1 − i)·d)·W(i) is begun with x(t − (n − 1)·d) and ended with x(t): in that order, which is the declared one, a window gets its
/// terms as steps come, and n chains of additions are side by side where one after the other would be waited for.
/// </summary>
[SkipLocalsInit]
static unsafe class StreamConvolution
{
    static readonly AlignedBuffer Zero = new(PanelLayout.Line);

    /// <summary>Begins the windows that have zeros before the first step, with all of these.</summary>
    public static void Begin(
        in ConvolutionShape shape,
        float* parameters, // the network's
        in Rows state, // [streams] rows of values
        in StreamPhase phase)
    {
        var row = PanelLayout.PaddedOutputs(shape.Filters);
        var open = WindowLayout.OpenWindows(shape.Window.Width, shape.Window.Stride.Width);
        for (var o = 0; o < shape.Filters; o += PanelLayout.Width)
        {
            var width = PanelLayout.PanelWidth(shape.Filters, o);
            for (var k = 0; k < open; k++)
            {
                var places = shape.Window.Width - 1 - k * shape.Window.Stride.Width;
                RegisterTile.Product(new(state.Count, places * shape.GroupChannels)
                {
                    A = Zero.Pointer,
                    ARow = 0,
                    AStep = 0,
                    B = parameters + shape.Offset + o * shape.Depth,
                    BStep = width,
                    Start = parameters + shape.BiasOffset + o,
                    StartRow = 0,
                    C = state.Pointer + phase.Windows + k * row + o,
                    CRow = state.Stride,
                }, width);
            }
        }
    }

    /// <summary>What a step brings to the windows of several streams; of those that end, a = g(z).</summary>
    public static void Rows<TActivation>(
        in ConvolutionShape shape,
        float* parameters, // the network's
        in StreamPhase phase,
        in Rows x, // [streams] rows of features
        in Rows state, // [streams] rows of values
        in Rows a) // [streams] rows of filters
        where TActivation : struct, IActivation
    {
        var row = PanelLayout.PaddedOutputs(shape.Filters);
        var count = phase.Count(shape.Window);
        for (var o = 0; o < shape.Filters; o += PanelLayout.Width)
        {
            var width = PanelLayout.PanelWidth(shape.Filters, o);
            for (var k = 0; k < count; k++)
            {
                var place = shape.Window.Width - 1 - phase.UntilEnd - k * shape.Window.Stride.Width;
                var window = state.Pointer + phase.Windows + k * row + o;
                var ends = phase.UntilEnd == 0 && k == 0;
                RegisterTile.Product(new(x.Count, shape.Channels)
                {
                    A = x.Pointer,
                    ARow = x.Stride,
                    AStep = 1,
                    B = parameters + shape.Offset + o * shape.Depth + place * shape.Channels * width,
                    BStep = width,
                    Start = place == 0 ? parameters + shape.BiasOffset + o : window,
                    StartRow = place == 0 ? 0 : state.Stride,
                    C = ends ? a.Pointer + o : phase.UntilEnd == 0 ? window - row : window,
                    CRow = ends ? a.Stride : state.Stride,
                }, width);
            }
            if (phase.Ends)
                ActivationKernels.Activate<TActivation>(a.Pointer + o, a.Pointer + o, a.Stride, a.Count, width);
        }
    }

    /// <summary>What a step brings to the windows of one stream; of one that ends, a = g(z).</summary>
    public static void Row<TActivation>(
        in ConvolutionShape shape,
        float* parameters, // the network's
        in StreamPhase phase,
        float* x, // [channels]
        float* state, // the stream's values
        float* a) // [filters], padded
        where TActivation : struct, IActivation
    {
        var (row, stride, place) = (PanelLayout.PaddedOutputs(shape.Filters), shape.Window.Stride.Width, shape.Window.Width - 1 - phase.UntilEnd);
        var windows = new StreamWindows
        {
            Count = phase.Count(shape.Window),
            Terms = shape.GroupChannels,
            Depth = shape.Depth,
            Place = place,
            Stride = stride,
            Begins = place % stride == 0,
            Ends = phase.UntilEnd == 0,
            Row = row,
            Spread = shape.Groups > 1 ? row : 0,
        };
        if (shape.Groups > 1)
            x = Spread(shape, x, row);
        Row<TActivation>(windows, shape.Filters, parameters + shape.Offset, parameters + shape.BiasOffset, x, state + phase.Windows, a, phase.Ends);
    }

    /// <summary>The same, a panel of filters after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Row<TActivation>(in StreamWindows windows, int filters, float* weights, float* biases, float* x, float* state, float* a, bool activates) where TActivation : struct, IActivation
    {
        var panel = new StreamPanel { X = x };
        for (var o = 0; o < filters; o += PanelLayout.Width)
        {
            panel.Width = PanelLayout.PanelWidth(filters, o);
            panel.WeightStep = windows.Stride * windows.Terms * panel.Width;
            panel.Weights = weights + o * windows.Depth + windows.Place * windows.Terms * panel.Width;
            panel.Biases = biases + o;
            panel.Windows = state + o;
            panel.Ended = windows.Ends ? a + o : state + o;
            panel.Shift = windows.Ends ? windows.Row : 0;
            Vectors.Run(new Work((StreamWindows*)Unsafe.AsPointer(ref Unsafe.AsRef(in windows)), (StreamPanel*)Unsafe.AsPointer(ref panel)), panel.Width);
            if (windows.Spread > 0)
                panel.X += panel.Width;
            if (activates)
                ActivationKernels.Activate<TActivation>(a + o, a + o, 0, 1, panel.Width);
        }
    }

    /// <summary>The channels that each filter takes, as vectors of filters: [channels of a group][row]. Of a depthwise convolution the step itself, where that fills its panels.</summary>
    static float* Spread(in ConvolutionShape shape, float* x, int row)
    {
        if (shape.IsDepthwise && row == shape.Channels)
            return x;
        var spread = Workspace.Current.Image(shape.GroupChannels * row);
        for (var c = 0; c < shape.GroupChannels; c++)
        {
            for (var o = 0; o < shape.Filters; o++)
                spread[c * row + o] = x[o / shape.GroupFilters * shape.GroupChannels + c];
            new Span<float>(spread + c * row + shape.Filters, row - shape.Filters).Clear();
        }
        return spread;
    }

    // They are their caller's variables: not copied, which would wait until what was just written has reached the cache, and nothing to pin.
    readonly struct Work(StreamWindows* windows, StreamPanel* panel) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V>
        {
            if (windows->Spread == 0)
                Add<V>(*windows, *panel);
            else
                AddOfGroups<V>(*windows, *panel);
        }
    }

    /// <summary>Four, six or eight chains side by side: vectors of windows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Add<V>(in StreamWindows windows, in StreamPanel panel) where V : struct, ISimd<V>
    {
        var shift = BitOperations.Log2((uint)(panel.Width / V.Count));
        var last = (windows.Count << shift) - 1;
        nint step = panel.Width, end = windows.Terms * step;
        for (var chain = 0; chain <= last; chain += 8)
        {
            // Chains past the last repeat it.
            StreamPanel.Chain c0 = panel.At<V>(windows, chain, shift), c1 = panel.At<V>(windows, Math.Min(chain + 1, last), shift);
            StreamPanel.Chain c2 = panel.At<V>(windows, Math.Min(chain + 2, last), shift), c3 = panel.At<V>(windows, Math.Min(chain + 3, last), shift);
            V s0 = V.Load(c0.Start), s1 = V.Load(c1.Start), s2 = V.Load(c2.Start), s3 = V.Load(c3.Start);
            float* x = panel.X, w0 = c0.Weights, w1 = c1.Weights, w2 = c2.Weights, w3 = c3.Weights;
            if (chain + 3 >= last)
            {
                for (nint at = 0; at < end; at += step)
                {
                    var xc = V.Splat(x++);
                    s0 = V.Fma(xc, w0 + at, s0);
                    s1 = V.Fma(xc, w1 + at, s1);
                    s2 = V.Fma(xc, w2 + at, s2);
                    s3 = V.Fma(xc, w3 + at, s3);
                }
            }
            else
            {
                StreamPanel.Chain c4 = panel.At<V>(windows, chain + 4, shift), c5 = panel.At<V>(windows, Math.Min(chain + 5, last), shift);
                V s4 = V.Load(c4.Start), s5 = V.Load(c5.Start);
                float* w4 = c4.Weights, w5 = c5.Weights;
                if (chain + 5 >= last)
                {
                    for (nint at = 0; at < end; at += step)
                    {
                        var xc = V.Splat(x++);
                        s0 = V.Fma(xc, w0 + at, s0);
                        s1 = V.Fma(xc, w1 + at, s1);
                        s2 = V.Fma(xc, w2 + at, s2);
                        s3 = V.Fma(xc, w3 + at, s3);
                        s4 = V.Fma(xc, w4 + at, s4);
                        s5 = V.Fma(xc, w5 + at, s5);
                    }
                }
                else
                {
                    StreamPanel.Chain c6 = panel.At<V>(windows, chain + 6, shift), c7 = panel.At<V>(windows, Math.Min(chain + 7, last), shift);
                    V s6 = V.Load(c6.Start), s7 = V.Load(c7.Start);
                    float* w6 = c6.Weights, w7 = c7.Weights;
                    for (nint at = 0; at < end; at += step)
                    {
                        var xc = V.Splat(x++);
                        s0 = V.Fma(xc, w0 + at, s0);
                        s1 = V.Fma(xc, w1 + at, s1);
                        s2 = V.Fma(xc, w2 + at, s2);
                        s3 = V.Fma(xc, w3 + at, s3);
                        s4 = V.Fma(xc, w4 + at, s4);
                        s5 = V.Fma(xc, w5 + at, s5);
                        s6 = V.Fma(xc, w6 + at, s6);
                        s7 = V.Fma(xc, w7 + at, s7);
                    }
                    s6.Store(c6.Target);
                    s7.Store(c7.Target);
                }
                s4.Store(c4.Target);
                s5.Store(c5.Target);
            }
            s0.Store(c0.Target);
            s1.Store(c1.Target);
            s2.Store(c2.Target);
            s3.Store(c3.Target);
        }
    }

    /// <summary>The same with channels of its own for each filter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void AddOfGroups<V>(in StreamWindows windows, in StreamPanel panel) where V : struct, ISimd<V>
    {
        for (var column = 0; column < panel.Width; column += V.Count)
        {
            float* window = panel.Windows + column, weights = panel.Weights + column, target = panel.Ended + column, x = panel.X + column;
            var first = V.Load(x);
            for (var k = windows.Count; k > 0; k--)
            {
                var sum = V.Fma(first, weights, V.Load(k == 1 && windows.Begins ? panel.Biases + column : window));
                for (var c = 1; c < windows.Terms; c++)
                    sum = V.Fma(V.Load(x + c * windows.Spread), weights + c * panel.Width, sum);
                sum.Store(target);
                weights -= panel.WeightStep;
                window += windows.Row;
                target = window - panel.Shift;
            }
        }
    }
}
