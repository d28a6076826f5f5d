using System.Runtime.CompilerServices;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>What pools make of the windows of an image, a vector of channels at a time, the pixels of a window in row order.</summary>
static unsafe class PoolKernels
{
    /// <summary>The largest value of each window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Max(
        in PoolShape shape,
        float* x, // [inputs][xStride]
        int xStride,
        float* a, // [outputs][stride]
        int stride)
    {
        Vectors.Run(new MaxWork(shape, x, xStride, a, stride), PanelLayout.PanelWidth(shape.Channels, 0));
    }

    /// <summary>δ goes to the first pixel of a window that has its largest value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MaxGradient(
        in PoolShape shape,
        float* x, // [inputs][xStride]
        float* a, // [outputs][stride]
        float* delta, // [outputs][stride]
        int stride,
        float* result, // [inputs][xStride]
        int xStride)
    {
        new Span<float>(result, shape.Window.Inputs * xStride).Clear();
        Vectors.Run(new MaxGradientWork(shape, x, a, delta, stride, result, xStride), PanelLayout.PanelWidth(shape.Channels, 0));
    }

    /// <summary>The mean of each window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Mean(
        in PoolShape shape,
        float* x, // [inputs][xStride]
        int xStride,
        float* a, // [outputs][stride]
        int stride)
    {
        Vectors.Run(new MeanWork(shape, x, xStride, a, stride), PanelLayout.PanelWidth(shape.Channels, 0));
    }

    /// <summary>Each pixel of a window gets its part of δ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MeanGradient(
        in PoolShape shape,
        float* delta, // [outputs][stride]
        int stride,
        float* result, // [inputs][resultStride]
        int resultStride)
    {
        new Span<float>(result, shape.Window.Inputs * resultStride).Clear();
        Vectors.Run(new MeanGradientWork(shape, delta, stride, result, resultStride), PanelLayout.PanelWidth(shape.Channels, 0));
    }

    readonly struct MaxWork(PoolShape shape, float* x, int xStride, float* a, int stride) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Max<V>(shape, x, xStride, a, stride);
    }

    readonly struct MaxGradientWork(PoolShape shape, float* x, float* a, float* delta, int stride, float* result, int xStride) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => MaxGradient<V>(shape, x, a, delta, stride, result, xStride);
    }

    readonly struct MeanWork(PoolShape shape, float* x, int xStride, float* a, int stride) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Mean<V>(shape, x, xStride, a, stride);
    }

    readonly struct MeanGradientWork(PoolShape shape, float* delta, int stride, float* result, int resultStride) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => MeanGradient<V>(shape, delta, stride, result, resultStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Max<V>(in PoolShape shape, float* x, int xStride, float* a, int stride) where V : struct, ISimd<V>
    {
        nint line = (nint)shape.Window.InputWidth * xStride;
        for (var pixels = new Pixels(shape.Window); pixels.Row < shape.Window.OutputHeight; pixels.Advance(shape.Window), a += stride)
        {
            var first = x + pixels.First * xStride;
            for (var c = 0; c < shape.Channels; c += V.Count)
            {
                V largest = V.Load(first + c);
                var row = first + c;
                for (var i = pixels.Height; i > 0; i--, row += line)
                {
                    var pixel = row;
                    for (var j = pixels.Width; j > 0; j--, pixel += xStride)
                        largest = V.Max(V.Load(pixel), largest);
                }
                largest.Store(a + c);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void MaxGradient<V>(in PoolShape shape, float* x, float* a, float* delta, int stride, float* result, int xStride) where V : struct, ISimd<V>
    {
        var window = shape.Window;
        for (var pixels = new Pixels(window); pixels.Row < window.OutputHeight; pixels.Advance(window), a += stride, delta += stride)
        {
            for (var c = 0; c < shape.Channels; c += V.Count)
            {
                V largest = V.Load(a + c), left = V.Load(delta + c);
                for (var i = 0; i < pixels.Height; i++)
                    for (var j = 0; j < pixels.Width; j++)
                    {
                        var pixel = (pixels.First + i * window.InputWidth + j) * xStride + c;
                        var target = result + pixel;
                        var has = V.Equal(V.Load(x + pixel), largest);
                        (V.Load(target) + (has & left)).Store(target);
                        left = V.Select(has, V.Zero, left);
                    }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Mean<V>(in PoolShape shape, float* x, int xStride, float* a, int stride) where V : struct, ISimd<V>
    {
        var window = shape.Window;
        for (var pixels = new Pixels(window); pixels.Row < window.OutputHeight; pixels.Advance(window), a += stride)
        {
            var count = V.Splat(shape.CountsPadding ? window.Size : pixels.Height * pixels.Width);
            for (var c = 0; c < shape.Channels; c += V.Count)
            {
                var sum = V.Zero;
                var row = x + pixels.First * xStride + c;
                for (var i = 0; i < pixels.Height; i++, row += window.InputWidth * xStride)
                    for (var j = 0; j < pixels.Width; j++)
                        sum += V.Load(row + j * xStride);
                (sum / count).Store(a + c);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void MeanGradient<V>(in PoolShape shape, float* delta, int stride, float* result, int resultStride) where V : struct, ISimd<V>
    {
        var window = shape.Window;
        for (var pixels = new Pixels(window); pixels.Row < window.OutputHeight; pixels.Advance(window), delta += stride)
        {
            var count = V.Splat(shape.CountsPadding ? window.Size : pixels.Height * pixels.Width);
            for (var c = 0; c < shape.Channels; c += V.Count)
            {
                var each = V.Load(delta + c) / count;
                var row = result + pixels.First * resultStride + c;
                for (var i = 0; i < pixels.Height; i++, row += window.InputWidth * resultStride)
                    for (var j = 0; j < pixels.Width; j++)
                        (V.Load(row + j * resultStride) + each).Store(row + j * resultStride);
            }
        }
    }

    /// <summary>The pixels of an image that a window reads, window by window: what lies in the padding is left out.</summary>
    struct Pixels
    {
        /// <summary>The row of windows.</summary>
        public int Row;

        /// <summary>The first pixel that the window reads, and how many rows and columns of them.</summary>
        public nint First;

        /// <inheritdoc cref="First"/>
        public int Height, Width;

        int _y, _column, _left;

        public Pixels(in ImageWindow window) => BeginRow(window);

        /// <summary>Goes to the next window.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Advance(in ImageWindow window)
        {
            if (++_column < window.OutputWidth)
            {
                _left += window.Stride.Width;
                Place(window);
                return;
            }
            Row++;
            BeginRow(window);
        }

        void BeginRow(in ImageWindow window)
        {
            var top = Row * window.Stride.Height - window.Top;
            _y = Math.Max(0, top);
            Height = Math.Min(window.InputHeight, top + window.Height) - _y;
            (_column, _left) = (0, -window.Left);
            Place(window);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void Place(in ImageWindow window)
        {
            var x = Math.Max(0, _left);
            Width = Math.Min(window.InputWidth, _left + window.Width) - x;
            First = (nint)_y * window.InputWidth + x;
        }
    }
}
