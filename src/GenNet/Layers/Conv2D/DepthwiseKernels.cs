using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>
/// A convolution whose filters take one channel each, a vector of channels at a time, straight from the rows of pixels. What lies outside the image is left out.
/// Sums go over kernel row and kernel column, those of weights over the outputs in row order, those of pixels over the outputs that read them in row order; all by fused multiply-adds.
/// </summary>
[SkipLocalsInit]
static unsafe class DepthwiseKernels
{
    /// <summary>Outputs of a row, or weights, that are computed at a time.</summary>
    const int AtOnce = 8;

    static readonly AlignedBuffer Zeros = new(PanelLayout.Width);

    /// <summary>Floats of scratch memory for the gradients of weights; 0 of other convolutions.</summary>
    public static int ScratchLength(in ConvolutionShape shape) => shape.IsDepthwise ? checked(shape.Window.Size * PanelLayout.Width) : 0;

    /// <summary>z = b + Σ x·W, a = g(z), of one image. <paramref name="z"/> may be <paramref name="a"/>.</summary>
    public static void Forward<TActivation>(
        in ConvolutionShape shape,
        float* parameters, // the network's
        float* x, // [inputs][xStride]
        int xStride,
        float* z, // [outputs][stride]
        float* a, // [outputs][stride]
        int stride) where TActivation : struct, IActivation
    {
        for (var c = 0; c < shape.Channels; c += PanelLayout.Width)
        {
            var width = PanelLayout.PanelWidth(shape.Channels, c);
            Product(new(shape.Window, x + c, xStride, parameters + shape.Offset + c * shape.Depth, width, parameters + shape.BiasOffset + c, z + c, stride), width);
            ActivationKernels.Activate<TActivation>(z + c, a + c, stride, shape.Window.Outputs, width);
        }
    }

    /// <summary>∂L/∂x of one image: where the stride is 1, each pixel as a sum over δ with the kernel turned around; else output by output, which is the same order.</summary>
    public static void InputGradient(
        in ConvolutionShape shape,
        float* parameters, // the network's
        float* delta, // [outputs][stride]
        int stride,
        float* result, // [inputs][resultStride]
        int resultStride)
    {
        var window = shape.Window;
        var gathers = window is { Stride: { Height: 1, Width: 1 } };
        if (!gathers)
            new Span<float>(result, window.Inputs * resultStride).Clear();
        for (var c = 0; c < shape.Channels; c += PanelLayout.Width)
        {
            var width = PanelLayout.PanelWidth(shape.Channels, c);
            var weights = parameters + shape.Offset + c * shape.Depth;
            if (gathers)
                Product(new(ConvolutionKernels.Reversed(window), delta + c, stride, weights + (window.Size - 1) * width, -width, Zeros.Pointer, result + c, resultStride), width);
            else
                Scatter(new(window, delta + c, stride, weights, width, null, result + c, resultStride), width);
        }
    }

    /// <summary>∂L/∂W = Σ x·δ and ∂L/∂b = Σδ over all pixels of all images. The share is of panels.</summary>
    public static void WeightGradient<TOptimizer>(
        in ConvolutionShape shape, GradientUse<TOptimizer> use,
        float* x, // [samples × inputs][xStride]
        int xStride,
        float* delta, // [samples × outputs][stride]
        int stride, int samples, in Share share,
        float* scratch) // [ScratchLength]
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var window = shape.Window;
        int positions = window.Outputs, rows = samples * positions;
        var first = share.Of((shape.Channels + PanelLayout.Width - 1) / PanelLayout.Width, out var end);
        for (var c = first * PanelLayout.Width; c < Math.Min(shape.Channels, end * PanelLayout.Width); c += PanelLayout.Width)
        {
            int width = PanelLayout.PanelWidth(shape.Channels, c), offset = shape.Offset + c * shape.Depth;
            for (var row = 0; row < rows;)
            {
                var part = use.Part(row, rows, positions);
                PanelKernels.BiasGradient(shape.BiasOffset + c, width, use, part, delta + c, stride, scratch);
                use.Begin(part, offset, scratch, window.Size * width);
                for (; row < part.End; row += positions)
                    Gradient(new(window, x + (nint)(row / positions) * window.Inputs * xStride + c, xStride, scratch, width, null, delta + (nint)row * stride + c, stride), width);
                use.End(part, offset, scratch, window.Size * width, merged: false, biases: false);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Product(in Operands operands, int width) => Vectors.Run(new ProductWork(operands, width), width);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Scatter(in Operands operands, int width) => Vectors.Run(new ScatterWork(operands, width), width);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Gradient(in Operands operands, int width) => Vectors.Run(new GradientWork(operands, width), width);

    /// <summary>An image, the weights of a panel of channels, and what is made of them.</summary>
    readonly struct Operands(in ImageWindow window, float* x, int xStride, float* weights, int step, float* start, float* y, int yStride)
    {
        public readonly ImageWindow Window = window;

        /// <summary>[inputs][XStride].</summary>
        public readonly float* X = x;
        public readonly nint XStride = xStride;

        /// <summary>[window][Step].</summary>
        public readonly float* Weights = weights;
        public readonly nint Step = step;

        /// <summary>What sums start from.</summary>
        public readonly float* Start = start;

        /// <summary>[outputs][YStride].</summary>
        public readonly float* Y = y;
        public readonly nint YStride = yStride;
    }

    readonly struct ProductWork(Operands operands, int width) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Product<V>(operands, width);
    }

    readonly struct ScatterWork(Operands operands, int width) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Scatter<V>(operands, width);
    }

    readonly struct GradientWork(Operands operands, int width) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Gradient<V>(operands, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Product<V>(in Operands operands, int width) where V : struct, ISimd<V>
    {
        var window = operands.Window;
        nint xStride = operands.XStride, stride = operands.YStride, line = window.InputWidth * xStride;
        nint across = window.Dilation.Width * xStride, right = window.Stride.Width * xStride;
        var whole = Places.Whole(window);
        for (var c = 0; c < width; c += V.Count)
        {
            float* x = operands.X + c, weights = operands.Weights + c, y = operands.Y + c;
            var start = V.Load(operands.Start + c);
            for (var row = 0; row < window.OutputHeight; row++, y += window.OutputWidth * stride)
            {
                var down = new Places(row * window.Stride.Height - window.Top, window.Dilation.Height, window.Height, window.InputHeight);
                var first = x + (nint)down.Pixel * line;
                var places = weights + down.First * window.Width * operands.Step;
                for (var column = 0; column < window.OutputWidth;)
                {
                    var left = column * window.Stride.Width - window.Left;
                    if (column >= whole.First && column < whole.End)
                    {
                        // Of a whole row the last eight overlap those before: the same sums twice.
                        var count = whole.End - column;
                        if (count >= AtOnce || column - whole.First >= AtOnce)
                        {
                            column = Math.Min(column, whole.End - AtOnce);
                            left = column * window.Stride.Width - window.Left;
                            Eight(first + left * xStride, right, places, y + column * stride, stride, start, down.Count, window.Width, window.Dilation.Height * line, across, operands.Step);
                            column += AtOnce;
                            continue;
                        }
                    }
                    var over = new Places(left, window.Dilation.Width, window.Width, window.InputWidth);
                    var sum = start;
                    var pixels = first + (nint)over.Pixel * xStride;
                    var weight = places + over.First * operands.Step;
                    for (var i = 0; i < down.Count; i++, pixels += window.Dilation.Height * line, weight += window.Width * operands.Step)
                        for (var j = 0; j < over.Count; j++)
                            sum = V.Fma(V.Load(pixels + j * across), V.Load(weight + j * operands.Step), sum);
                    sum.Store(y + column * stride);
                    column++;
                }
            }
        }
    }

    /// <summary>Eight outputs side by side, none of which reaches over a side of the image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Eight<V>(float* x, nint right, float* weight, float* y, nint stride, V start, int height, int width, nint down, nint across, nint step) where V : struct, ISimd<V>
    {
        V s0 = start, s1 = start, s2 = start, s3 = start, s4 = start, s5 = start, s6 = start, s7 = start;
        for (var i = 0; i < height; i++, x += down)
        {
            var pixel = x;
            for (var j = 0; j < width; j++, pixel += across, weight += step)
            {
                var w = V.Load(weight);
                float* next = pixel + 4 * right;
                s0 = V.Fma(V.Load(pixel), w, s0);
                s1 = V.Fma(V.Load(pixel + right), w, s1);
                s2 = V.Fma(V.Load(pixel + 2 * right), w, s2);
                s3 = V.Fma(V.Load(pixel + 3 * right), w, s3);
                s4 = V.Fma(V.Load(next), w, s4);
                s5 = V.Fma(V.Load(next + right), w, s5);
                s6 = V.Fma(V.Load(next + 2 * right), w, s6);
                s7 = V.Fma(V.Load(next + 3 * right), w, s7);
            }
        }
        s0.Store(y);
        s1.Store(y + stride);
        s2.Store(y + 2 * stride);
        s3.Store(y + 3 * stride);
        y += 4 * stride;
        s4.Store(y);
        s5.Store(y + stride);
        s6.Store(y + 2 * stride);
        s7.Store(y + 3 * stride);
    }

    /// <summary>Adds x·w to all pixels that an output reads, output by output, x being δ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Scatter<V>(in Operands operands, int width) where V : struct, ISimd<V>
    {
        var window = operands.Window;
        nint stride = operands.YStride, line = window.InputWidth * stride, across = window.Dilation.Width * stride;
        for (var c = 0; c < width; c += V.Count)
        {
            float* delta = operands.X + c, weights = operands.Weights + c, result = operands.Y + c;
            for (var row = 0; row < window.OutputHeight; row++)
            {
                var down = new Places(row * window.Stride.Height - window.Top, window.Dilation.Height, window.Height, window.InputHeight);
                for (var column = 0; column < window.OutputWidth; column++, delta += operands.XStride)
                {
                    var over = new Places(column * window.Stride.Width - window.Left, window.Dilation.Width, window.Width, window.InputWidth);
                    var d = V.Load(delta);
                    var target = result + (nint)down.Pixel * line + (nint)over.Pixel * stride;
                    var weight = weights + (down.First * window.Width + over.First) * operands.Step;
                    for (var i = 0; i < down.Count; i++, target += window.Dilation.Height * line, weight += window.Width * operands.Step)
                        for (var j = 0; j < over.Count; j++)
                            V.Fma(d, V.Load(weight + j * operands.Step), V.Load(target + j * across)).Store(target + j * across);
                }
            }
        }
    }

    /// <summary>Adds an image's Σ x·δ to the sums in the place of the weights, δ being what was made.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Gradient<V>(in Operands operands, int width) where V : struct, ISimd<V>
    {
        var window = operands.Window;
        nint xStride = operands.XStride, stride = operands.YStride, line = window.InputWidth * xStride;
        nint across = window.Dilation.Width * xStride, right = window.Stride.Width * xStride;
        var whole = Places.Whole(window);
        for (var c = 0; c < width; c += V.Count)
        {
            float* x = operands.X + c, delta = operands.Y + c;
            for (var row = 0; row < window.OutputHeight; row++, delta += window.OutputWidth * stride)
            {
                var down = new Places(row * window.Stride.Height - window.Top, window.Dilation.Height, window.Height, window.InputHeight);
                var first = x + (nint)down.Pixel * line;
                var sums = operands.Weights + c + down.First * window.Width * operands.Step;
                for (var i = 0; i < down.Count; i++, first += window.Dilation.Height * line, sums += window.Width * operands.Step)
                {
                    Ends<V>(window, first, xStride, across, delta, stride, sums, operands.Step, 0, whole.First);
                    var pixel = first + (nint)(whole.First * window.Stride.Width - window.Left) * xStride;
                    var j = 0;
                    for (; window.Width - j >= 3; j += 3)
                        Three<V>(pixel + j * across, across, right, delta + whole.First * stride, stride, sums + j * operands.Step, operands.Step, whole.End - whole.First);
                    for (; j < window.Width; j++)
                        One<V>(pixel + j * across, right, delta + whole.First * stride, stride, sums + j * operands.Step, whole.End - whole.First);
                    Ends<V>(window, first, xStride, across, delta, stride, sums, operands.Step, whole.End, window.OutputWidth);
                }
            }
        }
    }

    /// <summary>Three weights side by side, over outputs that reach over no side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Three<V>(float* x, nint across, nint right, float* delta, nint stride, float* sums, nint step, int count) where V : struct, ISimd<V>
    {
        V s0 = V.Load(sums), s1 = V.Load(sums + step), s2 = V.Load(sums + 2 * step);
        for (var n = 0; n < count; n++, x += right, delta += stride)
        {
            var d = V.Load(delta);
            s0 = V.Fma(V.Load(x), d, s0);
            s1 = V.Fma(V.Load(x + across), d, s1);
            s2 = V.Fma(V.Load(x + 2 * across), d, s2);
        }
        s0.Store(sums);
        s1.Store(sums + step);
        s2.Store(sums + 2 * step);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void One<V>(float* x, nint right, float* delta, nint stride, float* sums, int count) where V : struct, ISimd<V>
    {
        var sum = V.Load(sums);
        for (var n = 0; n < count; n++, x += right, delta += stride)
            sum = V.Fma(V.Load(x), V.Load(delta), sum);
        sum.Store(sums);
    }

    /// <summary>The weights of a kernel row over outputs that may reach over a side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Ends<V>(in ImageWindow window, float* x, nint xStride, nint across, float* delta, nint stride, float* sums, nint step, int column, int end) where V : struct, ISimd<V>
    {
        for (; column < end; column++)
        {
            var over = new Places(column * window.Stride.Width - window.Left, window.Dilation.Width, window.Width, window.InputWidth);
            var d = V.Load(delta + column * stride);
            for (var j = 0; j < over.Count; j++)
            {
                var sum = sums + (over.First + j) * step;
                V.Fma(V.Load(x + (nint)over.Pixel * xStride + j * across), d, V.Load(sum)).Store(sum);
            }
        }
    }

    /// <summary>The places of a kernel that lie on the image, along one of its sides.</summary>
    readonly struct Places
    {
        /// <summary>The first of them, the pixel that it reads, and how many there are.</summary>
        public readonly int First, Pixel, Count;

        public Places(int before, int dilation, int size, int pixels)
        {
            First = before < 0 ? (dilation - 1 - before) / dilation : 0;
            Pixel = before + First * dilation;
            Count = Math.Max(0, Math.Min(size, (pixels - before + dilation - 1) / dilation) - First);
        }

        /// <summary>The outputs of a row whose kernel reaches over neither side, from First to End.</summary>
        public static (int First, int End) Whole(in ImageWindow window)
        {
            var first = Math.Min(window.OutputWidth, (window.Left + window.Stride.Width - 1) / window.Stride.Width);
            var room = window.InputWidth + window.Left - WindowLayout.Reach(window.Width, window.Dilation.Width);
            return (first, Math.Max(first, Math.Min(window.OutputWidth, room < 0 ? 0 : room / window.Stride.Width + 1)));
        }
    }
}
