using System.Runtime.CompilerServices;
using GenNet.Runtime;

namespace GenNet.Kernels;

/// <summary>Puts an image into a larger one of zeros, and takes it out again.</summary>
static unsafe class ZeroPaddingKernels
{
    /// <summary>a = x with zeros around it, of one image.</summary>
    public static void Pad(
        in ZeroPaddingShape shape,
        float* x, // [height × width][xStride]
        int xStride,
        float* a, // [output height × output width][stride]
        int stride)
    {
        int line = shape.OutputWidth * stride, left = shape.Left * stride, right = shape.Right * stride;
        new Span<float>(a, shape.Top * line).Clear();
        a += shape.Top * line;
        for (var y = 0; y < shape.Height; y++, x += shape.Width * xStride, a += line)
        {
            new Span<float>(a, left).Clear();
            if (xStride == stride)
                new ReadOnlySpan<float>(x, shape.Width * stride).CopyTo(new(a + left, shape.Width * stride));
            else
                Spread(x, xStride, a + left, stride, shape.Width, shape.Channels);
            new Span<float>(a + line - right, right).Clear();
        }
        new Span<float>(a, shape.Bottom * line).Clear();
    }

    /// <summary>Pixels from rows without padding to such with some.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Spread(float* from, int fromStride, float* to, int toStride, int pixels, int channels)
    {
        for (var pixel = 0; pixel < pixels; pixel++, from += fromStride, to += toStride)
            for (var channel = 0; channel < channels; channel++)
                to[channel] = from[channel];
    }

    /// <summary>∂L/∂x: δ without what belongs to the zeros, of one image.</summary>
    public static void Crop(
        in ZeroPaddingShape shape,
        float* delta, // [output height × output width][stride]
        float* result, // [height × width][stride]
        int stride)
    {
        delta += (shape.Top * shape.OutputWidth + shape.Left) * stride;
        for (var y = 0; y < shape.Height; y++, delta += shape.OutputWidth * stride, result += shape.Width * stride)
            new ReadOnlySpan<float>(delta, shape.Width * stride).CopyTo(new(result, shape.Width * stride));
    }
}
