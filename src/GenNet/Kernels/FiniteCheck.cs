using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>Finds numbers that are not finite before they spoil the weights.</summary>
[SkipLocalsInit]
static unsafe class FiniteCheck
{
    /// <summary>The index of the first number that is NaN or infinite, or −1.</summary>
    public static int IndexOfNotFinite(float* values, int count)
    {
        var finite = SimdWidth.Bits switch
        {
            512 => AreFinite<Simd512>(values, count),
            256 => AreFinite<Simd256>(values, count),
            _ => AreFinite<Simd128>(values, count),
        };
        if (finite)
            return -1;
        var index = 0;
        while (float.IsFinite(values[index]))
            index++;
        return index;
    }

    /// <inheritdoc cref="IndexOfNotFinite(float*, int)"/>
    public static int IndexOfNotFinite(ReadOnlySpan<float> values)
    {
        fixed (float* first = values)
            return IndexOfNotFinite(first, values.Length);
    }

    /// <summary>0·x is NaN for every x that is not finite, and a sum with NaN is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static bool AreFinite<V>(float* values, int count) where V : struct, ISimd<V>
    {
        var lanes = stackalloc float[LaneSum.Lanes];
        var sum = 0f;
        var i = 0;
        if (count >= 2 * V.Count)
        {
            V zero = V.Zero, s0 = zero, s1 = zero;
            for (; i + 2 * V.Count <= count; i += 2 * V.Count)
            {
                s0 = V.Fma(zero, V.Load(values + i), s0);
                s1 = V.Fma(zero, V.Load(values + i + V.Count), s1);
            }
            (s0 + s1).Store(lanes);
            for (var lane = 0; lane < V.Count; lane++)
                sum += lanes[lane];
        }
        for (; i < count; i++)
            sum += 0 * values[i];
        return sum == 0;
    }
}
