using System.Runtime.InteropServices;
using GenNet.Activations;
using GenNet.Kernels;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Tests.Layers.Conv2D;

/// <summary>Images of every width from 1 to 33 and of a few heights, so that tiles begin and end everywhere: each sum has the bits of its terms taken one by one, in the declared order.</summary>
public unsafe class ConvolutionSizesTests
{
    /// <summary>Channels, filters and groups: of one channel, of part of a vector, of a vector and more, and of each channel by itself.</summary>
    public static TheoryData<int, int, int, int, int> Shapes() => new()
    {
        { 1, 7, 1, 3, 1 }, { 1, 5, 1, 2, 2 }, { 3, 6, 1, 3, 1 }, { 2, 16, 1, 3, 1 }, { 3, 20, 1, 1, 1 }, { 2, 40, 1, 2, 1 },
        { 5, 5, 5, 3, 1 }, { 20, 20, 20, 3, 1 }, { 4, 4, 4, 3, 2 }, { 4, 4, 4, 1, 3 }, { 6, 4, 2, 3, 1 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_size_of_image_has_the_sums_of_single_terms(int channels, int filters, int groups, int kernel, int stride)
    {
        if (!SimdWidth.HasFusedMultiplyAdd)
            return;
        var random = new RandomStream(7);
        for (var height = 1; height <= 5; height++)
            for (var width = 1; width <= 33; width++)
                for (var padding = 0; padding <= 1; padding++)
                    if (ImageWindow.Of(height, width, kernel, kernel, stride, 1, kernel > 1 ? padding : 0) is { } window)
                        Check(new ConvolutionShape(window, channels, filters, 0, groups), ref random);
    }

    static void Check(ConvolutionShape shape, ref RandomStream random)
    {
        var window = shape.Window;
        int xStride = Stride(shape.Channels), stride = Stride(shape.Filters);
        float[] parameters = Numbers(shape.BiasOffset + Stride(shape.Filters), ref random), x = Numbers(window.Inputs * xStride, ref random), delta = Numbers(window.Outputs * stride, ref random);
        var reversed = ConvolutionKernels.Reversed(window);
        using Memory p = new(parameters), input = new(x), output = new(new float[window.Outputs * stride]), given = new(delta), result = new(new float[window.Inputs * xStride]);
        using Memory packed = new(new float[Math.Max(shape.PackedLength, reversed.PaddedHeight * reversed.PaddedWidth * shape.Pixel) + 64]), group = new(new float[shape.GroupLength(window.Outputs) + 16]);
        Clear(given.Pointer, window.Outputs, stride, shape.Filters);
        Clear(input.Pointer, window.Inputs, xStride, shape.Channels);
        ConvolutionKernels.Pack(window, shape.Channels, input.Pointer, xStride, packed.Pointer, shape.Pixel);
        if (shape.IsDepthwise)
            DepthwiseKernels.Forward<ReLU>(shape, p.Pointer, packed.Pointer, output.Pointer, output.Pointer, stride);
        else
            ConvolutionKernels.Forward<ReLU>(shape, p.Pointer, packed.Pointer, shape.Pixel, output.Pointer, output.Pointer, stride, group.Pointer);
        for (var pixel = 0; pixel < window.Outputs; pixel++)
            for (var filter = 0; filter < shape.Filters; filter++)
                AssertSame(shape, "output", pixel, filter, Output(shape, p.Pointer, input.Pointer, xStride, pixel, filter), output.Pointer[pixel * stride + filter]);
        if (!shape.IsDepthwise)
            return;
        DepthwiseKernels.InputGradient(shape, p.Pointer, given.Pointer, stride, result.Pointer, xStride, packed.Pointer);
        for (var pixel = 0; pixel < window.Inputs; pixel++)
            for (var channel = 0; channel < shape.Channels; channel++)
                AssertSame(shape, "gradient", pixel, channel, Gradient(shape, p.Pointer, given.Pointer, stride, pixel, channel), result.Pointer[pixel * xStride + channel]);
    }

    static float Output(in ConvolutionShape shape, float* parameters, float* x, int xStride, int pixel, int filter)
    {
        var window = shape.Window;
        var (row, column) = Math.DivRem(pixel, window.OutputWidth);
        var first = filter / shape.GroupFilters * shape.GroupChannels;
        var sum = parameters[shape.BiasOffset + filter];
        for (var i = 0; i < window.Height; i++)
            for (var j = 0; j < window.Width; j++)
                for (var c = 0; c < shape.GroupChannels; c++)
                {
                    int y = row * window.Stride.Height + i - window.Top, at = column * window.Stride.Width + j - window.Left;
                    var value = (uint)y < (uint)window.InputHeight && (uint)at < (uint)window.InputWidth ? x[(y * window.InputWidth + at) * xStride + first + c] : 0;
                    sum = MathF.FusedMultiplyAdd(value, Weight(shape, parameters, filter, (i * window.Width + j) * shape.GroupChannels + c), sum);
                }
        return Math.Max(sum, 0);
    }

    /// <summary>∂L/∂x of a depthwise convolution: over the outputs that read a pixel, in row order.</summary>
    static float Gradient(in ConvolutionShape shape, float* parameters, float* delta, int stride, int pixel, int channel)
    {
        var window = shape.Window;
        var (y, x) = Math.DivRem(pixel, window.InputWidth);
        var sum = 0f;
        for (var output = 0; output < window.Outputs; output++)
        {
            int i = y + window.Top - output / window.OutputWidth * window.Stride.Height, j = x + window.Left - output % window.OutputWidth * window.Stride.Width;
            if ((uint)i < (uint)window.Height && (uint)j < (uint)window.Width)
                sum = MathF.FusedMultiplyAdd(delta[output * stride + channel], Weight(shape, parameters, channel, i * window.Width + j), sum);
        }
        return sum;
    }

    static float Weight(in ConvolutionShape shape, float* parameters, int filter, int term)
    {
        // A panel has 32 filters, the last 4, 8, 16 or 32.
        int panel = filter / 32 * 32, left = shape.Filters - panel;
        return parameters[shape.Offset + panel * shape.Depth + term * (left <= 4 ? 4 : left <= 8 ? 8 : left <= 16 ? 16 : 32) + filter - panel];
    }

    /// <summary>Floats from a pixel to the next: whole lines.</summary>
    static int Stride(int channels) => (channels <= 16 ? 1 : (channels + 31) / 32 * 2) * 16;

    static void AssertSame(in ConvolutionShape shape, string what, int pixel, int channel, float expected, float actual)
    {
        if (expected != actual)
            Assert.Fail($"{shape}: {what} of pixel {pixel}, channel {channel}, is {actual:R}, not {expected:R}.");
    }

    /// <summary>What is behind the channels of a pixel is zero.</summary>
    static void Clear(float* values, int rows, int stride, int used)
    {
        for (var row = 0; row < rows; row++)
            new Span<float>(values + row * stride + used, stride - used).Clear();
    }

    static float[] Numbers(int count, ref RandomStream random)
    {
        var numbers = new float[count];
        for (var i = 0; i < count; i++)
            numbers[i] = 2 * random.NextSingle() - 1;
        return numbers;
    }

    /// <summary>Aligned memory.</summary>
    readonly struct Memory : IDisposable
    {
        public readonly float* Pointer;

        public Memory(float[] values)
        {
            Pointer = (float*)NativeMemory.AlignedAlloc((nuint)(values.Length + 64) * sizeof(float), 64);
            values.CopyTo(new Span<float>(Pointer, values.Length));
        }

        public void Dispose() => NativeMemory.AlignedFree(Pointer);
    }
}
