using System.Runtime.Intrinsics;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet.Tests.Numerics;

/// <summary>Elementary functions against double precision over the whole range of floats, and the same bits on every vector width.</summary>
public unsafe class VectorMathTests
{
    public interface IFunction
    {
        static abstract V Apply<V>(V x) where V : struct, ISimd<V>;
        static abstract double Reference(double x);
    }

    readonly struct ExpFunction : IFunction
    {
        public static V Apply<V>(V x) where V : struct, ISimd<V> => VectorMath.Exp(x);
        public static double Reference(double x) => Math.Exp(x);
    }

    readonly struct ExpM1Function : IFunction
    {
        public static V Apply<V>(V x) where V : struct, ISimd<V> => VectorMath.ExpM1(x);
        public static double Reference(double x) => Math.Abs(x) < 1e-3 ? x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5)))) : Math.Exp(x) - 1;
    }

    readonly struct TanhFunction : IFunction
    {
        public static V Apply<V>(V x) where V : struct, ISimd<V> => VectorMath.Tanh(x);
        public static double Reference(double x) => Math.Tanh(x);
    }

    readonly struct SigmoidFunction : IFunction
    {
        public static V Apply<V>(V x) where V : struct, ISimd<V> => VectorMath.Sigmoid(x);
        public static double Reference(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));
    }

    readonly struct LogFunction : IFunction
    {
        public static V Apply<V>(V x) where V : struct, ISimd<V> => VectorMath.Log(x);
        public static double Reference(double x) => Math.Log(x);
    }

    readonly struct Log1PExpFunction : IFunction
    {
        public static V Apply<V>(V x) where V : struct, ISimd<V> => VectorMath.Log1PExp(x);
        public static double Reference(double x)
        {
            // ln(1 + e) for e in 0…1: Kahan's correction of ln(1 + e) for what 1 + e rounds off.
            var e = Math.Exp(-Math.Abs(x));
            var u = 1 + e;
            return Math.Max(x, 0) + (u == 1 ? e : Math.Log(u) * e / (u - 1));
        }
    }

    [Fact]
    public void Exp_is_within_2_ulp() => Check<ExpFunction>(2);

    [Fact]
    public void ExpM1_is_within_2_ulp() => Check<ExpM1Function>(2);

    [Fact]
    public void Tanh_is_within_5_ulp() => Check<TanhFunction>(5);

    [Fact]
    public void Sigmoid_is_within_2_ulp() => Check<SigmoidFunction>(2);

    [Fact]
    public void Log_is_within_2_ulp() => Check<LogFunction>(2);

    [Fact]
    public void Log1PExp_is_within_2_ulp() => Check<Log1PExpFunction>(2);

    [Fact]
    public void Normal_distribution_and_density_are_relatively_accurate()
    {
        for (var x = -13f; x < 13; x += 0.0007f)
        {
            var (distribution, density) = VectorMath.Normal(Simd128.Splat(x));
            double distributionValue = Lane(distribution), densityValue = Lane(density);
            // Φ by the continued fraction of its tail for large |x|, else by its power series.
            var expected = ReferenceNormalDistribution(x);
            var expectedDensity = Math.Exp(-0.5 * x * (double)x) / Math.Sqrt(2 * Math.PI);
            Assert.True(Math.Abs(distributionValue - expected) <= 4e-6 * expected, $"Φ({x:R}) = {distributionValue:R}, expected {expected:R}");
            Assert.True(Math.Abs(densityValue - expectedDensity) <= 4e-6 * expectedDensity, $"φ({x:R}) = {densityValue:R}, expected {expectedDensity:R}");
        }
        Assert.True(float.IsNaN(Lane(VectorMath.Normal(Simd128.Splat(float.NaN)).Distribution)));
        Assert.Equal(0, Lane(VectorMath.Normal(Simd128.Splat(float.NegativeInfinity)).Distribution));
        Assert.Equal(1, Lane(VectorMath.Normal(Simd128.Splat(float.PositiveInfinity)).Distribution));
    }

    static double ReferenceNormalDistribution(double x)
    {
        var t = Math.Abs(x);
        double tail;
        if (t < 3)
        {
            // Φ(t) = ½ + φ(t)·Σ t^(2n+1)/(1·3·5···(2n+1))
            double term = t, sum = t;
            for (var n = 1; n < 200; n++)
                sum += term *= t * t / (2 * n + 1);
            tail = 0.5 - Math.Exp(-0.5 * t * t) / Math.Sqrt(2 * Math.PI) * sum;
        }
        else
        {
            var fraction = t;
            for (var n = 200; n > 0; n--)
                fraction = t + n / fraction;
            tail = Math.Exp(-0.5 * t * t) / Math.Sqrt(2 * Math.PI) / fraction;
        }
        return x < 0 ? tail : 1 - tail;
    }

    static float Lane(Simd128 vector)
    {
        var lanes = stackalloc float[4];
        vector.Store(lanes);
        return lanes[0];
    }

    static void Check<TFunction>(double limit) where TFunction : struct, IFunction
    {
        var xs = Inputs();
        var results = Apply<TFunction, Simd128>(xs);
        var (worst, at) = (0.0, 0f);
        for (var i = 0; i < xs.Length; i++)
        {
            var error = Ulps(results[i], TFunction.Reference(xs[i]));
            if (error > worst)
                (worst, at) = (error, xs[i]);
        }
        Assert.True(worst <= limit, $"{typeof(TFunction).Name}: {worst:F3} ulp at {at:R}");

        if (Vector256.IsHardwareAccelerated && SimdWidth.HasFusedMultiplyAdd)
            AssertSameBits(results, Apply<TFunction, Simd256>(xs));
        if (Vector512.IsHardwareAccelerated)
            AssertSameBits(results, Apply<TFunction, Simd512>(xs));
    }

    /// <summary>Every 1,009th float, both infinities, NaN, zeros, and all floats near the ends of the functions' ranges.</summary>
    static float[] Inputs()
    {
        var xs = new List<float> { float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, float.Epsilon, -float.Epsilon, 1.17549435e-38f, float.MaxValue };
        for (var bits = 0L; bits < 1L << 32; bits += 1009)
            xs.Add(BitConverter.UInt32BitsToSingle((uint)bits));
        foreach (var centre in new[] { 88.72284f, -87.33655f, -103.97208f, -104f, 89f, 9.02f, -9.02f, 0.34657359f, -0.34657359f, 1f, -1f, 0.70710678f, 1.41421356f, 0.41421356f, 0.88137359f, -17.3f, -30f, 1e-38f, 6f, -6f })
            for (var step = -2000; step <= 2000; step++)
                xs.Add(BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(centre) + (uint)step));
        while (xs.Count % 16 != 0)
            xs.Add(0);
        return xs.ToArray();
    }

    static float[] Apply<TFunction, V>(float[] xs)
        where TFunction : struct, IFunction
        where V : struct, ISimd<V>
    {
        var results = new float[xs.Length];
        fixed (float* x = xs, result = results)
            for (var i = 0; i < xs.Length; i += V.Count)
                TFunction.Apply(V.Load(x + i)).Store(result + i);
        return results;
    }

    static void AssertSameBits(float[] expected, float[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(BitConverter.SingleToUInt32Bits(expected[i]), BitConverter.SingleToUInt32Bits(actual[i]));
    }

    /// <summary>The distance in units of the last place of the expected float.</summary>
    static double Ulps(float actual, double expected)
    {
        if (double.IsNaN(expected))
            return float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        var rounded = (float)expected;
        if (float.IsInfinity(rounded) || float.IsInfinity(actual))
            return rounded == actual ? 0 : double.PositiveInfinity;
        var magnitude = Math.Max(Math.Abs(rounded), 1.17549435e-38f);
        return Math.Abs(actual - expected) / ((double)MathF.BitIncrement(magnitude) - magnitude);
    }
}
