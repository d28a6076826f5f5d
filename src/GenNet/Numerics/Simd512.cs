using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GenNet.Simd;

/// <summary>16 floats in one 512-bit vector, on hardware with AVX-512: where <see cref="SimdWidth.Bits"/> is 512.</summary>
public struct Simd512 : ISimd<Simd512>
{
    Vector512<float> _value;

    /// <inheritdoc/>
    public static int TileRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 8;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Load(ref readonly float source, nint offset) => new() { _value = Vector512.LoadUnsafe(ref Unsafe.Add(ref Unsafe.AsRef(in source), offset)) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd512 LoadFours(float* source)
    {
        var lower = Avx.InsertVector128((*(Vector128<float>*)source).ToVector256Unsafe(), *(Vector128<float>*)(source + 4), 1);
        var upper = Avx.InsertVector128((*(Vector128<float>*)(source + 8)).ToVector256Unsafe(), *(Vector128<float>*)(source + 12), 1);
        return new() { _value = Avx512F.InsertVector256(lower.ToVector512Unsafe(), upper, 1) };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void LoadColumns(float* rows, nint stride, int last, out Simd512 c0, out Simd512 c1, out Simd512 c2, out Simd512 c3)
    {
        // Within each quarter as in a transposition of four rows.
        Vector512<float> r0 = FourFours(rows, stride, 0, last), r1 = FourFours(rows, stride, 1, last), r2 = FourFours(rows, stride, 2, last), r3 = FourFours(rows, stride, 3, last);
        Vector512<float> low01 = Avx512F.UnpackLow(r0, r1), low23 = Avx512F.UnpackLow(r2, r3), high01 = Avx512F.UnpackHigh(r0, r1), high23 = Avx512F.UnpackHigh(r2, r3);
        c0 = new() { _value = Avx512F.Shuffle(low01, low23, 0x44) };
        c1 = new() { _value = Avx512F.Shuffle(low01, low23, 0xEE) };
        c2 = new() { _value = Avx512F.Shuffle(high01, high23, 0x44) };
        c3 = new() { _value = Avx512F.Shuffle(high01, high23, 0xEE) };
    }

    /// <summary>Four floats each of a row and of the fourth, eighth and twelfth after it. Without calls, each of which the JIT would inline for each network anew.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe Vector512<float> FourFours(float* rows, nint stride, int row, int last)
    {
        // What is negative is how far a row is past the last one.
        int d0 = last - row, d1 = d0 - 4, d2 = d0 - 8, d3 = d0 - 12;
        float* r0 = rows + (row + (d0 & (d0 >> 31))) * stride, r1 = rows + (row + 4 + (d1 & (d1 >> 31))) * stride;
        float* r2 = rows + (row + 8 + (d2 & (d2 >> 31))) * stride, r3 = rows + (row + 12 + (d3 & (d3 >> 31))) * stride;
        var lower = Avx.InsertVector128((*(Vector128<float>*)r0).ToVector256Unsafe(), *(Vector128<float>*)r1, 1);
        var upper = Avx.InsertVector128((*(Vector128<float>*)r2).ToVector256Unsafe(), *(Vector128<float>*)r3, 1);
        return Avx512F.InsertVector256(lower.ToVector512Unsafe(), upper, 1);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Lane(Simd512 vector, int lane) => vector._value.GetElement(lane);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd512 ConvertToSingle(int* integers) => new() { _value = Vector512.ConvertToSingle(Vector512.Load(integers)) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void ConvertToInt32(Simd512 value, int* target) => Avx512F.ConvertToVector512Int32WithTruncation(value._value).Store(target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 LanesOf(uint bits)
    {
        var lanes = Vector512.Create(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);
        return new() { _value = Vector512.Equals(Vector512.Create((int)bits) & lanes, lanes).AsSingle() };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void AddProduct(Simd512 factor, float scalar, Simd512 vector, float* target)
    {
        var product = Avx512F.FusedMultiplyAdd(Vector512.Create(scalar), vector._value, Vector512<float>.Zero);
        *(Vector512<float>*)target = Avx512F.FusedMultiplyAdd(product, factor._value, *(Vector512<float>*)target);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ref float target, nint offset) => _value.StoreUnsafe(ref Unsafe.Add(ref target, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Simd512 value, float* target) => *(Simd512*)target = value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator /(Simd512 left, Simd512 right) => new() { _value = left._value / right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator &(Simd512 left, Simd512 right) => new() { _value = left._value & right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator |(Simd512 left, Simd512 right) => new() { _value = left._value | right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator ^(Simd512 left, Simd512 right) => new() { _value = left._value ^ right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 MultiplyAdd(ref readonly float scalars, nint index, ref readonly float vectors, nint offset, Simd512 addend) =>
        new() { _value = Avx512F.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref Unsafe.AsRef(in scalars), index)), Vector512.LoadUnsafe(ref Unsafe.Add(ref Unsafe.AsRef(in vectors), offset)), addend._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(ref readonly float scalars, nint index, ref readonly float vectors, nint offset, ref Simd512 first, ref Simd512 second)
    {
        var scalar = Vector512.Create(Unsafe.Add(ref Unsafe.AsRef(in scalars), index));
        ref var vector = ref Unsafe.Add(ref Unsafe.AsRef(in vectors), offset);
        first._value = Avx512F.FusedMultiplyAdd(scalar, Vector512.LoadUnsafe(ref vector), first._value);
        second._value = Avx512F.FusedMultiplyAdd(scalar, Vector512.LoadUnsafe(ref vector, 16), second._value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Max(Simd512 left, Simd512 right) => new() { _value = Avx512F.Max(left._value, right._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Min(Simd512 left, Simd512 right) => new() { _value = Avx512F.Min(left._value, right._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Clamp(Simd512 value, float least, float most) => new() { _value = Avx512F.Min(Vector512.Create(most), Avx512F.Max(Vector512.Create(least), value._value)) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Abs(Simd512 value) => new() { _value = Vector512.Abs(value._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Sqrt(Simd512 value) => new() { _value = Vector512.Sqrt(value._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Greater(Simd512 left, Simd512 right) => new() { _value = Vector512.GreaterThan(left._value, right._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Equal(Simd512 left, Simd512 right) => new() { _value = Vector512.Equals(left._value, right._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Select(Simd512 mask, Simd512 whenSet, Simd512 whenClear) => new() { _value = Vector512.ConditionalSelect(mask._value, whenSet._value, whenClear._value) };

    // Whatever takes vectors of integers would make the JIT load their type, which is a millisecond's work.

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 PowerOfTwo(Simd512 rounded, int more) =>
        new() { _value = Avx512F.Scale(Vector512.Create(1f), rounded._value - Vector512.Create(12582912f - more)) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 ScaleOnePlus(Simd512 value, Simd512 rounded) =>
        new() { _value = Avx512F.Scale(value._value + Vector512.Create(1f), rounded._value - Vector512.Create(12582912f)) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Mantissa(Simd512 value, out Simd512 exponent)
    {
        var fromOne = Avx512F.GetMantissa(value._value, 0);
        var aboveRoot = Vector512.GreaterThanOrEqual(fromOne, Vector512.Create(1.41421354f));
        exponent = new() { _value = Avx512F.GetExponent(value._value) + (aboveRoot & Vector512.Create(1f)) };
        return new() { _value = Vector512.ConditionalSelect(aboveRoot, fromOne * Vector512.Create(0.5f), fromOne) };
    }

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 16;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd512 Load(float* source) => *(Simd512*)source;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Splat(float value) => new() { _value = Vector512.Create(value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd512 Splat(float* source) => new() { _value = Vector512.Create(*source) };

    /// <inheritdoc/>
    public static Simd512 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { _value = Vector512<float>.Zero };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 FirstLanes(int count) => new() { _value = Vector512.LessThan(Vector512.Create(0f, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), Vector512.Create((float)count)) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator +(Simd512 left, Simd512 right) => new() { _value = left._value + right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator +(Simd512 left, float right) => new() { _value = left._value + Vector512.Create(right) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator -(Simd512 left, Simd512 right) => new() { _value = left._value - right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator -(Simd512 left, float right) => new() { _value = left._value - Vector512.Create(right) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator *(Simd512 left, Simd512 right) => new() { _value = left._value * right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator *(float left, Simd512 right) => new() { _value = Vector512.Create(left) * right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator -(Simd512 value) => new() { _value = value._value ^ Vector512.Create(-0f) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Fma(Simd512 left, Simd512 right, Simd512 addend) => new() { _value = Avx512F.FusedMultiplyAdd(left._value, right._value, addend._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd512 Fma(Simd512 left, float* right, Simd512 addend) => new() { _value = Avx512F.FusedMultiplyAdd(left._value, *(Vector512<float>*)right, addend._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Fma(float left, Simd512 right, Simd512 addend) => new() { _value = Avx512F.FusedMultiplyAdd(Vector512.Create(left), right._value, addend._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Fma(float left, Simd512 right, float addend) => new() { _value = Avx512F.FusedMultiplyAdd(Vector512.Create(left), right._value, Vector512.Create(addend)) };
}
