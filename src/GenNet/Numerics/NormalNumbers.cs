using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>Normally distributed numbers, as <see cref="RandomStream.NextNormals"/> describes them. Products are rounded before they are added, on every machine.</summary>
static unsafe class NormalNumbers
{
    /// <summary>Numbers of a block, and the points whose coordinates they are.</summary>
    const int Block = 32, Points = 16;

    /// <summary>Numbers of the stream that so many take.</summary>
    public static int Drawn(int count) => count / Block * Points + Math.Min(count % Block, Points);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(
        float* target, // [count]
        int count, ulong key, ulong counter) =>
        Vectors.Run(new Work(target, count, key, counter));

    readonly struct Work(float* target, int count, ulong key, ulong counter) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Fill<V>(target, count, key, counter);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Fill<V>(float* target, int count, ulong key, ulong counter) where V : struct, ISimd<V>
    {
        int* odd = stackalloc int[Points], complement = stackalloc int[Points], lower = stackalloc int[Points];
        var last = stackalloc float[Block];
        for (; count > 0; count -= Block, target += Block, counter += Points)
        {
            RandomNumbers.Halves<V>(odd, complement, lower, key, counter);
            var block = count >= Block ? target : last;
            for (var i = 0; i < Points; i += V.Count)
                Coordinates<V>(odd + i, complement + i, lower + i, block + i);
            if (block == last)
                new ReadOnlySpan<float>(last, count).CopyTo(new(target, count));
        }
    }

    /// <summary>The coordinates of points: the first, and <see cref="Points"/> floats on the second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Coordinates<V>(int* odd, int* complement, int* lower, float* target) where V : struct, ISimd<V>
    {
        var s = V.ConvertToSingle(odd);
        var r = V.Sqrt(-2f * UniformMath.Log(V.Abs(s), V.ConvertToSingle(complement)));
        var t = 1f / (1L << 32) * V.ConvertToSingle(lower);
        ((r * UniformMath.SinPi(V.Splat(0.5f) - V.Abs(t))) ^ (s & V.Splat(-0f))).Store(target);
        (r * UniformMath.SinPi(t)).Store(target + Points);
    }
}
