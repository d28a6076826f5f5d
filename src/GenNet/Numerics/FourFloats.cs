using System.Runtime.CompilerServices;

namespace GenNet.Simd;

/// <summary>
/// Four floats one by one, with the bits of <see cref="Simd128"/> on hardware without fused multiply-adds. For hardware without vectors:
/// <see cref="System.Runtime.Intrinsics.Vector128"/> would be calls there, a hundred times as slow.
/// </summary>
public struct FourFloats : ISimd<FourFloats>
{
    float _0, _1, _2, _3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    FourFloats(float f0, float f1, float f2, float f3) => (_0, _1, _2, _3) = (f0, f1, f2, f3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    FourFloats(int i0, int i1, int i2, int i3) : this(Float(i0), Float(i1), Float(i2), Float(i3))
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Bits(float value) => BitConverter.SingleToInt32Bits(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float Float(int bits) => BitConverter.Int32BitsToSingle(bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Mask(bool value) => value ? -1 : 0;

    /// <inheritdoc/>
    public static int TileRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 6;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats Load(ref readonly float source, nint offset)
    {
        ref var first = ref Unsafe.Add(ref Unsafe.AsRef(in source), offset);
        return new(first, Unsafe.Add(ref first, 1), Unsafe.Add(ref first, 2), Unsafe.Add(ref first, 3));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe FourFloats LoadFours(float* source) => Load(source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void LoadColumns(float* rows, nint stride, int last, out FourFloats c0, out FourFloats c1, out FourFloats c2, out FourFloats c3)
    {
        float* r0 = rows, r1 = rows + Math.Min(1, last) * stride, r2 = rows + Math.Min(2, last) * stride, r3 = rows + Math.Min(3, last) * stride;
        (c0, c1) = (new(r0[0], r1[0], r2[0], r3[0]), new(r0[1], r1[1], r2[1], r3[1]));
        (c2, c3) = (new(r0[2], r1[2], r2[2], r3[2]), new(r0[3], r1[3], r2[3], r3[3]));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Lane(FourFloats vector, int lane) => lane switch { 0 => vector._0, 1 => vector._1, 2 => vector._2, _ => vector._3 };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe FourFloats ConvertToSingle(int* integers) => new((float)integers[0], (float)integers[1], (float)integers[2], (float)integers[3]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void ConvertToInt32(FourFloats value, int* target) => (target[0], target[1], target[2], target[3]) = ((int)value._0, (int)value._1, (int)value._2, (int)value._3);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats LanesOf(uint bits) => new(Mask((bits & 1) != 0), Mask((bits & 2) != 0), Mask((bits & 4) != 0), Mask((bits & 8) != 0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void AddProduct(FourFloats factor, float scalar, FourFloats vector, float* target) => Fma(Fma(scalar, vector, Zero), factor, Load(target)).Store(target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ref float target, nint offset)
    {
        ref var first = ref Unsafe.Add(ref target, offset);
        first = _0;
        Unsafe.Add(ref first, 1) = _1;
        Unsafe.Add(ref first, 2) = _2;
        Unsafe.Add(ref first, 3) = _3;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(FourFloats value, float* target) => (target[0], target[1], target[2], target[3]) = (value._0, value._1, value._2, value._3);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats operator /(FourFloats left, FourFloats right) => new(left._0 / right._0, left._1 / right._1, left._2 / right._2, left._3 / right._3);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats operator &(FourFloats left, FourFloats right) => new(Bits(left._0) & Bits(right._0), Bits(left._1) & Bits(right._1), Bits(left._2) & Bits(right._2), Bits(left._3) & Bits(right._3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats operator |(FourFloats left, FourFloats right) => new(Bits(left._0) | Bits(right._0), Bits(left._1) | Bits(right._1), Bits(left._2) | Bits(right._2), Bits(left._3) | Bits(right._3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats operator ^(FourFloats left, FourFloats right) => new(Bits(left._0) ^ Bits(right._0), Bits(left._1) ^ Bits(right._1), Bits(left._2) ^ Bits(right._2), Bits(left._3) ^ Bits(right._3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats MultiplyAdd(ref readonly float scalars, nint index, ref readonly float vectors, nint offset, FourFloats addend) => Fma(Unsafe.Add(ref Unsafe.AsRef(in scalars), index), Load(in vectors, offset), addend);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(ref readonly float scalars, nint index, ref readonly float vectors, nint offset, ref FourFloats first, ref FourFloats second)
    {
        var scalar = Unsafe.Add(ref Unsafe.AsRef(in scalars), index);
        first = Fma(scalar, Load(in vectors, offset), first);
        second = Fma(scalar, Load(in vectors, offset + Count), second);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats Max(FourFloats left, FourFloats right) => new(left._0 > right._0 ? left._0 : right._0, left._1 > right._1 ? left._1 : right._1, left._2 > right._2 ? left._2 : right._2, left._3 > right._3 ? left._3 : right._3);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats Min(FourFloats left, FourFloats right) => new(left._0 < right._0 ? left._0 : right._0, left._1 < right._1 ? left._1 : right._1, left._2 < right._2 ? left._2 : right._2, left._3 < right._3 ? left._3 : right._3);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats Clamp(FourFloats value, float least, float most) => Min(Splat(most), Max(Splat(least), value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats Abs(FourFloats value) => new(MathF.Abs(value._0), MathF.Abs(value._1), MathF.Abs(value._2), MathF.Abs(value._3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats Sqrt(FourFloats value) => new(MathF.Sqrt(value._0), MathF.Sqrt(value._1), MathF.Sqrt(value._2), MathF.Sqrt(value._3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats Greater(FourFloats left, FourFloats right) => new(Mask(left._0 > right._0), Mask(left._1 > right._1), Mask(left._2 > right._2), Mask(left._3 > right._3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats Equal(FourFloats left, FourFloats right) => new(Mask(left._0 == right._0), Mask(left._1 == right._1), Mask(left._2 == right._2), Mask(left._3 == right._3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats Select(FourFloats mask, FourFloats whenSet, FourFloats whenClear) => new(Bits(mask._0) != 0 ? whenSet._0 : whenClear._0, Bits(mask._1) != 0 ? whenSet._1 : whenClear._1, Bits(mask._2) != 0 ? whenSet._2 : whenClear._2, Bits(mask._3) != 0 ? whenSet._3 : whenClear._3);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats PowerOfTwo(FourFloats rounded, int more) => new(PowerOfTwo(Bits(rounded._0) + more), PowerOfTwo(Bits(rounded._1) + more), PowerOfTwo(Bits(rounded._2) + more), PowerOfTwo(Bits(rounded._3) + more));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats ScaleOnePlus(FourFloats value, FourFloats rounded) => new(ScaleOnePlus(value._0, rounded._0), ScaleOnePlus(value._1, rounded._1), ScaleOnePlus(value._2, rounded._2), ScaleOnePlus(value._3, rounded._3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats Mantissa(FourFloats value, out FourFloats exponent)
    {
        var mantissa = new FourFloats(
            Mantissa(value._0, out var e0), Mantissa(value._1, out var e1), Mantissa(value._2, out var e2), Mantissa(value._3, out var e3));
        exponent = new(e0, e1, e2, e3);
        return mantissa;
    }

    static float ScaleOnePlus(float value, float rounded)
    {
        var n = Bits(rounded) - Bits(12582912f);
        var half = n >> 1;
        var first = PowerOfTwo(half);
        return (first * value + first) * PowerOfTwo(n - half);
    }

    /// <summary>The lowest nine bits are the exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float PowerOfTwo(int n) => Float((n + 127) << 23);

    static float Mantissa(float value, out float exponent)
    {
        const int HalfsRoot = 0x3F3504F3;
        var bits = Bits(value) - HalfsRoot;
        exponent = bits >> 23;
        return Float((bits & 0x7FFFFF) + HalfsRoot);
    }

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe FourFloats Load(float* source) => new(source[0], source[1], source[2], source[3]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats Splat(float value) => new(value, value, value, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe FourFloats Splat(float* source) => Splat(*source);

    /// <inheritdoc/>
    public static FourFloats Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => default;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats FirstLanes(int count) => new(Mask(count > 0), Mask(count > 1), Mask(count > 2), Mask(count > 3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats operator +(FourFloats left, FourFloats right) => new(left._0 + right._0, left._1 + right._1, left._2 + right._2, left._3 + right._3);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats operator +(FourFloats left, float right) => new(left._0 + right, left._1 + right, left._2 + right, left._3 + right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats operator -(FourFloats left, FourFloats right) => new(left._0 - right._0, left._1 - right._1, left._2 - right._2, left._3 - right._3);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats operator -(FourFloats left, float right) => new(left._0 - right, left._1 - right, left._2 - right, left._3 - right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats operator *(FourFloats left, FourFloats right) => new(left._0 * right._0, left._1 * right._1, left._2 * right._2, left._3 * right._3);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats operator *(float left, FourFloats right) => new(left * right._0, left * right._1, left * right._2, left * right._3);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats operator -(FourFloats value) => new(-value._0, -value._1, -value._2, -value._3);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats Fma(FourFloats left, FourFloats right, FourFloats addend) => new(left._0 * right._0 + addend._0, left._1 * right._1 + addend._1, left._2 * right._2 + addend._2, left._3 * right._3 + addend._3);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe FourFloats Fma(FourFloats left, float* right, FourFloats addend) => Fma(left, Load(right), addend);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats Fma(float left, FourFloats right, FourFloats addend) => new(left * right._0 + addend._0, left * right._1 + addend._1, left * right._2 + addend._2, left * right._3 + addend._3);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourFloats Fma(float left, FourFloats right, float addend) => new(left * right._0 + addend, left * right._1 + addend, left * right._2 + addend, left * right._3 + addend);
}
