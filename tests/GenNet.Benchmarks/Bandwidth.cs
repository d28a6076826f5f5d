using System.Diagnostics;
using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Benchmarks;

/// <summary>How fast this core reads memory of some size: from the cache that holds it, or from behind all of them.</summary>
static class Bandwidth
{
    const int Rounds = 15;
    const double LeastNanoseconds = 1e6;

    static float _sink;

    /// <summary>Nanoseconds in which so many floats are read from first to last, the least of several rounds.</summary>
    public static double Read(int floats)
    {
        var values = GC.AllocateUninitializedArray<float>(Math.Max(floats, 128), pinned: true);
        Array.Fill(values, 1f);
        var (repeats, least) = (1L, double.MaxValue);
        for (var round = 0; round < Rounds;)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0L; i < repeats; i++)
                _sink = SimdWidth.Bits switch
                {
                    512 => Sum<Simd512>(values),
                    256 => Sum<Simd256>(values),
                    _ => Sum<Simd128>(values),
                };
            var elapsed = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
            if (elapsed < LeastNanoseconds)
            {
                repeats *= 2;
                continue;
            }
            least = Math.Min(least, elapsed / repeats);
            round++;
        }
        return least * floats / values.Length;
    }

    /// <summary>Eight sums, so that none waits for another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static float Sum<V>(ReadOnlySpan<float> values) where V : struct, ISimd<V>
    {
        V s0 = V.Zero, s1 = V.Zero, s2 = V.Zero, s3 = V.Zero, s4 = V.Zero, s5 = V.Zero, s6 = V.Zero, s7 = V.Zero;
        ref readonly var first = ref values[0];
        for (nint i = 0; i <= values.Length - 8 * V.Count; i += 8 * V.Count)
        {
            s0 += V.Load(in first, i);
            s1 += V.Load(in first, i + V.Count);
            s2 += V.Load(in first, i + 2 * V.Count);
            s3 += V.Load(in first, i + 3 * V.Count);
            s4 += V.Load(in first, i + 4 * V.Count);
            s5 += V.Load(in first, i + 5 * V.Count);
            s6 += V.Load(in first, i + 6 * V.Count);
            s7 += V.Load(in first, i + 7 * V.Count);
        }
        return V.Lane(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7, 0);
    }
}
