using System.Runtime.CompilerServices;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>Pools along the steps of streams: a window keeps its largest values, or their sums, from its first step to its last; that of all steps never ends, and gives what it has so far.</summary>
static unsafe class StreamPool
{
    /// <summary>The next step of some streams that stand alike.</summary>
    /// <returns>No rows where no window ends with the step.</returns>
    public static Rows Step<TPool>(
        in PoolShape shape,
        in Rows x, // [streams] rows of channels, in whole vectors
        in Rows state, // [streams] rows of values
        in Rows a) // [streams] rows of channels
        where TPool : struct, IStreamPool
    {
        if (shape.OfAllSteps)
        {
            Vectors.Run(new WorkOfAll<TPool>(shape.Channels, x, state, a), PanelLayout.PanelWidth(shape.Channels, 0));
            return a;
        }
        var phase = StreamPhase.Next(shape.Window, shape.Channels, state);
        Vectors.Run(new Work<TPool>(shape, phase, x, state, a), PanelLayout.PanelWidth(shape.Channels, 0));
        return phase.Ends ? a : a.None;
    }

    readonly struct Work<TPool>(PoolShape shape, StreamPhase phase, Rows x, Rows state, Rows a) : IVectorWork where TPool : struct, IStreamPool
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Step<TPool, V>(shape, phase, x, state, a);
    }

    readonly struct WorkOfAll<TPool>(int channels, Rows x, Rows state, Rows a) : IVectorWork where TPool : struct, IStreamPool
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => StepOfAll<TPool, V>(channels, x, state, a);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Step<TPool, V>(in PoolShape shape, in StreamPhase phase, in Rows x, in Rows state, in Rows a)
        where TPool : struct, IStreamPool
        where V : struct, ISimd<V>
    {
        var (size, stride, row) = (shape.Window.Width, shape.Window.Stride.Width, PanelLayout.PaddedOutputs(shape.Channels));
        var count = phase.Count(shape.Window);
        var begins = (size - 1 - phase.UntilEnd) % stride == 0;
        for (var stream = 0; stream < x.Count; stream++)
            for (var c = 0; c < shape.Channels; c += V.Count)
            {
                var step = Load<V>(x.Pointer + (nint)stream * x.Stride + c, shape.Channels - c);
                var window = state.Pointer + (nint)stream * state.Stride + phase.Windows + c;
                for (var k = 0; k < count; k++, window += row)
                {
                    var kept = begins && k == count - 1 ? TPool.First(step) : TPool.Add(V.Load(window), step);
                    if (phase.UntilEnd == 0 && k == 0)
                        TPool.End(kept, size).Store(a.Pointer + (nint)stream * a.Stride + c);
                    else
                        kept.Store(phase.UntilEnd == 0 ? window - row : window);
                }
            }
    }

    /// <summary>All steps so far, which each stream counts for itself: streams need not stand alike.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void StepOfAll<TPool, V>(int channels, in Rows x, in Rows state, in Rows a)
        where TPool : struct, IStreamPool
        where V : struct, ISimd<V>
    {
        for (var stream = 0; stream < x.Count; stream++)
        {
            var kept = state.Pointer + (nint)stream * state.Stride;
            var before = (int)*kept;

            // More steps than any whole sequence has: a sum of them all would hardly follow the next.
            var halves = before >= WindowLayout.MostPixels;
            if (halves)
                before = WindowLayout.MostPixels / 2;
            *kept = before + 1;
            kept += PanelLayout.Line;
            for (var c = 0; c < channels; c += V.Count)
            {
                var step = Load<V>(x.Pointer + (nint)stream * x.Stride + c, channels - c);
                var all = V.Load(kept + c);
                if (halves)
                    all = TPool.Halve(all);
                all = before == 0 ? TPool.First(step) : TPool.Add(all, step);
                all.Store(kept + c);
                TPool.End(all, before + 1).Store(a.Pointer + (nint)stream * a.Stride + c);
            }
        }
    }

    /// <summary>So many channels, or a vector of them: what lies behind the last is not kept, and may be anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V Load<V>(float* x, int channels) where V : struct, ISimd<V> => channels < V.Count ? V.Load(x) & V.FirstLanes(channels) : V.Load(x);
}
