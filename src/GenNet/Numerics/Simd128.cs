using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using X86Fma = System.Runtime.Intrinsics.X86.Fma;

namespace GenNet.Simd;

/// <summary>4 floats in one 128-bit vector.</summary>
public struct Simd128 : ISimd<Simd128>
{
    Vector128<float> _value;

    /// <inheritdoc/>
    public static int TileRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => AdvSimd.Arm64.IsSupported ? 8 : 6;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Load(ref readonly float source, nint offset) => new() { _value = Vector128.LoadUnsafe(ref Unsafe.Add(ref Unsafe.AsRef(in source), offset)) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd128 LoadFours(float* source) => Load(source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void LoadColumns(float* rows, nint stride, int last, out Simd128 c0, out Simd128 c1, out Simd128 c2, out Simd128 c3)
    {
        (c0, c1) = (Load(rows), Load(rows + Math.Min(1, last) * stride));
        (c2, c3) = (Load(rows + Math.Min(2, last) * stride), Load(rows + Math.Min(3, last) * stride));
        Transpose(ref c0, ref c1, ref c2, ref c3);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Lane(Simd128 vector, int lane) => vector._value.GetElement(lane);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd128 ConvertToSingle(int* integers) => new() { _value = Vector128.ConvertToSingle(Vector128.Load(integers)) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void ConvertToInt32(Simd128 value, int* target) =>
        (Sse2.IsSupported ? Sse2.ConvertToVector128Int32WithTruncation(value._value)
        : AdvSimd.IsSupported ? AdvSimd.ConvertToInt32RoundToZero(value._value)
        : Vector128.ConvertToInt32(value._value)).Store(target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 LanesOf(uint bits)
    {
        var lanes = Vector128.Create(1, 2, 4, 8);
        return new() { _value = Vector128.Equals(Vector128.Create((int)bits) & lanes, lanes).AsSingle() };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void AddProduct(Simd128 factor, float scalar, Simd128 vector, float* target)
    {
        var product = MultiplyAdd(Vector128.Create(scalar), vector._value, Vector128<float>.Zero);
        *(Vector128<float>*)target = MultiplyAdd(product, factor._value, *(Vector128<float>*)target);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ref float target, nint offset) => _value.StoreUnsafe(ref Unsafe.Add(ref target, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Simd128 value, float* target) => *(Simd128*)target = value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator /(Simd128 left, Simd128 right) => new() { _value = left._value / right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator &(Simd128 left, Simd128 right) => new() { _value = left._value & right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator |(Simd128 left, Simd128 right) => new() { _value = left._value | right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator ^(Simd128 left, Simd128 right) => new() { _value = left._value ^ right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 MultiplyAdd(ref readonly float scalars, nint index, ref readonly float vectors, nint offset, Simd128 addend) =>
        new() { _value = MultiplyAdd(Vector128.Create(Unsafe.Add(ref Unsafe.AsRef(in scalars), index)), Vector128.LoadUnsafe(ref Unsafe.Add(ref Unsafe.AsRef(in vectors), offset)), addend._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(ref readonly float scalars, nint index, ref readonly float vectors, nint offset, ref Simd128 first, ref Simd128 second)
    {
        var scalar = Vector128.Create(Unsafe.Add(ref Unsafe.AsRef(in scalars), index));
        ref var vector = ref Unsafe.Add(ref Unsafe.AsRef(in vectors), offset);
        first._value = MultiplyAdd(scalar, Vector128.LoadUnsafe(ref vector), first._value);
        second._value = MultiplyAdd(scalar, Vector128.LoadUnsafe(ref vector, 4), second._value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> MultiplyAdd(Vector128<float> left, Vector128<float> right, Vector128<float> addend)
    {
        if (X86Fma.IsSupported)
            return X86Fma.MultiplyAdd(left, right, addend);
        if (AdvSimd.IsSupported)
            return AdvSimd.FusedMultiplyAdd(addend, left, right);
        return left * right + addend;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Max(Simd128 left, Simd128 right) => new() { _value = Max(left._value, right._value) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> Max(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.Max(left, right) : Vector128.ConditionalSelect(Vector128.GreaterThan(left, right), left, right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Min(Simd128 left, Simd128 right) => new() { _value = Min(left._value, right._value) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> Min(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.Min(left, right) : Vector128.ConditionalSelect(Vector128.LessThan(left, right), left, right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Clamp(Simd128 value, float least, float most) => new() { _value = Min(Vector128.Create(most), Max(Vector128.Create(least), value._value)) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Abs(Simd128 value) => new() { _value = Vector128.Abs(value._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Sqrt(Simd128 value) => new() { _value = Vector128.Sqrt(value._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Greater(Simd128 left, Simd128 right) => new() { _value = Vector128.GreaterThan(left._value, right._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Equal(Simd128 left, Simd128 right) => new() { _value = Vector128.Equals(left._value, right._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Select(Simd128 mask, Simd128 whenSet, Simd128 whenClear) => new() { _value = Vector128.ConditionalSelect(mask._value, whenSet._value, whenClear._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 PowerOfTwo(Simd128 rounded, int more) => new() { _value = PowerOfTwo(rounded._value.AsInt32() + Vector128.Create(more)) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 ScaleOnePlus(Simd128 value, Simd128 rounded)
    {
        var n = rounded._value.AsInt32() - Vector128.Create(BitConverter.SingleToInt32Bits(12582912f));
        var half = n >> 1;
        var first = PowerOfTwo(half);
        return new() { _value = MultiplyAdd(first, value._value, first) * PowerOfTwo(n - half) };
    }

    /// <summary>The lowest nine bits are the exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> PowerOfTwo(Vector128<int> n) => ((n + Vector128.Create(127)) << 23).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Mantissa(Simd128 value, out Simd128 exponent)
    {
        const int HalfsRoot = 0x3F3504F3;
        var bits = value._value.AsInt32() - Vector128.Create(HalfsRoot);
        exponent = new() { _value = Vector128.ConvertToSingle(bits >> 23) };
        return new() { _value = ((bits & Vector128.Create(0x7FFFFF)) + Vector128.Create(HalfsRoot)).AsSingle() };
    }

    /// <summary>Turns four rows of four into four columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Transpose(ref Simd128 r0, ref Simd128 r1, ref Simd128 r2, ref Simd128 r3) =>
        Transpose(ref r0._value, ref r1._value, ref r2._value, ref r3._value);

    /// <inheritdoc cref="Transpose(ref Simd128, ref Simd128, ref Simd128, ref Simd128)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Transpose(ref Vector128<float> r0, ref Vector128<float> r1, ref Vector128<float> r2, ref Vector128<float> r3)
    {
        if (Sse.IsSupported)
        {
            Vector128<float> a = Sse.UnpackLow(r0, r1), b = Sse.UnpackHigh(r0, r1), c = Sse.UnpackLow(r2, r3), d = Sse.UnpackHigh(r2, r3);
            r0 = Sse.MoveLowToHigh(a, c);
            r1 = Sse.MoveHighToLow(c, a);
            r2 = Sse.MoveLowToHigh(b, d);
            r3 = Sse.MoveHighToLow(d, b);
        }
        else
            TransposeByPairs(ref r0, ref r1, ref r2, ref r3);
    }

    /// <summary>The same elsewhere, in a method of its own: the JIT would load the types of its variables, half a millisecond's work.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void TransposeByPairs(ref Vector128<float> r0, ref Vector128<float> r1, ref Vector128<float> r2, ref Vector128<float> r3)
    {
        Vector128<float> v0 = r0, v1 = r1, v2 = r2, v3 = r3;
        if (AdvSimd.Arm64.IsSupported)
        {
            Vector128<double> a = AdvSimd.Arm64.ZipLow(v0, v1).AsDouble(), b = AdvSimd.Arm64.ZipHigh(v0, v1).AsDouble();
            Vector128<double> c = AdvSimd.Arm64.ZipLow(v2, v3).AsDouble(), d = AdvSimd.Arm64.ZipHigh(v2, v3).AsDouble();
            r0 = AdvSimd.Arm64.ZipLow(a, c).AsSingle();
            r1 = AdvSimd.Arm64.ZipHigh(a, c).AsSingle();
            r2 = AdvSimd.Arm64.ZipLow(b, d).AsSingle();
            r3 = AdvSimd.Arm64.ZipHigh(b, d).AsSingle();
        }
        else
        {
            r0 = Vector128.Create(v0[0], v1[0], v2[0], v3[0]);
            r1 = Vector128.Create(v0[1], v1[1], v2[1], v3[1]);
            r2 = Vector128.Create(v0[2], v1[2], v2[2], v3[2]);
            r3 = Vector128.Create(v0[3], v1[3], v2[3], v3[3]);
        }
    }

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd128 Load(float* source) => *(Simd128*)source;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Splat(float value) => new() { _value = Vector128.Create(value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd128 Splat(float* source) => new() { _value = Vector128.Create(*source) };

    /// <inheritdoc/>
    public static Simd128 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { _value = Vector128<float>.Zero };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 FirstLanes(int count) => new() { _value = Vector128.LessThan(Vector128.Create(0f, 1, 2, 3), Vector128.Create((float)count)) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator +(Simd128 left, Simd128 right) => new() { _value = left._value + right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator +(Simd128 left, float right) => new() { _value = left._value + Vector128.Create(right) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator -(Simd128 left, Simd128 right) => new() { _value = left._value - right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator -(Simd128 left, float right) => new() { _value = left._value - Vector128.Create(right) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator *(Simd128 left, Simd128 right) => new() { _value = left._value * right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator *(float left, Simd128 right) => new() { _value = Vector128.Create(left) * right._value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator -(Simd128 value) => new() { _value = value._value ^ Vector128.Create(-0f) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Fma(Simd128 left, Simd128 right, Simd128 addend) => new() { _value = MultiplyAdd(left._value, right._value, addend._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd128 Fma(Simd128 left, float* right, Simd128 addend) => new() { _value = MultiplyAdd(left._value, *(Vector128<float>*)right, addend._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Fma(float left, Simd128 right, Simd128 addend) => new() { _value = MultiplyAdd(Vector128.Create(left), right._value, addend._value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Fma(float left, Simd128 right, float addend) => new() { _value = MultiplyAdd(Vector128.Create(left), right._value, Vector128.Create(addend)) };
}
