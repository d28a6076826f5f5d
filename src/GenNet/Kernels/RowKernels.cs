using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GenNet.Activations;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>Functions of rows of activations: softmax, residual connections, dropout.</summary>
static unsafe class RowKernels
{
    const uint Golden = 0x9E3779B9;

    /// <summary>Softmax of each row, in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Softmax(
        float* rows, // [count][stride]
        int stride, int count, int outputs) =>
        Vectors.Run(new SoftmaxWork(rows, stride, count, outputs), PanelLayout.PanelWidth(outputs, 0));

    readonly struct SoftmaxWork(float* rows, int stride, int count, int outputs) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Softmax<V>(rows, stride, count, outputs);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Softmax<V>(float* rows, int stride, int count, int outputs) where V : struct, ISimd<V>
    {
        var lanes = stackalloc float[LaneSum.Lanes];
        for (var row = 0; row < count; row++)
            Activations.Softmax.Row<V>(rows + (nint)row * stride, rows + (nint)row * stride, outputs, lanes);
    }

    /// <summary>δ = a ∘ (δ − Σ a·δ), row by row: from ∂L/∂a to ∂L/∂z where a = softmax(z).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SoftmaxGradient(
        float* delta, // [count][stride]
        float* a, // [count][stride]
        int stride, int count, int outputs) =>
        Vectors.Run(new SoftmaxGradientWork(delta, a, stride, count, outputs), PanelLayout.PanelWidth(outputs, 0));

    readonly struct SoftmaxGradientWork(float* delta, float* a, int stride, int count, int outputs) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => SoftmaxGradient<V>(delta, a, stride, count, outputs);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void SoftmaxGradient<V>(float* delta, float* a, int stride, int count, int outputs) where V : struct, ISimd<V>
    {
        var lanes = stackalloc float[LaneSum.Lanes];
        for (var row = 0; row < count; row++, delta += stride, a += stride)
        {
            for (var lane = 0; lane < LaneSum.Lanes && lane < outputs; lane += V.Count)
            {
                var sum = V.Zero;
                for (var j = lane; j < outputs; j += LaneSum.Lanes)
                    sum += V.FirstLanes(outputs - j) & (V.Load(a + j) * V.Load(delta + j));
                sum.Store(lanes + lane);
            }
            var mean = LaneSum.Total(lanes);
            for (var j = 0; j < outputs; j += V.Count)
                (V.FirstLanes(outputs - j) & (V.Load(a + j) * (V.Load(delta + j) - mean))).Store(delta + j);
        }
    }

    /// <summary>z = x + skip, a = g(z): a residual connection. <paramref name="z"/> may be <paramref name="a"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<TActivation>(
        in Rows x, // [rows][units]
        in Rows skip, // [rows][units]
        float* z, // [rows][stride]
        float* a, // [rows][stride]
        int stride, int units) where TActivation : struct, IActivation =>
        Vectors.Run(new AddWork<TActivation>(x, skip, z, a, stride, units));

    readonly struct AddWork<TActivation>(Rows x, Rows skip, float* z, float* a, int stride, int units) : IVectorWork where TActivation : struct, IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Add<TActivation, V>(x, skip, z, a, stride, units);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Add<TActivation, V>(in Rows x, in Rows skip, float* z, float* a, int stride, int units)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
    {
        nint offset = 0;
        float* left = x.Pointer, right = skip.Pointer;
        for (var r = 0; r < x.Count; r++, left += x.Stride, right += skip.Stride, offset += stride)
        {
            var j = 0;
            for (; j <= units - V.Count; j += V.Count)
            {
                var value = V.Load(left + j) + V.Load(right + j);
                value.Store(z + offset + j);
                TActivation.Apply(value).Store(a + offset + j);
            }
            if (j == units)
                continue;

            // Where a sum takes the place of what is added, padding would be added to what it was in the pass before, and stay no number once it was none.
            var last = V.FirstLanes(units - j) & (V.Load(left + j) + V.Load(right + j));
            last.Store(z + offset + j);
            TActivation.Apply(last).Store(a + offset + j);
        }
    }

    /// <summary>
    /// Dropout: a = x·mask, and the mask for the backward pass, 0 or <paramref name="scale"/>. Each sample has a key of its own, the same at all of its positions,
    /// from which every unit's 32 bits follow, and a unit is dropped where they are below <paramref name="threshold"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Drop(
        in Rows x, // [rows][units]
        float* mask, // [rows][stride]
        float* a, // [rows][stride]
        int stride, int units, RandomStream samples, int firstSample, int positions, uint threshold, float scale)
    {
        var source = x.Pointer;
        var lanes = Vector256.Create(0u, 1, 2, 3, 4, 5, 6, 7);
        for (var r = 0; r < x.Count; r++, source += x.Stride, mask += stride, a += stride)
        {
            var key = samples.Split((ulong)(firstSample + r / positions)).Key;
            if (!SimdWidth.HasVectors)
            {
                DropOneByOne(source, mask, a, units, key, threshold, scale);
                continue;
            }
            for (var j = 0; j < units; j += Vector256<float>.Count)
            {
                var kept = Kept(lanes + Vector256.Create((uint)j), key, threshold, scale);
                kept.Store(mask + j);
                (Vector256.Load(source + j) * kept).Store(a + j);
            }
        }
    }

    static void DropOneByOne(float* x, float* mask, float* a, int units, ulong key, uint threshold, float scale)
    {
        for (uint j = 0; j < units; j++)
        {
            mask[j] = Kept(j, key, threshold, scale);
            a[j] = x[j] * mask[j];
        }
    }

    /// <summary>The bits of a unit below which it is dropped, and what others are multiplied by.</summary>
    public static (uint Threshold, float Scale) MaskScaling(double rate) =>
        // With rate 1 the few units above the threshold have a scale of zero.
        ((uint)Math.Min(uint.MaxValue, Math.Round(rate * (1UL << 32))), rate < 1 ? (float)(1 / (1 - rate)) : 0);

    /// <summary>The mask of one row alone, as <see cref="Drop"/> draws it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void DrawMask(
        float* mask, // [stride]
        int units, ulong key, uint threshold, float scale)
    {
        var lanes = Vector256.Create(0u, 1, 2, 3, 4, 5, 6, 7);
        for (var j = 0; SimdWidth.HasVectors && j < units; j += Vector256<float>.Count)
            Kept(lanes + Vector256.Create((uint)j), key, threshold, scale).Store(mask + j);
        for (uint j = 0; !SimdWidth.HasVectors && j < units; j++)
            mask[j] = Kept(j, key, threshold, scale);
    }

    /// <summary>A unit's place in a mask.</summary>
    static float Kept(uint unit, ulong key, uint threshold, float scale) => Mix(Mix(unit * Golden + (uint)key) ^ (uint)(key >> 32)) >= threshold ? scale : 0;

    /// <summary>Those of eight units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Kept(Vector256<uint> units, ulong key, uint threshold, float scale)
    {
        var bits = Mix(Mix(units * Golden + Vector256.Create((uint)key)) ^ Vector256.Create((uint)(key >> 32)));
        return Vector256.GreaterThanOrEqual(bits, Vector256.Create(threshold)).AsSingle() & Vector256.Create(scale);
    }

    static uint Mix(uint h)
    {
        h = (h ^ (h >> 16)) * 0x85EBCA6B;
        h = (h ^ (h >> 13)) * 0xC2B2AE35;
        return h ^ (h >> 16);
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
    public static void Copy(
        in Rows x, // [rows][units]
        float* result, // [rows][stride]
        int stride, int units)
    {
        for (var row = 0; row < x.Count; row++)
            new ReadOnlySpan<float>(x.Pointer + (nint)row * x.Stride, units).CopyTo(new(result + (nint)row * stride, units));
    }

    /// <summary>Writes rows behind so many values of others, and zeros behind both.</summary>
    public static void Join(
        in Rows x, // [rows][units]
        int units,
        in Rows result) // [rows][2 × units]
    {
        for (var row = 0; row < x.Count; row++)
        {
            var target = new Span<float>(result.Pointer + (nint)row * result.Stride, result.Stride)[units..];
            new ReadOnlySpan<float>(x.Pointer + (nint)row * x.Stride, units).CopyTo(target);
            target[units..].Clear();
        }
    }

    /// <summary>result = left ∘ right, row by row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        in Rows left, // [rows][units]
        in Rows right, // [rows][units]
        float* result, // [rows][stride]
        int stride, int units) =>
        Vectors.Run(new MultiplyWork(left, right, result, stride, units));

    readonly struct MultiplyWork(Rows left, Rows right, float* result, int stride, int units) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Multiply<V>(left, right, result, stride, units);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Multiply<V>(in Rows left, in Rows right, float* result, int stride, int units) where V : struct, ISimd<V>
    {
        float* l = left.Pointer, r = right.Pointer;
        for (var row = 0; row < left.Count; row++, l += left.Stride, r += right.Stride, result += stride)
            for (var j = 0; j < units; j += V.Count)
                (V.Load(l + j) * V.Load(r + j)).Store(result + j);
    }

    /// <summary>result += left ∘ right, row by row, the product rounded before it is added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProduct(
        in Rows left, // [rows][units]
        in Rows right, // [rows][units]
        float* result, // [rows][stride]
        int stride, int units) =>
        Vectors.Run(new AddProductWork(left, right, result, stride, units));

    readonly struct AddProductWork(Rows left, Rows right, float* result, int stride, int units) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => AddProduct<V>(left, right, result, stride, units);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void AddProduct<V>(in Rows left, in Rows right, float* result, int stride, int units) where V : struct, ISimd<V>
    {
        float* l = left.Pointer, r = right.Pointer;
        for (var row = 0; row < left.Count; row++, l += left.Stride, r += right.Stride, result += stride)
            for (var j = 0; j < units; j += V.Count)
                (V.Load(result + j) + V.Load(l + j) * V.Load(r + j)).Store(result + j);
    }
}
