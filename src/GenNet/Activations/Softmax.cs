using System.Runtime.CompilerServices;
using GenNet.Kernels;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet.Activations;

/// <summary>a = softmax(z) over a row: aᵢ = e^(zᵢ − m) / Σⱼ e^(zⱼ − m), with m = max z.</summary>
static unsafe class Softmax
{
    /// <summary>One row, padded to 16 floats. <paramref name="a"/> may be <paramref name="z"/>; its padding becomes zero. <paramref name="lanes"/> is scratch, 16 floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Row<V>(float* z, float* a, int outputs, float* lanes) where V : struct, ISimd<V>
    {
        var total = V.Splat(Exponentials<V>(z, a, outputs, lanes, out _));
        for (var j = 0; j < outputs; j += V.Count)
            (V.Load(a + j) / total).Store(a + j);
    }

    /// <summary>Writes e^(z − m), zero in the padding, and returns the sum. A method of its own, because a loss that inlined it would exceed what the JIT inlines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static float Exponentials<V>(float* z, float* exponentials, int outputs, float* lanes, out float maximum) where V : struct, ISimd<V>
    {
        var lowest = V.Splat(float.NegativeInfinity);
        var largest = lowest;
        for (var j = 0; j < outputs; j += V.Count)
            largest = V.Max(V.Select(V.FirstLanes(outputs - j), V.Load(z + j), lowest), largest);
        largest.Store(lanes);
        maximum = lanes[0];
        for (var lane = 1; lane < V.Count; lane++)
            maximum = lanes[lane] > maximum ? lanes[lane] : maximum;

        for (var lane = 0; lane < LaneSum.Lanes && lane < outputs; lane += V.Count)
        {
            var sum = V.Zero;
            for (var j = lane; j < outputs; j += LaneSum.Lanes)
            {
                var e = V.FirstLanes(outputs - j) & VectorMath.Exp(V.Load(z + j) - maximum);
                e.Store(exponentials + j);
                sum += e;
            }
            sum.Store(lanes + lane);
        }
        return LaneSum.Total(lanes);
    }
}
