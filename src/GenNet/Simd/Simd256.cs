using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GenNet.Simd;

/// <summary>8 floats in one 256-bit vector.</summary>
public readonly struct Simd256 : ISimd<Simd256>
{
    readonly Vector256<float> _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Simd256(Vector256<float> value) => _value = value;

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 8;
    }

    /// <inheritdoc/>
    public static int TileRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 6;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Load(ref readonly float source, nint offset) => new(Vector256.LoadUnsafe(ref Unsafe.Add(ref Unsafe.AsRef(in source), offset)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd256 Load(float* source) => new(Vector256.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd256 LoadFours(float* source) => new(Vector256.Create(Vector128.Load(source), Vector128.Load(source + 4)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float target, nint offset) => _value.StoreUnsafe(ref Unsafe.Add(ref target, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Store(float* target) => _value.Store(target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Splat(float value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 SplatBits(int bits) => new(Vector256.Create(bits).AsSingle());

    /// <inheritdoc/>
    public static Simd256 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<float>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator +(Simd256 left, Simd256 right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator -(Simd256 left, Simd256 right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator *(Simd256 left, Simd256 right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator /(Simd256 left, Simd256 right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator &(Simd256 left, Simd256 right) => new(left._value & right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator |(Simd256 left, Simd256 right) => new(left._value | right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator ^(Simd256 left, Simd256 right) => new(left._value ^ right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator -(Simd256 value) => new(value._value ^ Vector256.Create(-0f));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Fma(Simd256 left, Simd256 right, Simd256 addend)
    {
        if (System.Runtime.Intrinsics.X86.Fma.IsSupported)
            return new(System.Runtime.Intrinsics.X86.Fma.MultiplyAdd(left._value, right._value, addend._value));
        return new(left._value * right._value + addend._value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd256 Fma(Simd256 left, float* right, Simd256 addend) =>
        System.Runtime.Intrinsics.X86.Fma.IsSupported
            ? new(System.Runtime.Intrinsics.X86.Fma.MultiplyAdd(left._value, Vector256.Load(right), addend._value))
            : Fma(left, Load(right), addend);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 MultiplyAdd(ref readonly float scalars, nint index, ref readonly float vectors, nint offset, Simd256 addend)
    {
        if (System.Runtime.Intrinsics.X86.Fma.IsSupported)
            return new(System.Runtime.Intrinsics.X86.Fma.MultiplyAdd(Vector256.Create(Unsafe.Add(ref Unsafe.AsRef(in scalars), index)), Vector256.LoadUnsafe(ref Unsafe.Add(ref Unsafe.AsRef(in vectors), offset)), addend._value));
        return new(Vector256.Create(Unsafe.Add(ref Unsafe.AsRef(in scalars), index)) * Vector256.LoadUnsafe(ref Unsafe.Add(ref Unsafe.AsRef(in vectors), offset)) + addend._value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(ref readonly float scalars, nint index, ref readonly float vectors, nint offset, ref Simd256 first, ref Simd256 second)
    {
        var scalar = Vector256.Create(Unsafe.Add(ref Unsafe.AsRef(in scalars), index));
        ref var vector = ref Unsafe.Add(ref Unsafe.AsRef(in vectors), offset);
        if (System.Runtime.Intrinsics.X86.Fma.IsSupported)
        {
            first = new(System.Runtime.Intrinsics.X86.Fma.MultiplyAdd(scalar, Vector256.LoadUnsafe(ref vector), first._value));
            second = new(System.Runtime.Intrinsics.X86.Fma.MultiplyAdd(scalar, Vector256.LoadUnsafe(ref vector, 8), second._value));
            return;
        }
        first = Fma(new Simd256(scalar), Load(in vector, 0), first);
        second = Fma(new Simd256(scalar), Load(in vector, 8), second);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Max(Simd256 left, Simd256 right)
    {
        if (Avx.IsSupported)
            return new(Avx.Max(left._value, right._value));
        return new(Vector256.ConditionalSelect(Vector256.GreaterThan(left._value, right._value), left._value, right._value));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Min(Simd256 left, Simd256 right)
    {
        if (Avx.IsSupported)
            return new(Avx.Min(left._value, right._value));
        return new(Vector256.ConditionalSelect(Vector256.LessThan(left._value, right._value), left._value, right._value));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Abs(Simd256 value) => new(Vector256.Abs(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Sqrt(Simd256 value) => new(Vector256.Sqrt(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Greater(Simd256 left, Simd256 right) => new(Vector256.GreaterThan(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Equal(Simd256 left, Simd256 right) => new(Vector256.Equals(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Select(Simd256 mask, Simd256 whenSet, Simd256 whenClear) => new(Vector256.ConditionalSelect(mask._value, whenSet._value, whenClear._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 AddBits(Simd256 left, Simd256 right) => new((left._value.AsInt32() + right._value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 SubtractBits(Simd256 left, Simd256 right) => new((left._value.AsInt32() - right._value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 ShiftLeft(Simd256 value, [ConstantExpected(Max = (byte)31)] byte count) => new(Vector256.ShiftLeft(value._value.AsInt32(), count).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 ShiftRight(Simd256 value, [ConstantExpected(Max = (byte)31)] byte count) => new(Vector256.ShiftRightArithmetic(value._value.AsInt32(), count).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 BitsToSingle(Simd256 value) => new(Vector256.ConvertToSingle(value._value.AsInt32()));
}
