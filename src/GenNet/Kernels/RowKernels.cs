using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GenNet.Activations;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>Functions of rows of activations: softmax, residual connections, dropout.</summary>
static unsafe class RowKernels
{
    /// <summary>Softmax of each row, in place.</summary>
    public static void Softmax(float* rows, int stride, int count, int outputs)
    {
        if (outputs <= 4)
            Softmax<Simd128>(rows, stride, count, outputs);
        else if (SimdWidth.Bits == 512 && outputs > 8)
            Softmax<Simd512>(rows, stride, count, outputs);
        else if (SimdWidth.Bits >= 256)
            Softmax<Simd256>(rows, stride, count, outputs);
        else
            Softmax<Simd128>(rows, stride, count, outputs);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Softmax<V>(float* rows, int stride, int count, int outputs) where V : struct, ISimd<V>
    {
        var lanes = stackalloc float[LaneSum.Lanes];
        for (var row = 0; row < count; row++)
            Activations.Softmax.Row<V>(rows + (nint)row * stride, rows + (nint)row * stride, outputs, lanes);
    }

    /// <summary>z = x + skip, a = g(z): a residual connection. <paramref name="z"/> may be <paramref name="a"/>.</summary>
    public static void Add<TActivation>(in Rows x, in Rows skip, float* z, float* a, int stride, int units) where TActivation : struct, IActivation
    {
        if (SimdWidth.Bits == 512)
            Add<TActivation, Simd512>(x, skip, z, a, stride, units);
        else if (SimdWidth.Bits == 256)
            Add<TActivation, Simd256>(x, skip, z, a, stride, units);
        else
            Add<TActivation, Simd128>(x, skip, z, a, stride, units);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Add<TActivation, V>(in Rows x, in Rows skip, float* z, float* a, int stride, int units)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
    {
        nint offset = 0;
        float* left = x.Pointer, right = skip.Pointer;
        for (var r = 0; r < x.Count; r++, left += x.Stride, right += skip.Stride, offset += stride)
            for (var j = 0; j < units; j += V.Count)
            {
                var value = V.Load(left + j) + V.Load(right + j);
                value.Store(z + offset + j);
                TActivation.Apply(value).Store(a + offset + j);
            }
    }

    /// <summary>
    /// Dropout: a = x·mask, and the mask for the backward pass, 0 or <paramref name="scale"/>. Each sample has a key of its own,
    /// from which every unit's 32 bits follow, and a unit is dropped where they are below <paramref name="threshold"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Drop(in Rows x, float* mask, float* a, int stride, int units, RandomStream samples, int firstSample, uint threshold, float scale)
    {
        const uint Golden = 0x9E3779B9;
        var source = x.Pointer;
        var lanes = Vector256.Create(0u, 1, 2, 3, 4, 5, 6, 7);
        for (var r = 0; r < x.Count; r++, source += x.Stride, mask += stride, a += stride)
        {
            var key = samples.Split((ulong)(firstSample + r)).Key;
            for (var j = 0; j < units; j += Vector256<float>.Count)
            {
                var numbers = (lanes + Vector256.Create((uint)j)) * Golden;
                var bits = Mix(Mix(numbers + Vector256.Create((uint)key)) ^ Vector256.Create((uint)(key >> 32)));
                var kept = Vector256.GreaterThanOrEqual(bits, Vector256.Create(threshold)).AsSingle() & Vector256.Create(scale);
                kept.Store(mask + j);
                (Vector256.Load(source + j) * kept).Store(a + j);
            }
        }
    }

    /// <summary>MurmurHash3's 32-bit finaliser (Appleby 2011), lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<uint> Mix(Vector256<uint> h)
    {
        h = (h ^ (h >>> 16)) * 0x85EBCA6B;
        h = (h ^ (h >>> 13)) * 0xC2B2AE35;
        return h ^ (h >>> 16);
    }

    /// <summary>Copies rows.</summary>
    public static void Copy(in Rows x, float* result, int stride, int units)
    {
        for (var row = 0; row < x.Count; row++)
            new ReadOnlySpan<float>(x.Pointer + (nint)row * x.Stride, units).CopyTo(new(result + (nint)row * stride, units));
    }

    /// <summary>result = left ∘ right, row by row.</summary>
    public static void Multiply(in Rows left, in Rows right, float* result, int stride, int units)
    {
        if (SimdWidth.Bits == 512)
            Multiply<Simd512>(left, right, result, stride, units);
        else if (SimdWidth.Bits == 256)
            Multiply<Simd256>(left, right, result, stride, units);
        else
            Multiply<Simd128>(left, right, result, stride, units);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Multiply<V>(in Rows left, in Rows right, float* result, int stride, int units) where V : struct, ISimd<V>
    {
        float* l = left.Pointer, r = right.Pointer;
        for (var row = 0; row < left.Count; row++, l += left.Stride, r += right.Stride, result += stride)
            for (var j = 0; j < units; j += V.Count)
                (V.Load(l + j) * V.Load(r + j)).Store(result + j);
    }
}
