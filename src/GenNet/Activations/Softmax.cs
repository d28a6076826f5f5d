using System.Runtime.CompilerServices;
using GenNet.Kernels;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet.Activations;

/// <summary>a = softmax(z) over a row, in methods of their own, because a loss that inlined them would exceed what the JIT inlines: aᵢ = e^(zᵢ − m) / Σⱼ e^(zⱼ − m), with m = max z.</summary>
static unsafe class Softmax
{
    /// <summary>One row, padded to 16 floats. <paramref name="a"/> may be <paramref name="z"/>; its padding becomes zero. <paramref name="lanes"/> is scratch, 16 floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Row<V>(float* z, float* a, int outputs, float* lanes) where V : struct, ISimd<V>
    {
        var total = V.Splat(Exponentials<V>(z, a, outputs, Maximum<V>(z, outputs, lanes), lanes));
        for (var j = 0; j < outputs; j += V.Count)
            (V.Load(a + j) / total).Store(a + j);
    }

    /// <summary>max z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static float Maximum<V>(float* z, int outputs, float* lanes) where V : struct, ISimd<V>
    {
        var lowest = V.Splat(float.NegativeInfinity);
        var maximum = lowest;
        for (var j = 0; j < outputs; j += V.Count)
            maximum = V.Max(V.Select(LaneMask.Below<V>(j, outputs), V.Load(z + j), lowest), maximum);
        maximum.Store(lanes);
        var result = lanes[0];
        for (var lane = 1; lane < V.Count; lane++)
            result = lanes[lane] > result ? lanes[lane] : result;
        return result;
    }

    /// <summary>Writes e^(z − m), zero in the padding, and returns the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static float Exponentials<V>(float* z, float* exponentials, int outputs, float maximum, float* lanes) where V : struct, ISimd<V>
    {
        for (var lane = 0; lane < LaneSum.Lanes && lane < outputs; lane += V.Count)
        {
            var sum = V.Zero;
            for (var j = lane; j < outputs; j += LaneSum.Lanes)
            {
                var e = LaneMask.Below<V>(j, outputs) & VectorMath.Exp(V.Load(z + j) - V.Splat(maximum));
                e.Store(exponentials + j);
                sum += e;
            }
            sum.Store(lanes + lane);
        }
        return LaneSum.Total(lanes);
    }
}
