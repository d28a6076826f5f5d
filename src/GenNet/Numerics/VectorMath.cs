using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Numerics;

/// <summary>
/// Elementary functions from multiplications, additions, divisions and bit operations, so that they have the same bits on every machine and vector width.
/// Stated errors are the largest over all floats, measured with fused multiply-add.
/// </summary>
/// <remarks>
/// Coefficients are minimax fits on the stated intervals (iteratively reweighted least squares on Chebyshev points in double precision), rounded to float.
/// Short chains matter as much as few operations: a small network waits for them. Hence Estrin's scheme.
/// </remarks>
public static class VectorMath
{
    /// <summary>1.5·2²³: a float that has this added holds a rounded integer in its low bits.</summary>
    const float Rounder = 12582912f;

    const float Log2E = 1.44269504f;

    // ln 2 in two parts; the upper has so few bits that its product with n is exact.
    const float Ln2High = 0.693115234375f, Ln2Low = 3.19461833e-5f;

    /// <summary>−1, 0 or 1; NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sign<V>(V x) where V : struct, ISimd<V> =>
        V.Select(V.Greater(x, V.Zero), V.Splat(1), V.Select(V.Greater(V.Zero, x), V.Splat(-1), x));

    /// <summary>eˣ, within 2 ulp, denormal results included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x) where V : struct, ISimd<V> =>
        // Beyond the bounds the result is 0 or ∞. They are beyond what one factor 2ⁿ could be.
        V.ScaleOnePlus(Reduce(V.Clamp(x, -104f, 89f), out var n), n);

    /// <summary>eˣ − 1, within 2 ulp, without cancellation near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpM1<V>(V x) where V : struct, ISimd<V>
    {
        // 2(h·m + (h − ½)) with h = 2ⁿ⁻¹, which is finite where 2ⁿ is not.
        var m = Reduce(V.Clamp(x, -30f, 89f), out var n);
        var h = V.PowerOfTwo(n, -1);
        var half = V.Fma(h, m, h - 0.5f);
        return half + half;
    }

    /// <summary>x = n·ln 2 + r with |r| ≤ ½·ln 2: returns m = eʳ − 1, so that eˣ = 2ⁿ(1 + m), and n + 1.5·2²³, whose low bits are n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V Reduce<V>(V x, out V rounded) where V : struct, ISimd<V>
    {
        rounded = V.Fma(Log2E, x, Rounder);
        var n = rounded - Rounder;
        var r = V.Fma(-Ln2Low, n, V.Fma(-Ln2High, n, x));

        // eʳ − 1 = r + r²·q(r), q of degree 4 fitted to 3e-9.
        var square = r * r;
        var q = V.Fma(0.0013814932f, square, V.Fma(0.0083687305f, r, 0.04166839f));
        q = V.Fma(q, square, V.Fma(0.16666521f, r, 0.49999994f));
        return V.Fma(q, square, r);
    }

    /// <summary>tanh x, within 5 ulp (a relative 3e-7), with the shortest chain of operations: a small network waits for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x) where V : struct, ISimd<V>
    {
        // From 9.02 on tanh rounds to 1. tanh x = x·P(x²)/Q(x²), fitted to 2.1e-8.
        x = V.Clamp(x, -9.02f, 9.02f);
        V u = x * x, u2 = u * u;
        var p = V.Fma(V.Fma(1.33190534e-8f, u, 2.05834676e-5f), u2, V.Fma(0.00349403359f, u, 0.133797169f));
        var q = V.Fma(V.Fma(7.76201148e-7f, u, 3.28309136e-4f), u2, V.Fma(0.0258710701f, u, 0.467130333f));
        return V.Fma(x * u, p, x) / V.Fma(q, u, V.Splat(1f));
    }

    /// <summary>1/(1 + e⁻ˣ), within 2 ulp, in the far negative tail too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V>(V x) where V : struct, ISimd<V>
    {
        // Numerator and denominator are scaled by 2⁻²⁴, so that e⁻ˣ stays finite until the quotient is 0.
        // The 1 joins 2ⁿ·m, the smaller part of e⁻ˣ = 2ⁿ + 2ⁿ·m, where it is rounded less.
        var one = V.Splat(1f / (1 << 24));
        var m = Reduce(V.Clamp(-x, -20f, 104f), out var n);
        var scale = V.PowerOfTwo(n, -24);
        return one / (V.Fma(scale, m, one) + scale);
    }

    /// <summary>ln x, within 2 ulp: −∞ at 0, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x) where V : struct, ISimd<V>
    {
        // Denormals are scaled by 2²³ first.
        var small = V.Greater(V.Splat(1.17549435e-38f), x);
        var m = V.Mantissa(V.Select(small, 8388608f * x, x), out var n);
        var result = LogOnePlus(m - 1f, n - (small & V.Splat(23f)));

        var infinity = V.Splat(float.PositiveInfinity);
        result = V.Select(V.Equal(x, V.Zero), -infinity, result);
        result = V.Select(V.Greater(infinity, x), result, x);
        return V.Select(V.Greater(V.Zero, x), V.Splat(float.NaN), result);
    }

    /// <summary><see cref="Log"/> of normal positive numbers, ∞ and NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogOfNormal<V>(V x) where V : struct, ISimd<V>
    {
        var m = V.Mantissa(x, out var n);
        return V.Select(V.Greater(V.Splat(float.PositiveInfinity), x), LogOnePlus(m - 1f, n), x);
    }

    /// <summary>ln(1 + eˣ), within 2 ulp: the softplus of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1PExp<V>(V x) where V : struct, ISimd<V>
    {
        // max(x, 0) + ln(1 + e) with e = e^−|x|; from √2 on, 1 + e is halved.
        var e = Exp(-V.Abs(x));
        var large = V.Greater(e, V.Splat(0.41421356f));
        var f = V.Select(large, V.Fma(0.5f, e, -0.5f), e);
        return V.Max(V.Zero, x) + LogOnePlus(f, large & V.Splat(1f));
    }

    /// <summary>ln(1 + f) + n·ln 2 for f from √½ − 1 to √2 − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V LogOnePlus<V>(V f, V n) where V : struct, ISimd<V>
    {
        // ln(1 + f) = f − f²/2 + f³·p(f), p of degree 7 fitted to 6e-9.
        V f2 = f * f, f4 = f2 * f2;
        var p01 = V.Fma(-0.2500082f, f, 0.3333333f);
        var p23 = V.Fma(-0.1662336f, f, 0.20001228f);
        var p45 = V.Fma(-0.13160142f, f, 0.14201736f);
        var p67 = V.Fma(-0.07634715f, f, 0.12761693f);
        var p = V.Fma(V.Fma(p67, f2, p45), f4, V.Fma(p23, f2, p01));
        var tail = V.Fma(f * f2, p, V.Fma(-0.5f, f2, Ln2Low * n));
        return V.Fma(Ln2High, n, f + tail);
    }

    /// <summary>
    /// The standard normal distribution function Φ(x) and density φ(x) = e^(−x²/2)/√(2π), with a relative error below 2e-6 where e^(−x²/2) is a normal float.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V Distribution, V Density) Normal<V>(V x) where V : struct, ISimd<V>
    {
        // Φ(−t) = e^(−t²/2)·R(t), R a rational function fitted to 6e-9 for t up to 14.5, where the exponential vanishes.
        var t = V.Min(V.Splat(14.5f), V.Abs(x));
        var e = Exp(-0.5f * t * t);
        var t2 = t * t;
        var p = V.Fma(V.Fma(0.0041162893f, t2, V.Fma(0.040633097f, t, 0.18323477f)), t2, V.Fma(0.43829447f, t, 0.5f));
        var q = V.Fma(V.Fma(0.010317888f, t, 0.10185852f), t2, V.Fma(0.46946964f, t, 1.2025017f));
        q = V.Fma(q, t2, V.Fma(1.6744739f, t, 1f));
        var tail = e * p / q;
        return (V.Select(V.Greater(x, V.Zero), V.Splat(1f) - tail, tail), 0.39894228f * e);
    }
}
