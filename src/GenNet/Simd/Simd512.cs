using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GenNet.Simd;

/// <summary>16 floats in one 512-bit vector.</summary>
public readonly struct Simd512 : ISimd<Simd512>
{
    readonly Vector512<float> _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Simd512(Vector512<float> value) => _value = value;

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 16;
    }

    /// <inheritdoc/>
    public static int TileRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 8;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Load(ref readonly float source, nint offset) => new(Vector512.LoadUnsafe(ref Unsafe.Add(ref Unsafe.AsRef(in source), offset)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd512 Load(float* source) => new(Vector512.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd512 LoadFours(float* source)
    {
        var lower = Avx.InsertVector128(Vector128.Load(source).ToVector256Unsafe(), Vector128.Load(source + 4), 1);
        var upper = Avx.InsertVector128(Vector128.Load(source + 8).ToVector256Unsafe(), Vector128.Load(source + 12), 1);
        return new(Avx512F.InsertVector256(lower.ToVector512Unsafe(), upper, 1));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float target, nint offset) => _value.StoreUnsafe(ref Unsafe.Add(ref target, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Store(float* target) => _value.Store(target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Splat(float value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 SplatBits(int bits) => new(Vector512.Create(bits).AsSingle());

    /// <inheritdoc/>
    public static Simd512 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<float>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator +(Simd512 left, Simd512 right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator -(Simd512 left, Simd512 right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator *(Simd512 left, Simd512 right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator /(Simd512 left, Simd512 right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator &(Simd512 left, Simd512 right) => new(left._value & right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator |(Simd512 left, Simd512 right) => new(left._value | right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator ^(Simd512 left, Simd512 right) => new(left._value ^ right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator -(Simd512 value) => new(value._value ^ Vector512.Create(-0f));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Fma(Simd512 left, Simd512 right, Simd512 addend)
    {
        if (Avx512F.IsSupported)
            return new(Avx512F.FusedMultiplyAdd(left._value, right._value, addend._value));
        return new(left._value * right._value + addend._value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd512 Fma(Simd512 left, float* right, Simd512 addend) =>
        Avx512F.IsSupported
            ? new(Avx512F.FusedMultiplyAdd(left._value, Vector512.Load(right), addend._value))
            : Fma(left, Load(right), addend);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 MultiplyAdd(ref readonly float scalars, nint index, ref readonly float vectors, nint offset, Simd512 addend)
    {
        if (Avx512F.IsSupported)
            return new(Avx512F.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref Unsafe.AsRef(in scalars), index)), Vector512.LoadUnsafe(ref Unsafe.Add(ref Unsafe.AsRef(in vectors), offset)), addend._value));
        return new(Vector512.Create(Unsafe.Add(ref Unsafe.AsRef(in scalars), index)) * Vector512.LoadUnsafe(ref Unsafe.Add(ref Unsafe.AsRef(in vectors), offset)) + addend._value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(ref readonly float scalars, nint index, ref readonly float vectors, nint offset, ref Simd512 first, ref Simd512 second)
    {
        var scalar = Vector512.Create(Unsafe.Add(ref Unsafe.AsRef(in scalars), index));
        ref var vector = ref Unsafe.Add(ref Unsafe.AsRef(in vectors), offset);
        if (Avx512F.IsSupported)
        {
            first = new(Avx512F.FusedMultiplyAdd(scalar, Vector512.LoadUnsafe(ref vector), first._value));
            second = new(Avx512F.FusedMultiplyAdd(scalar, Vector512.LoadUnsafe(ref vector, 16), second._value));
            return;
        }
        first = Fma(new Simd512(scalar), Load(in vector, 0), first);
        second = Fma(new Simd512(scalar), Load(in vector, 16), second);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Max(Simd512 left, Simd512 right)
    {
        if (Avx512F.IsSupported)
            return new(Avx512F.Max(left._value, right._value));
        return new(Vector512.ConditionalSelect(Vector512.GreaterThan(left._value, right._value), left._value, right._value));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Min(Simd512 left, Simd512 right)
    {
        if (Avx512F.IsSupported)
            return new(Avx512F.Min(left._value, right._value));
        return new(Vector512.ConditionalSelect(Vector512.LessThan(left._value, right._value), left._value, right._value));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Abs(Simd512 value) => new(Vector512.Abs(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Sqrt(Simd512 value) => new(Vector512.Sqrt(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Greater(Simd512 left, Simd512 right) => new(Vector512.GreaterThan(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Equal(Simd512 left, Simd512 right) => new(Vector512.Equals(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Select(Simd512 mask, Simd512 whenSet, Simd512 whenClear) => new(Vector512.ConditionalSelect(mask._value, whenSet._value, whenClear._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 AddBits(Simd512 left, Simd512 right) => new((left._value.AsInt32() + right._value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 SubtractBits(Simd512 left, Simd512 right) => new((left._value.AsInt32() - right._value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 ShiftLeft(Simd512 value, [ConstantExpected(Max = (byte)31)] byte count) => new(Vector512.ShiftLeft(value._value.AsInt32(), count).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 ShiftRight(Simd512 value, [ConstantExpected(Max = (byte)31)] byte count) => new(Vector512.ShiftRightArithmetic(value._value.AsInt32(), count).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 BitsToSingle(Simd512 value) => new(Vector512.ConvertToSingle(value._value.AsInt32()));
}
