using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GenNet.Activations;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>
/// A convolution of images of one channel, as first layers are, with few filters: they would not fill a vector, so vectors lie along the pixels of a row.
/// The sums are those of <see cref="ConvolutionTile"/>, term by term.
/// </summary>
[SkipLocalsInit]
static unsafe class PixelTile
{
    /// <summary>Filters of the panel, padding included.</summary>
    const int Filters = 8;

    /// <summary>Whether a convolution can be computed this way, and gains by it.</summary>
    public static bool Suits(in ImageWindow window, int channels, int width) => channels == 1 && width == Filters && window.Stride.Width == 1 && window.OutputWidth >= Simd128.Count && SimdWidth.HasVectors;

    /// <summary>The filters' sums for each pixel of the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Product(
        in ImageWindow window,
        float* packed, // [padded height × padded width]
        float* weights, // [window][Filters]
        float* start, // [Filters]
        float* result, // [outputs][stride]
        int stride, bool rectifies)
    {
        var operands = new Operands(window, packed, weights, start, result, stride, rectifies);
        Vectors.Run(new ProductWork(&operands), window.OutputWidth);
    }

    readonly struct ProductWork(Operands* operands) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Product<V>(*operands);
    }

    readonly struct Operands(in ImageWindow window, float* packed, float* weights, float* start, float* result, int stride, bool rectifies)
    {
        public readonly int Height = window.Height, Width = window.Width, OutputHeight = window.OutputHeight, OutputWidth = window.OutputWidth, Stride = stride;
        public readonly nint Right = window.Dilation.Width, Down = (nint)window.Dilation.Height * window.PaddedWidth, Next = (nint)window.Stride.Height * window.PaddedWidth;
        public readonly float* Packed = packed, Weights = weights, Start = start, Result = result;
        public readonly bool Rectifies = rectifies;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Product<V>(in Operands p) where V : struct, ISimd<V>
    {
        float* packed = p.Packed, result = p.Result;
        nint row = (nint)p.OutputWidth * p.Stride;
        var y = 0;

        // Two rows' sums need more registers than 256 and 128 bits have.
        if (V.TileRows == Filters)
            for (; y + 2 <= p.OutputHeight; y += 2, packed += 2 * p.Next, result += 2 * row)
                TwoRows<V>(p, packed, packed + p.Next, result, result + row);
        for (; y < p.OutputHeight; y++, packed += p.Next, result += row)
            OneRow<V>(p, packed, result);
    }

    /// <summary>Two rows of outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void TwoRows<V>(in Operands p, float* first, float* second, float* result, float* below) where V : struct, ISimd<V>
    {
        var sums = stackalloc float[2 * Filters * V.Count];
        nint down = p.Down, right = p.Right;
        for (var x = 0; x < p.OutputWidth; x += V.Count)
        {
            // The last vector reaches back into the one before it.
            var at = Math.Min(x, p.OutputWidth - V.Count);
            V c0 = V.Splat(p.Start), c1 = V.Splat(p.Start + 1), c2 = V.Splat(p.Start + 2), c3 = V.Splat(p.Start + 3), c4 = V.Splat(p.Start + 4), c5 = V.Splat(p.Start + 5), c6 = V.Splat(p.Start + 6), c7 = V.Splat(p.Start + 7);
            V d0 = V.Splat(p.Start), d1 = V.Splat(p.Start + 1), d2 = V.Splat(p.Start + 2), d3 = V.Splat(p.Start + 3), d4 = V.Splat(p.Start + 4), d5 = V.Splat(p.Start + 5), d6 = V.Splat(p.Start + 6), d7 = V.Splat(p.Start + 7);
            var w = p.Weights;
            float* line = first + at, other = second + at;
            for (var i = p.Height; i > 0; i--)
            {
                nint column = 0;
                for (var j = p.Width; j > 0; j--)
                {
                    var a = V.Load(line + column);
                    var b = V.Load(other + column);
                    var weight = V.Splat(w);
                    c0 = V.Fma(weight, a, c0);
                    d0 = V.Fma(weight, b, d0);
                    weight = V.Splat(w + 1);
                    c1 = V.Fma(weight, a, c1);
                    d1 = V.Fma(weight, b, d1);
                    weight = V.Splat(w + 2);
                    c2 = V.Fma(weight, a, c2);
                    d2 = V.Fma(weight, b, d2);
                    weight = V.Splat(w + 3);
                    c3 = V.Fma(weight, a, c3);
                    d3 = V.Fma(weight, b, d3);
                    weight = V.Splat(w + 4);
                    c4 = V.Fma(weight, a, c4);
                    d4 = V.Fma(weight, b, d4);
                    weight = V.Splat(w + 5);
                    c5 = V.Fma(weight, a, c5);
                    d5 = V.Fma(weight, b, d5);
                    weight = V.Splat(w + 6);
                    c6 = V.Fma(weight, a, c6);
                    d6 = V.Fma(weight, b, d6);
                    weight = V.Splat(w + 7);
                    c7 = V.Fma(weight, a, c7);
                    d7 = V.Fma(weight, b, d7);
                    w += Filters;
                    column += right;
                }
                line += down;
                other += down;
            }

            if (p.Rectifies)
            {
                c0 = ReLU.Apply(c0);
                c1 = ReLU.Apply(c1);
                c2 = ReLU.Apply(c2);
                c3 = ReLU.Apply(c3);
                c4 = ReLU.Apply(c4);
                c5 = ReLU.Apply(c5);
                c6 = ReLU.Apply(c6);
                c7 = ReLU.Apply(c7);
                d0 = ReLU.Apply(d0);
                d1 = ReLU.Apply(d1);
                d2 = ReLU.Apply(d2);
                d3 = ReLU.Apply(d3);
                d4 = ReLU.Apply(d4);
                d5 = ReLU.Apply(d5);
                d6 = ReLU.Apply(d6);
                d7 = ReLU.Apply(d7);
            }
            c0.Store(sums);
            c1.Store(sums + V.Count);
            c2.Store(sums + 2 * V.Count);
            c3.Store(sums + 3 * V.Count);
            c4.Store(sums + 4 * V.Count);
            c5.Store(sums + 5 * V.Count);
            c6.Store(sums + 6 * V.Count);
            c7.Store(sums + 7 * V.Count);
            d0.Store(sums + 8 * V.Count);
            d1.Store(sums + 9 * V.Count);
            d2.Store(sums + 10 * V.Count);
            d3.Store(sums + 11 * V.Count);
            d4.Store(sums + 12 * V.Count);
            d5.Store(sums + 13 * V.Count);
            d6.Store(sums + 14 * V.Count);
            d7.Store(sums + 15 * V.Count);
            Write(sums, V.Count, result + (nint)at * p.Stride, p.Stride);
            Write(sums + Filters * V.Count, V.Count, below + (nint)at * p.Stride, p.Stride);
        }
    }

    /// <summary>A row of outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void OneRow<V>(in Operands p, float* first, float* result) where V : struct, ISimd<V>
    {
        var sums = stackalloc float[Filters * V.Count];
        nint down = p.Down, right = p.Right;
        for (var x = 0; x < p.OutputWidth; x += V.Count)
        {
            // The last vector reaches back into the one before it.
            var at = Math.Min(x, p.OutputWidth - V.Count);
            V c0 = V.Splat(p.Start), c1 = V.Splat(p.Start + 1), c2 = V.Splat(p.Start + 2), c3 = V.Splat(p.Start + 3), c4 = V.Splat(p.Start + 4), c5 = V.Splat(p.Start + 5), c6 = V.Splat(p.Start + 6), c7 = V.Splat(p.Start + 7);
            var w = p.Weights;
            float* line = first + at;
            for (var i = p.Height; i > 0; i--)
            {
                nint column = 0;
                for (var j = p.Width; j > 0; j--)
                {
                    var a = V.Load(line + column);
                    c0 = V.Fma(V.Splat(w), a, c0);
                    c1 = V.Fma(V.Splat(w + 1), a, c1);
                    c2 = V.Fma(V.Splat(w + 2), a, c2);
                    c3 = V.Fma(V.Splat(w + 3), a, c3);
                    c4 = V.Fma(V.Splat(w + 4), a, c4);
                    c5 = V.Fma(V.Splat(w + 5), a, c5);
                    c6 = V.Fma(V.Splat(w + 6), a, c6);
                    c7 = V.Fma(V.Splat(w + 7), a, c7);
                    w += Filters;
                    column += right;
                }
                line += down;
            }

            if (p.Rectifies)
            {
                c0 = ReLU.Apply(c0);
                c1 = ReLU.Apply(c1);
                c2 = ReLU.Apply(c2);
                c3 = ReLU.Apply(c3);
                c4 = ReLU.Apply(c4);
                c5 = ReLU.Apply(c5);
                c6 = ReLU.Apply(c6);
                c7 = ReLU.Apply(c7);
            }
            c0.Store(sums);
            c1.Store(sums + V.Count);
            c2.Store(sums + 2 * V.Count);
            c3.Store(sums + 3 * V.Count);
            c4.Store(sums + 4 * V.Count);
            c5.Store(sums + 5 * V.Count);
            c6.Store(sums + 6 * V.Count);
            c7.Store(sums + 7 * V.Count);
            Write(sums, V.Count, result + (nint)at * p.Stride, p.Stride);
        }
    }

    /// <summary>Sums as pixels have them, the filters side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Write(
        float* sums, // [Filters][pixels]
        nint pixels,
        float* result, // [pixels][stride]
        nint stride)
    {
        for (nint pixel = 0; pixel < pixels; pixel += 4, sums += 4)
            for (nint filter = 0; filter < Filters; filter += 4)
            {
                var from = sums + filter * pixels;
                Vector128<float> r0 = *(Vector128<float>*)from, r1 = *(Vector128<float>*)(from + pixels), r2 = *(Vector128<float>*)(from + 2 * pixels), r3 = *(Vector128<float>*)(from + 3 * pixels);
                Simd128.Transpose(ref r0, ref r1, ref r2, ref r3);
                var to = result + pixel * stride + filter;
                *(Vector128<float>*)to = r0;
                *(Vector128<float>*)(to + stride) = r1;
                *(Vector128<float>*)(to + 2 * stride) = r2;
                *(Vector128<float>*)(to + 3 * stride) = r3;
            }
    }
}
