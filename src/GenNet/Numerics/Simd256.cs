using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using X86Fma = System.Runtime.Intrinsics.X86.Fma;

namespace GenNet.Simd;

/// <summary>8 floats in one 256-bit vector, on hardware with AVX2 and FMA: where <see cref="SimdWidth.Bits"/> is 256 or 512.</summary>
public struct Simd256 : ISimd<Simd256>
{
    Vector256<float> _value;

    /// <inheritdoc/>
    public static int TileRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 6;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Load(ref readonly float source, nint offset) => new() { _value = Vector256.LoadUnsafe(ref Unsafe.Add(ref Unsafe.AsRef(in source), offset)) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd256 LoadFours(float* source) => new() { _value = Vector256.Create(*(Vector128<float>*)source, *(Vector128<float>*)(source + 4)) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void LoadColumns(float* rows, nint stride, int last, out Simd256 c0, out Simd256 c1, out Simd256 c2, out Simd256 c3)
    {
        // Within each half as in a transposition of four rows.
        Vector256<float> r0 = TwoFours(rows, stride, 0, last), r1 = TwoFours(rows, stride, 1, last), r2 = TwoFours(rows, stride, 2, last), r3 = TwoFours(rows, stride, 3, last);
        Vector256<float> low01 = Avx.UnpackLow(r0, r1), low23 = Avx.UnpackLow(r2, r3), high01 = Avx.UnpackHigh(r0, r1), high23 = Avx.UnpackHigh(r2, r3);
        c0 = new() { _value = Avx.Shuffle(low01, low23, 0x44) };
        c1 = new() { _value = Avx.Shuffle(low01, low23, 0xEE) };
        c2 = new() { _value = Avx.Shuffle(high01, high23, 0x44) };
        c3 = new() { _value = Avx.Shuffle(high01, high23, 0xEE) };
    }

    /// <summary>Four floats each of a row and of the fourth after it. Without calls, each of which the JIT would inline for each network anew.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe Vector256<float> TwoFours(float* rows, nint stride, int row, int last)
    {
        // What is negative is how far a row is past the last one.
        int d0 = last - row, d1 = d0 - 4;
        float* r0 = rows + (row + (d0 & (d0 >> 31))) * stride, r1 = rows + (row + 4 + (d1 & (d1 >> 31))) * stride;
        return Avx.InsertVector128((*(Vector128<float>*)r0).ToVector256Unsafe(), *(Vector128<float>*)r1, 1);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Lane(Simd256 vector, int lane) => vector._value.GetElement(lane);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd256 ConvertToSingle(int* integers) => new() { _value = Vector256.ConvertToSingle(Vector256.Load(integers)) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void ConvertToInt32(Simd256 value, int* target) => Avx.ConvertToVector256Int32WithTruncation(value._value).Store(target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 LanesOf(uint bits)
    {
        var lanes = Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128);
        return new() { _value = Vector256.Equals(Vector256.Create((int)bits) & lanes, lanes).AsSingle() };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void AddProduct(Simd256 factor, float scalar, Simd256 vector, float* target)
    {
        var product = X86Fma.MultiplyAdd(Vector256.Create(scalar), vector._value, Vector256<float>.Zero);
        *(Vector256<float>*)target = X86Fma.MultiplyAdd(product, factor._value, *(Vector256<float>*)target);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ref float target, nint offset) => _value.StoreUnsafe(ref Unsafe.Add(ref target, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Simd256 value, float* target) => *(Simd256*)target = value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator /(Simd256 left, Simd256 right) => new() { _value = left._value / right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator &(Simd256 left, Simd256 right) => new() { _value = left._value & right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator |(Simd256 left, Simd256 right) => new() { _value = left._value | right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator ^(Simd256 left, Simd256 right) => new() { _value = left._value ^ right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 MultiplyAdd(ref readonly float scalars, nint index, ref readonly float vectors, nint offset, Simd256 addend) =>
        new() { _value = X86Fma.MultiplyAdd(Vector256.Create(Unsafe.Add(ref Unsafe.AsRef(in scalars), index)), Vector256.LoadUnsafe(ref Unsafe.Add(ref Unsafe.AsRef(in vectors), offset)), addend._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(ref readonly float scalars, nint index, ref readonly float vectors, nint offset, ref Simd256 first, ref Simd256 second)
    {
        var scalar = Vector256.Create(Unsafe.Add(ref Unsafe.AsRef(in scalars), index));
        ref var vector = ref Unsafe.Add(ref Unsafe.AsRef(in vectors), offset);
        first._value = X86Fma.MultiplyAdd(scalar, Vector256.LoadUnsafe(ref vector), first._value);
        second._value = X86Fma.MultiplyAdd(scalar, Vector256.LoadUnsafe(ref vector, 8), second._value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Max(Simd256 left, Simd256 right) => new() { _value = Avx.Max(left._value, right._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Min(Simd256 left, Simd256 right) => new() { _value = Avx.Min(left._value, right._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Clamp(Simd256 value, float least, float most) => new() { _value = Avx.Min(Vector256.Create(most), Avx.Max(Vector256.Create(least), value._value)) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Abs(Simd256 value) => new() { _value = Vector256.Abs(value._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Sqrt(Simd256 value) => new() { _value = Vector256.Sqrt(value._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Greater(Simd256 left, Simd256 right) => new() { _value = Vector256.GreaterThan(left._value, right._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Equal(Simd256 left, Simd256 right) => new() { _value = Vector256.Equals(left._value, right._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Select(Simd256 mask, Simd256 whenSet, Simd256 whenClear) => new() { _value = Vector256.ConditionalSelect(mask._value, whenSet._value, whenClear._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 PowerOfTwo(Simd256 rounded, int more) => new() { _value = PowerOfTwo(rounded._value.AsInt32() + Vector256.Create(more)) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 ScaleOnePlus(Simd256 value, Simd256 rounded)
    {
        var n = rounded._value.AsInt32() - Vector256.Create(BitConverter.SingleToInt32Bits(12582912f));
        var half = n >> 1;
        var first = PowerOfTwo(half);
        return new() { _value = X86Fma.MultiplyAdd(first, value._value, first) * PowerOfTwo(n - half) };
    }

    /// <summary>The lowest nine bits are the exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> PowerOfTwo(Vector256<int> n) => ((n + Vector256.Create(127)) << 23).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Mantissa(Simd256 value, out Simd256 exponent)
    {
        const int HalfsRoot = 0x3F3504F3;
        var bits = value._value.AsInt32() - Vector256.Create(HalfsRoot);
        exponent = new() { _value = Vector256.ConvertToSingle(bits >> 23) };
        return new() { _value = ((bits & Vector256.Create(0x7FFFFF)) + Vector256.Create(HalfsRoot)).AsSingle() };
    }

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 8;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd256 Load(float* source) => *(Simd256*)source;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Splat(float value) => new() { _value = Vector256.Create(value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd256 Splat(float* source) => new() { _value = Vector256.Create(*source) };

    /// <inheritdoc/>
    public static Simd256 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { _value = Vector256<float>.Zero };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 FirstLanes(int count) => new() { _value = Vector256.LessThan(Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7), Vector256.Create((float)count)) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator +(Simd256 left, Simd256 right) => new() { _value = left._value + right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator +(Simd256 left, float right) => new() { _value = left._value + Vector256.Create(right) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator -(Simd256 left, Simd256 right) => new() { _value = left._value - right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator -(Simd256 left, float right) => new() { _value = left._value - Vector256.Create(right) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator *(Simd256 left, Simd256 right) => new() { _value = left._value * right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator *(float left, Simd256 right) => new() { _value = Vector256.Create(left) * right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator -(Simd256 value) => new() { _value = value._value ^ Vector256.Create(-0f) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Fma(Simd256 left, Simd256 right, Simd256 addend) => new() { _value = X86Fma.MultiplyAdd(left._value, right._value, addend._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd256 Fma(Simd256 left, float* right, Simd256 addend) => new() { _value = X86Fma.MultiplyAdd(left._value, *(Vector256<float>*)right, addend._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Fma(float left, Simd256 right, Simd256 addend) => new() { _value = X86Fma.MultiplyAdd(Vector256.Create(left), right._value, addend._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Fma(float left, Simd256 right, float addend) => new() { _value = X86Fma.MultiplyAdd(Vector256.Create(left), right._value, Vector256.Create(addend)) };
}
