using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace GenNet.Simd;

/// <summary>4 floats in one 128-bit vector.</summary>
public readonly struct Simd128 : ISimd<Simd128>
{
    readonly Vector128<float> _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Simd128(Vector128<float> value) => _value = value;

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4;
    }

    /// <inheritdoc/>
    public static int TileRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => AdvSimd.Arm64.IsSupported ? 8 : 6;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Load(ref readonly float source, nint offset) => new(Vector128.LoadUnsafe(ref Unsafe.Add(ref Unsafe.AsRef(in source), offset)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd128 Load(float* source) => new(Vector128.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float target, nint offset) => _value.StoreUnsafe(ref Unsafe.Add(ref target, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Store(float* target) => _value.Store(target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Splat(float value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 SplatBits(int bits) => new(Vector128.Create(bits).AsSingle());

    /// <inheritdoc/>
    public static Simd128 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector128<float>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator +(Simd128 left, Simd128 right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator -(Simd128 left, Simd128 right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator *(Simd128 left, Simd128 right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator /(Simd128 left, Simd128 right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator &(Simd128 left, Simd128 right) => new(left._value & right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator |(Simd128 left, Simd128 right) => new(left._value | right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator ^(Simd128 left, Simd128 right) => new(left._value ^ right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator -(Simd128 value) => new(value._value ^ Vector128.Create(-0f));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Fma(Simd128 left, Simd128 right, Simd128 addend)
    {
        if (System.Runtime.Intrinsics.X86.Fma.IsSupported)
            return new(System.Runtime.Intrinsics.X86.Fma.MultiplyAdd(left._value, right._value, addend._value));
        if (AdvSimd.IsSupported)
            return new(AdvSimd.FusedMultiplyAdd(addend._value, left._value, right._value));
        return new(left._value * right._value + addend._value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 MultiplyAdd(ref readonly float scalars, nint index, ref readonly float vectors, nint offset, Simd128 addend)
    {
        if (System.Runtime.Intrinsics.X86.Fma.IsSupported)
            return new(System.Runtime.Intrinsics.X86.Fma.MultiplyAdd(Vector128.Create(Unsafe.Add(ref Unsafe.AsRef(in scalars), index)), Vector128.LoadUnsafe(ref Unsafe.Add(ref Unsafe.AsRef(in vectors), offset)), addend._value));
        if (AdvSimd.IsSupported)
            return new(AdvSimd.FusedMultiplyAdd(addend._value, Vector128.Create(Unsafe.Add(ref Unsafe.AsRef(in scalars), index)), Vector128.LoadUnsafe(ref Unsafe.Add(ref Unsafe.AsRef(in vectors), offset))));
        return new(Vector128.Create(Unsafe.Add(ref Unsafe.AsRef(in scalars), index)) * Vector128.LoadUnsafe(ref Unsafe.Add(ref Unsafe.AsRef(in vectors), offset)) + addend._value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Max(Simd128 left, Simd128 right)
    {
        if (Sse.IsSupported)
            return new(Sse.Max(left._value, right._value));
        return new(Vector128.ConditionalSelect(Vector128.GreaterThan(left._value, right._value), left._value, right._value));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Min(Simd128 left, Simd128 right)
    {
        if (Sse.IsSupported)
            return new(Sse.Min(left._value, right._value));
        return new(Vector128.ConditionalSelect(Vector128.LessThan(left._value, right._value), left._value, right._value));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Abs(Simd128 value) => new(Vector128.Abs(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Sqrt(Simd128 value) => new(Vector128.Sqrt(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Greater(Simd128 left, Simd128 right) => new(Vector128.GreaterThan(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Equal(Simd128 left, Simd128 right) => new(Vector128.Equals(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Select(Simd128 mask, Simd128 whenSet, Simd128 whenClear) => new(Vector128.ConditionalSelect(mask._value, whenSet._value, whenClear._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 AddBits(Simd128 left, Simd128 right) => new((left._value.AsInt32() + right._value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 SubtractBits(Simd128 left, Simd128 right) => new((left._value.AsInt32() - right._value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 ShiftLeft(Simd128 value, [ConstantExpected(Max = (byte)31)] byte count) => new(Vector128.ShiftLeft(value._value.AsInt32(), count).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 ShiftRight(Simd128 value, [ConstantExpected(Max = (byte)31)] byte count) => new(Vector128.ShiftRightArithmetic(value._value.AsInt32(), count).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 BitsToSingle(Simd128 value) => new(Vector128.ConvertToSingle(value._value.AsInt32()));
}
