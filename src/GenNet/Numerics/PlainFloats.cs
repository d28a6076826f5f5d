using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GenNet.Simd;

/// <summary>
/// Four floats one by one, for processes without hardware vectors. The runtime's own replacement of each vector operation is a chain of calls
/// with a loop over the elements at its end, seventy times slower than this.
/// </summary>
static class PlainFloats
{
    struct Lanes
    {
        public float A, B, C, D;
    }

    struct Bits
    {
        public ulong Low, High;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Create(float value) => Join(value, value, value, value);

    public static float Lane(Vector128<float> vector, int lane) => Unsafe.Add(ref Unsafe.As<Vector128<float>, float>(ref vector), lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> left, Vector128<float> right, Vector128<float> addend)
    {
        Lanes l = Split(left), r = Split(right), a = Split(addend);
        return Join(l.A * r.A + a.A, l.B * r.B + a.B, l.C * r.C + a.C, l.D * r.D + a.D);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(float left, Vector128<float> right, Vector128<float> addend)
    {
        Lanes r = Split(right), a = Split(addend);
        return Join(left * r.A + a.A, left * r.B + a.B, left * r.C + a.C, left * r.D + a.D);
    }

    /// <summary>sum += scalar·vector, where it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(float scalar, ref float vector, ref Vector128<float> sum)
    {
        ref var s = ref Unsafe.As<Vector128<float>, Lanes>(ref sum);
        s.A = scalar * vector + s.A;
        s.B = scalar * Unsafe.Add(ref vector, 1) + s.B;
        s.C = scalar * Unsafe.Add(ref vector, 2) + s.C;
        s.D = scalar * Unsafe.Add(ref vector, 3) + s.D;
    }

    public static Vector128<float> Add(Vector128<float> left, Vector128<float> right)
    {
        Lanes l = Split(left), r = Split(right);
        return Join(l.A + r.A, l.B + r.B, l.C + r.C, l.D + r.D);
    }

    public static Vector128<float> Subtract(Vector128<float> left, Vector128<float> right)
    {
        Lanes l = Split(left), r = Split(right);
        return Join(l.A - r.A, l.B - r.B, l.C - r.C, l.D - r.D);
    }

    public static Vector128<float> Multiply(Vector128<float> left, Vector128<float> right)
    {
        Lanes l = Split(left), r = Split(right);
        return Join(l.A * r.A, l.B * r.B, l.C * r.C, l.D * r.D);
    }

    public static Vector128<float> Divide(Vector128<float> left, Vector128<float> right)
    {
        Lanes l = Split(left), r = Split(right);
        return Join(l.A / r.A, l.B / r.B, l.C / r.C, l.D / r.D);
    }

    public static Vector128<float> Max(Vector128<float> left, Vector128<float> right)
    {
        Lanes l = Split(left), r = Split(right);
        return Join(l.A > r.A ? l.A : r.A, l.B > r.B ? l.B : r.B, l.C > r.C ? l.C : r.C, l.D > r.D ? l.D : r.D);
    }

    public static Vector128<float> Min(Vector128<float> left, Vector128<float> right)
    {
        Lanes l = Split(left), r = Split(right);
        return Join(l.A < r.A ? l.A : r.A, l.B < r.B ? l.B : r.B, l.C < r.C ? l.C : r.C, l.D < r.D ? l.D : r.D);
    }

    public static Vector128<float> Sqrt(Vector128<float> value)
    {
        var v = Split(value);
        return Join(MathF.Sqrt(v.A), MathF.Sqrt(v.B), MathF.Sqrt(v.C), MathF.Sqrt(v.D));
    }

    public static Vector128<float> Greater(Vector128<float> left, Vector128<float> right)
    {
        Lanes l = Split(left), r = Split(right);
        return Join(Mask(l.A > r.A), Mask(l.B > r.B), Mask(l.C > r.C), Mask(l.D > r.D));
    }

    public static Vector128<float> Equal(Vector128<float> left, Vector128<float> right)
    {
        Lanes l = Split(left), r = Split(right);
        return Join(Mask(l.A == r.A), Mask(l.B == r.B), Mask(l.C == r.C), Mask(l.D == r.D));
    }

    public static Vector128<float> And(Vector128<float> left, Vector128<float> right)
    {
        Bits l = SplitBits(left), r = SplitBits(right);
        return Join(l.Low & r.Low, l.High & r.High);
    }

    public static Vector128<float> Or(Vector128<float> left, Vector128<float> right)
    {
        Bits l = SplitBits(left), r = SplitBits(right);
        return Join(l.Low | r.Low, l.High | r.High);
    }

    public static Vector128<float> Xor(Vector128<float> left, Vector128<float> right)
    {
        Bits l = SplitBits(left), r = SplitBits(right);
        return Join(l.Low ^ r.Low, l.High ^ r.High);
    }

    public static Vector128<float> Select(Vector128<float> mask, Vector128<float> whenSet, Vector128<float> whenClear)
    {
        Bits m = SplitBits(mask), s = SplitBits(whenSet), c = SplitBits(whenClear);
        return Join((s.Low & m.Low) | (c.Low & ~m.Low), (s.High & m.High) | (c.High & ~m.High));
    }

    /// <summary>2 to the power of n + <paramref name="more"/>; the lanes of <paramref name="rounded"/> are n + 1.5·2²³, whose lowest nine bits are the exponent.</summary>
    public static Vector128<float> PowerOfTwo(Vector128<float> rounded, int more)
    {
        var r = Split(rounded);
        return Join(Power(r.A, more), Power(r.B, more), Power(r.C, more), Power(r.D, more));
    }

    /// <summary>(1 + value)·2ⁿ, as <see cref="ISimd{TSelf}.ScaleOnePlus"/>.</summary>
    public static Vector128<float> ScaleOnePlus(Vector128<float> value, Vector128<float> rounded)
    {
        Lanes v = Split(value), r = Split(rounded);
        return Join(Scale(v.A, r.A), Scale(v.B, r.B), Scale(v.C, r.C), Scale(v.D, r.D));
    }

    /// <summary>value = 2ⁿ·m, as <see cref="ISimd{TSelf}.Mantissa"/>.</summary>
    public static Vector128<float> Mantissa(Vector128<float> value, out Vector128<float> exponent)
    {
        var v = Split(value);
        var result = Join(Mantissa(v.A, out var a), Mantissa(v.B, out var b), Mantissa(v.C, out var c), Mantissa(v.D, out var d));
        exponent = Join(a, b, c, d);
        return result;
    }

    public static void Transpose(ref Vector128<float> r0, ref Vector128<float> r1, ref Vector128<float> r2, ref Vector128<float> r3)
    {
        Lanes a = Split(r0), b = Split(r1), c = Split(r2), d = Split(r3);
        r0 = Join(a.A, b.A, c.A, d.A);
        r1 = Join(a.B, b.B, c.B, d.B);
        r2 = Join(a.C, b.C, c.C, d.C);
        r3 = Join(a.D, b.D, c.D, d.D);
    }

    static float Mask(bool set) => BitConverter.Int32BitsToSingle(set ? -1 : 0);

    static float Power(float rounded, int more) => Power(BitConverter.SingleToInt32Bits(rounded) + more);

    static float Power(int n) => BitConverter.Int32BitsToSingle((n + 127) << 23);

    static float Scale(float value, float rounded)
    {
        var n = BitConverter.SingleToInt32Bits(rounded) - BitConverter.SingleToInt32Bits(12582912f);
        var half = n >> 1;
        var first = Power(half);
        return (first * value + first) * Power(n - half);
    }

    static float Mantissa(float value, out float exponent)
    {
        var bits = BitConverter.SingleToInt32Bits(value) - Simd128.HalfsRoot;
        exponent = bits >> 23;
        return BitConverter.Int32BitsToSingle((bits & 0x7FFFFF) + Simd128.HalfsRoot);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Lanes Split(Vector128<float> vector) => Unsafe.BitCast<Vector128<float>, Lanes>(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Bits SplitBits(Vector128<float> vector) => Unsafe.BitCast<Vector128<float>, Bits>(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> Join(float a, float b, float c, float d) => Unsafe.BitCast<Lanes, Vector128<float>>(new() { A = a, B = b, C = c, D = d });

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> Join(ulong low, ulong high) => Unsafe.BitCast<Bits, Vector128<float>>(new() { Low = low, High = high });
}
