using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>
/// Functions of uniformly distributed numbers, to make others of them. Products are rounded before they are added: the same bits with and without fused multiply-add,
/// because random numbers never change.
/// </summary>
static class UniformMath
{
    /// <summary>
    /// ln(x/2³¹) for x from 1 to 2³¹ − 1, within a relative 3e-7, of both x and 2³¹ − x, each rounded to a float: near 1 the second has the digits.
    /// With x/2³¹ = 2ⁿ(1 + f) it is n·ln 2 + f − f²/2 + f³·p(f), p of degree 6 fitted to 3e-8.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x, V complement) where V : struct, ISimd<V>
    {
        const float Unit = 1f / (1u << 31);
        var m = V.Mantissa(Unit * x, out var n);
        var f = V.Select(V.Equal(n, V.Zero), -Unit * complement, m - 1f);
        V f2 = f * f, f4 = f2 * f2;
        var p01 = -0.25001335f * f + 0.3333391f;
        var p23 = -0.16577652f * f + 0.199631f;
        var p45 = -0.14266932f * f + 0.14914508f;
        var p = (0.08700401f * f2 + p45) * f4 + (p23 * f2 + p01);

        // The upper part of ln 2 has so few bits that its product with n is exact.
        return 0.693115234375f * n + (f + (f * f2 * p + (-0.5f * f2 + 3.19461833e-5f * n)));
    }

    /// <summary>sin πt for |t| ≤ ½, within a relative 3e-7: t·q(t²), q of degree 4 fitted to 3e-8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V SinPi<V>(V t) where V : struct, ISimd<V>
    {
        V t2 = t * t, t4 = t2 * t2;
        var q = (0.07963869f * t4 + (-0.5993457f * t2 + 2.5502572f)) * t4 + (-5.1677203f * t2 + 3.1415927f);
        return t * q;
    }
}
