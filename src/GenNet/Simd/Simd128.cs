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
    public static unsafe Simd128 LoadFours(float* source) => new(Vector128.Load(source));

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
    public static unsafe Simd128 Fma(Simd128 left, float* right, Simd128 addend) =>
        System.Runtime.Intrinsics.X86.Fma.IsSupported
            ? new(System.Runtime.Intrinsics.X86.Fma.MultiplyAdd(left._value, Vector128.Load(right), addend._value))
            : Fma(left, Load(right), addend);

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
    public static void MultiplyAdd(ref readonly float scalars, nint index, ref readonly float vectors, nint offset, ref Simd128 first, ref Simd128 second)
    {
        var scalar = Vector128.Create(Unsafe.Add(ref Unsafe.AsRef(in scalars), index));
        ref var vector = ref Unsafe.Add(ref Unsafe.AsRef(in vectors), offset);
        if (System.Runtime.Intrinsics.X86.Fma.IsSupported)
        {
            first = new(System.Runtime.Intrinsics.X86.Fma.MultiplyAdd(scalar, Vector128.LoadUnsafe(ref vector), first._value));
            second = new(System.Runtime.Intrinsics.X86.Fma.MultiplyAdd(scalar, Vector128.LoadUnsafe(ref vector, 4), second._value));
            return;
        }
        first = Fma(new Simd128(scalar), Load(in vector, 0), first);
        second = Fma(new Simd128(scalar), Load(in vector, 4), second);
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

    /// <summary>Turns four rows of four into four columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Transpose(ref Simd128 r0, ref Simd128 r1, ref Simd128 r2, ref Simd128 r3)
    {
        Vector128<float> v0 = r0._value, v1 = r1._value, v2 = r2._value, v3 = r3._value;
        if (Sse.IsSupported)
        {
            Vector128<float> a = Sse.UnpackLow(v0, v1), b = Sse.UnpackHigh(v0, v1), c = Sse.UnpackLow(v2, v3), d = Sse.UnpackHigh(v2, v3);
            r0 = new(Sse.MoveLowToHigh(a, c));
            r1 = new(Sse.MoveHighToLow(c, a));
            r2 = new(Sse.MoveLowToHigh(b, d));
            r3 = new(Sse.MoveHighToLow(d, b));
        }
        else if (AdvSimd.Arm64.IsSupported)
        {
            Vector128<double> a = AdvSimd.Arm64.ZipLow(v0, v1).AsDouble(), b = AdvSimd.Arm64.ZipHigh(v0, v1).AsDouble();
            Vector128<double> c = AdvSimd.Arm64.ZipLow(v2, v3).AsDouble(), d = AdvSimd.Arm64.ZipHigh(v2, v3).AsDouble();
            r0 = new(AdvSimd.Arm64.ZipLow(a, c).AsSingle());
            r1 = new(AdvSimd.Arm64.ZipHigh(a, c).AsSingle());
            r2 = new(AdvSimd.Arm64.ZipLow(b, d).AsSingle());
            r3 = new(AdvSimd.Arm64.ZipHigh(b, d).AsSingle());
        }
        else
        {
            r0 = new(Vector128.Create(v0[0], v1[0], v2[0], v3[0]));
            r1 = new(Vector128.Create(v0[1], v1[1], v2[1], v3[1]));
            r2 = new(Vector128.Create(v0[2], v1[2], v2[2], v3[2]));
            r3 = new(Vector128.Create(v0[3], v1[3], v2[3], v3[3]));
        }
    }
}
