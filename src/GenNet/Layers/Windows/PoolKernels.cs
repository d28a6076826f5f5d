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
        var window = shape.Window;
        for (var output = 0; output < window.Outputs; output++, a += stride)
        {
            var pixels = new Pixels(window, output);
            var first = x + pixels.First * xStride;
            for (var c = 0; c < shape.Channels; c += V.Count)
            {
                V largest = V.Load(first + c);
                var row = first + c;
                for (var i = 0; i < pixels.Height; i++, row += window.InputWidth * xStride)
                    for (var j = 0; j < pixels.Width; j++)
                        largest = V.Max(V.Load(row + j * xStride), largest);
                largest.Store(a + c);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void MaxGradient<V>(in PoolShape shape, float* x, float* a, float* delta, int stride, float* result, int xStride) where V : struct, ISimd<V>
    {
        var window = shape.Window;
        for (var output = 0; output < window.Outputs; output++, a += stride, delta += stride)
        {
            var pixels = new Pixels(window, output);
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
        for (var output = 0; output < window.Outputs; output++, a += stride)
        {
            var pixels = new Pixels(window, output);
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
        for (var output = 0; output < window.Outputs; output++, delta += stride)
        {
            var pixels = new Pixels(window, output);
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

    /// <summary>The pixels of an image that a window reads: what lies in the padding is left out.</summary>
    readonly struct Pixels
    {
        public readonly nint First;
        public readonly int Height, Width;

        public Pixels(in ImageWindow window, int output)
        {
            int top = output / window.OutputWidth * window.Stride.Height - window.Top, left = output % window.OutputWidth * window.Stride.Width - window.Left;
            int y = Math.Max(0, top), x = Math.Max(0, left);
            (Height, Width) = (Math.Min(window.InputHeight, top + window.Height) - y, Math.Min(window.InputWidth, left + window.Width) - x);
            First = (nint)y * window.InputWidth + x;
        }
    }
}
