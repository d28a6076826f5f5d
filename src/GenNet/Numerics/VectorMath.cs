using GenNet.Simd;
using System.Runtime.CompilerServices;
namespace GenNet.Numerics;
/// <summary>interim</summary>
public static class VectorMath {
    /// <summary>x</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x) where V : struct, ISimd<V> {
        x = V.Min(V.Splat(88f), V.Max(V.Splat(-87f), x));
        var magic = V.Splat(12582912f);
        var n = V.Fma(x, V.Splat(1.44269504f), magic);
        var k = n - magic;
        var r = V.Fma(k, V.Splat(-0.693147182f), x); r = V.Fma(k, V.Splat(1.904654e-9f), r);
        var p = V.Fma(r, V.Splat(1/720f), V.Splat(1/120f)); p = V.Fma(p, r, V.Splat(1/24f)); p = V.Fma(p, r, V.Splat(1/6f)); p = V.Fma(p, r, V.Splat(0.5f)); p = V.Fma(p, r, V.Splat(1f)); p = V.Fma(p, r, V.Splat(1f));
        return V.AddBits(p, V.ShiftLeft(n, 23));
    }
    /// <summary>x</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V>(V x) where V : struct, ISimd<V> => V.Splat(1f) / (V.Splat(1f) + Exp(-x));
    /// <summary>x</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x) where V : struct, ISimd<V> { var e = Exp(x + x); return (e - V.Splat(1f)) / (e + V.Splat(1f)); }
    /// <summary>x</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x) where V : struct, ISimd<V> {
        var b = V.SubtractBits(x, V.SplatBits(0x3f3504f3)); var e = V.BitsToSingle(V.ShiftRight(b, 23));
        var m = V.AddBits(b & V.SplatBits(0x7fffff), V.SplatBits(0x3f3504f3)); var s = (m - V.Splat(1f)) / (m + V.Splat(1f)); var t = s*s;
        return V.Fma(e, V.Splat(0.6931472f), (s + s) * (V.Splat(1f) + t * (V.Splat(1/3f) + t * (V.Splat(0.2f) + t * V.Splat(1/7f)))));
    }
    /// <summary>x</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1PExp<V>(V x) where V : struct, ISimd<V> => Log(V.Splat(1f) + Exp(x));
}
