using System.Runtime.CompilerServices;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>Makes images larger, a vector of channels at a time.</summary>
static unsafe class UpSamplingKernels
{
    /// <summary>a = x at so many times as many pixels, of one image. An interpolated pixel is a sum over those that it takes, in row order from zero, by fused multiply-adds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(
        in UpSamplingShape shape,
        float* x, // [height × width][xStride]
        int xStride,
        float* a, // [output height × output width][stride]
        int stride)
    {
        if (shape.Interpolation == Interpolation.Nearest)
            Vectors.Run(new RepeatWork(shape, x, xStride, a, stride), PanelLayout.PanelWidth(shape.Channels, 0));
        else
            Vectors.Run(new InterpolateWork(shape, x, xStride, a, stride), PanelLayout.PanelWidth(shape.Channels, 0));
    }

    /// <summary>∂L/∂x of one image: for each pixel the sum over the pixels that take it, in row order from zero; of interpolated ones by fused multiply-adds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(
        in UpSamplingShape shape,
        float* delta, // [output height × output width][stride]
        int stride,
        float* result, // [height × width][resultStride]
        int resultStride)
    {
        if (shape.Interpolation == Interpolation.Nearest)
        {
            Vectors.Run(new GatherWork(shape, delta, stride, result, resultStride), PanelLayout.PanelWidth(shape.Channels, 0));
            return;
        }
        new Span<float>(result, shape.Inputs * resultStride).Clear();
        Vectors.Run(new ScatterWork(shape, delta, stride, result, resultStride), PanelLayout.PanelWidth(shape.Channels, 0));
    }

    readonly struct RepeatWork(UpSamplingShape shape, float* x, int xStride, float* a, int stride) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Repeat<V>(shape, x, xStride, a, stride);
    }

    readonly struct InterpolateWork(UpSamplingShape shape, float* x, int xStride, float* a, int stride) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Interpolate<V>(shape, x, xStride, a, stride);
    }

    readonly struct GatherWork(UpSamplingShape shape, float* delta, int stride, float* result, int resultStride) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Gather<V>(shape, delta, stride, result, resultStride);
    }

    readonly struct ScatterWork(UpSamplingShape shape, float* delta, int stride, float* result, int resultStride) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Scatter<V>(shape, delta, stride, result, resultStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Repeat<V>(in UpSamplingShape shape, float* x, int xStride, float* a, int stride) where V : struct, ISimd<V>
    {
        var line = shape.OutputWidth * stride;
        for (var y = 0; y < shape.Height; y++)
        {
            var row = a;
            for (var column = 0; column < shape.Width; column++, x += xStride)
                for (var copy = 0; copy < shape.Across; copy++, a += stride)
                    for (var c = 0; c < shape.Channels; c += V.Count)
                        V.Load(x + c).Store(a + c);
            for (var copy = 1; copy < shape.Down; copy++, a += line)
                new ReadOnlySpan<float>(row, line).CopyTo(new(a, line));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Interpolate<V>(in UpSamplingShape shape, float* x, int xStride, float* a, int stride) where V : struct, ISimd<V>
    {
        int height = shape.OutputHeight, width = shape.OutputWidth;
        for (var y = 0; y < height; y++)
        {
            var rows = new Taps(shape.Height, shape.Down, y);
            for (var column = 0; column < width; column++, a += stride)
            {
                var columns = new Taps(shape.Width, shape.Across, column);
                var first = x + ((nint)rows.First * shape.Width + columns.First) * xStride;
                for (var c = 0; c < shape.Channels; c += V.Count)
                {
                    var sum = V.Zero;
                    for (var i = 0; i < rows.Count; i++)
                        for (var j = 0; j < columns.Count; j++)
                            sum = V.Fma(V.Splat(rows.Weight(i) * columns.Weight(j)), V.Load(first + ((nint)i * shape.Width + j) * xStride + c), sum);
                    sum.Store(a + c);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Gather<V>(in UpSamplingShape shape, float* delta, int stride, float* result, int resultStride) where V : struct, ISimd<V>
    {
        nint line = (nint)shape.OutputWidth * stride;
        for (var y = 0; y < shape.Height; y++, delta += shape.Down * line)
            for (var column = 0; column < shape.Width; column++, result += resultStride)
            {
                var first = delta + (nint)column * shape.Across * stride;
                for (var c = 0; c < shape.Channels; c += V.Count)
                {
                    var sum = V.Zero;
                    for (var i = 0; i < shape.Down; i++)
                        for (var j = 0; j < shape.Across; j++)
                            sum += V.Load(first + i * line + j * stride + c);
                    sum.Store(result + c);
                }
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Scatter<V>(in UpSamplingShape shape, float* delta, int stride, float* result, int resultStride) where V : struct, ISimd<V>
    {
        int height = shape.OutputHeight, width = shape.OutputWidth;
        for (var y = 0; y < height; y++)
        {
            var rows = new Taps(shape.Height, shape.Down, y);
            for (var column = 0; column < width; column++, delta += stride)
            {
                var columns = new Taps(shape.Width, shape.Across, column);
                var first = result + ((nint)rows.First * shape.Width + columns.First) * resultStride;
                for (var i = 0; i < rows.Count; i++)
                    for (var j = 0; j < columns.Count; j++)
                    {
                        var weight = V.Splat(rows.Weight(i) * columns.Weight(j));
                        var target = first + ((nint)i * shape.Width + j) * resultStride;
                        for (var c = 0; c < shape.Channels; c += V.Count)
                            V.Fma(weight, V.Load(delta + c), V.Load(target + c)).Store(target + c);
                    }
            }
        }
    }
}
