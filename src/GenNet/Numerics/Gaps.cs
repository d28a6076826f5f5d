using System.Runtime.CompilerServices;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>
/// How many are passed over before the next that is chosen, where each is chosen with the same probability: geometrically distributed, ⌊ln u/ln(1 − rate)⌋.
/// What is chosen then costs, and not what is not.
/// </summary>
static unsafe class Gaps
{
    /// <summary>Numbers computed at a time.</summary>
    const int Points = 16;

    /// <summary>The longest gap: further than any block reaches.</summary>
    const float Longest = 1 << 30;

    /// <summary>1/ln(1 − rate) for a rate between 0 and 1.</summary>
    public static float Factor(double rate) =>
        (float)Math.Max(-1e30, 1 / (rate < 1e-3 ? -rate * (1 + rate * (0.5 + rate * (1.0 / 3 + rate / 4))) : ScalarMath.Log(1 - rate)));

    /// <summary>Gaps, each from the upper half of a number: s, made odd, as a signed integer gives u = |s|/2³¹.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(
        int* gaps, // [count], a multiple of 16
        int count, float factor, ulong key, ulong counter) =>
        Vectors.Run(new Work(gaps, count, factor, key, counter));

    readonly struct Work(int* gaps, int count, float factor, ulong key, ulong counter) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Fill<V>(gaps, count, factor, key, counter);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Fill<V>(int* gaps, int count, float factor, ulong key, ulong counter) where V : struct, ISimd<V>
    {
        int* odd = stackalloc int[Points], complement = stackalloc int[Points], lower = stackalloc int[Points];
        for (var first = 0; first < count; first += Points, counter += Points)
        {
            RandomNumbers.Halves<V>(odd, complement, lower, key, counter);
            for (var i = 0; i < Points; i += V.Count)
                V.ConvertToInt32(V.Min(V.Splat(Longest), factor * UniformMath.Log(V.Abs(V.ConvertToSingle(odd + i)), V.ConvertToSingle(complement + i))), gaps + first + i);
        }
    }
}
