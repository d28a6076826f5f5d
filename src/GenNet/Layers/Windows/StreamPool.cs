using System.Runtime.CompilerServices;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>Pools along the steps of streams: a window keeps its largest values, or their sums, from its first step to its last.</summary>
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
        var phase = StreamPhase.Next(shape.Window, shape.Channels, state);
        Vectors.Run(new Work<TPool>(shape, phase, x, state, a), PanelLayout.PanelWidth(shape.Channels, 0));
        return phase.Ends ? a : a.None;
    }

    readonly struct Work<TPool>(PoolShape shape, StreamPhase phase, Rows x, Rows state, Rows a) : IVectorWork where TPool : struct, IStreamPool
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Step<TPool, V>(shape, phase, x, state, a);
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
                // What lies behind the last channel is not kept: it may be anything.
                var step = V.Load(x.Pointer + (nint)stream * x.Stride + c);
                if (shape.Channels - c < V.Count)
                    step &= V.FirstLanes(shape.Channels - c);
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
}
