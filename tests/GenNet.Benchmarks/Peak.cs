using GenNet.Simd;

namespace GenNet.Benchmarks;

/// <summary>The fastest that this core multiplies and adds: chains of FMAs that depend on nothing but themselves.</summary>
static class Peak
{
    const int Repeats = 1000;

    public static readonly double FlopsPerCall = SimdWidth.Bits switch
    {
        512 => Flops<Simd512>(),
        256 => Flops<Simd256>(),
        _ => Flops<Simd128>(),
    };

    static float _sink;

    public static Contender CreateContender() => new LocalContender("peak", () => SimdWidth.Bits switch
    {
        512 => Calls<Simd512>,
        256 => Calls<Simd256>,
        _ => Calls<Simd128>,
    });

    /// <summary>16 chains where there are 32 registers of this width, else 12: accumulators must not spill.</summary>
    static int Chains<V>() where V : struct, ISimd<V> => V.Count == 16 ? 16 : 12;

    static double Flops<V>() where V : struct, ISimd<V> => 2.0 * V.Count * Chains<V>() * Repeats;

    static void Calls<V>(long count) where V : struct, ISimd<V>
    {
        var sum = V.Zero;
        for (var i = 0L; i < count; i++)
            sum += Call(V.Splat(0.5f), V.Splat(1));
        // The result is used, so that the work cannot be left out.
        Span<float> lanes = stackalloc float[V.Count];
        sum.Store(ref lanes[0], 0);
        _sink = lanes[0];
    }

    static V Call<V>(V m, V a) where V : struct, ISimd<V>
    {
        V c0 = a, c1 = a, c2 = a, c3 = a, c4 = a, c5 = a, c6 = a, c7 = a, c8 = a, c9 = a, c10 = a, c11 = a, c12 = a, c13 = a, c14 = a, c15 = a;
        for (var i = 0; i < Repeats; i++)
        {
            c0 = V.Fma(c0, m, a);
            c1 = V.Fma(c1, m, a);
            c2 = V.Fma(c2, m, a);
            c3 = V.Fma(c3, m, a);
            c4 = V.Fma(c4, m, a);
            c5 = V.Fma(c5, m, a);
            c6 = V.Fma(c6, m, a);
            c7 = V.Fma(c7, m, a);
            c8 = V.Fma(c8, m, a);
            c9 = V.Fma(c9, m, a);
            c10 = V.Fma(c10, m, a);
            c11 = V.Fma(c11, m, a);
            if (Chains<V>() == 16)
            {
                c12 = V.Fma(c12, m, a);
                c13 = V.Fma(c13, m, a);
                c14 = V.Fma(c14, m, a);
                c15 = V.Fma(c15, m, a);
            }
        }
        return c0 + c1 + c2 + c3 + (c4 + c5 + c6 + c7) + (c8 + c9 + c10 + c11) + (c12 + c13 + c14 + c15);
    }
}
