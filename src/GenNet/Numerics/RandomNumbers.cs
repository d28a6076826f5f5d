using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>
/// Many numbers of a <see cref="RandomStream"/> at a time: number i + 1 follows from the counter alone, so lanes need not wait for each other. Vectors of 64-bit integers
/// pay where the processor multiplies them; elsewhere single numbers are as fast.
/// </summary>
static unsafe class RandomNumbers
{
    /// <summary>The numbers after number <paramref name="counter"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(
        ulong* numbers, // [count]
        int count, ulong key, ulong counter)
    {
        var i = 0;
        if (SimdWidth.Bits == 512)
        {
            var state = Start(key, counter);
            for (; i <= count - Vector512<ulong>.Count; i += Vector512<ulong>.Count)
                Next(ref state).Store(numbers + i);
        }
        for (; i < count; i++)
            numbers[i] = Number(key, counter, i);
    }

    /// <summary>The same as floats in [0, 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FillSingles(
        float* singles, // [count]
        int count, ulong key, ulong counter)
    {
        const float Unit = 1f / (1 << 24);
        var i = 0;
        if (SimdWidth.Bits == 512)
        {
            var state = Start(key, counter);
            for (; i <= count - Vector512<float>.Count; i += Vector512<float>.Count)
                (Vector512.ConvertToSingle(Vector512.Narrow(Next(ref state) >>> 40, Next(ref state) >>> 40).AsInt32()) * Unit).Store(singles + i);
        }
        for (; i < count; i++)
            singles[i] = (Number(key, counter, i) >> 40) * Unit;
    }

    /// <summary>The halves of 16 numbers as signed integers. The upper halves are made odd: |odd|/2³¹ is then as likely near 0 as near 1, and neither.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Halves<V>(
        int* odd, // [16]
        int* complement, // [16], 2³¹ − |odd|
        int* lower, // [16]
        ulong key, ulong counter) where V : struct, ISimd<V>
    {
        if (V.Count == Vector512<int>.Count)
        {
            var state = Start(key, counter);
            Vector512<ulong> first = Next(ref state), second = Next(ref state);
            var upper = Vector512.Narrow(first >>> 32, second >>> 32).AsInt32() | Vector512<int>.One;
            upper.Store(odd);
            (Vector512.Create(int.MinValue) - Vector512.Abs(upper)).Store(complement);
            Vector512.Narrow(first, second).AsInt32().Store(lower);
            return;
        }
        for (var i = 0; i < 16; i++)
        {
            var number = Number(key, counter, i);
            odd[i] = (int)(number >> 32) | 1;
            complement[i] = int.MinValue - Math.Abs(odd[i]);
            lower[i] = (int)number;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Number(ulong key, ulong counter, int i) => RandomStream.Mix(key + (counter + (ulong)i + 1) * RandomStream.Golden);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<ulong> Start(ulong key, ulong counter) =>
        Vector512.Create(key + counter * RandomStream.Golden) + Vector512.Create(1UL, 2, 3, 4, 5, 6, 7, 8) * RandomStream.Golden;

    /// <summary><see cref="RandomStream.Mix"/>, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<ulong> Next(ref Vector512<ulong> state)
    {
        var z = state;
        state += Vector512.Create(unchecked((ulong)Vector512<ulong>.Count * RandomStream.Golden));
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EB;
        return z ^ (z >>> 31);
    }
}
