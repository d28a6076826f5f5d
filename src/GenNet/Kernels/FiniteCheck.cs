using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>Finds numbers that are not finite before they spoil the weights.</summary>
[SkipLocalsInit]
static unsafe class FiniteCheck
{
    /// <summary>Numbers up to which a call costs more than vectors save.</summary>
    const int Few = 2 * LaneSum.Lanes - 1;

    /// <summary>Whether no number is NaN or infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreFinite(float* values, int count) => count <= Few ? SumOfProducts(values, count) == 0 : AreManyFinite(values, count);

    /// <summary>The index of the first number that is NaN or infinite, of which there must be one.</summary>
    public static int IndexOfNotFinite(float* values)
    {
        var index = 0;
        while (float.IsFinite(values[index]))
            index++;
        return index;
    }

    /// <summary>The index of the first number that is NaN or infinite, or −1.</summary>
    public static int IndexOfNotFinite(ReadOnlySpan<float> values)
    {
        fixed (float* first = values)
            return AreFinite(first, values.Length) ? -1 : IndexOfNotFinite(first);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static bool AreManyFinite(float* values, int count)
    {
        bool finite;
        Vectors.Run(new AreManyFiniteWork(values, count, &finite));
        return finite;
    }

    readonly struct AreManyFiniteWork(float* values, int count, bool* finite) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => *finite = AreManyFinite<V>(values, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static bool AreManyFinite<V>(float* values, int count) where V : struct, ISimd<V>
    {
        var lanes = stackalloc float[LaneSum.Lanes];
        V zero = V.Zero, s0 = zero, s1 = zero;
        var left = count;
        for (; left >= 2 * V.Count; left -= 2 * V.Count, values += 2 * V.Count)
        {
            s0 = V.Fma(zero, values, s0);
            s1 = V.Fma(zero, values + V.Count, s1);
        }
        (s0 + s1).Store(lanes);
        return SumOfProducts(lanes, V.Count) + SumOfProducts(values, left) == 0;
    }

    /// <summary>Σ 0·x: 0·x is NaN for every x that is not finite, and a sum with NaN is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumOfProducts(float* values, int count, int stride = 1)
    {
        var sum = 0f;
        for (nint i = 0; i < count; i++)
            sum += 0 * values[i * stride];
        return sum;
    }
}
