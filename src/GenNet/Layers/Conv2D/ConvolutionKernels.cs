using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Runtime;

namespace GenNet.Kernels;

/// <summary>The three products of a convolution, image by image.</summary>
[SkipLocalsInit]
static unsafe class ConvolutionKernels
{
    /// <summary>Weights of a filter whose gradients are computed at a time, before the optimiser uses them.</summary>
    const int GradientRows = 32;

    static readonly AlignedBuffer Zeros = new(PanelLayout.Width);

    /// <summary>Floats of scratch memory for the gradients of weights.</summary>
    public const int ScratchLength = GradientRows * PanelLayout.Width;

    /// <summary>An image with the zeros around it, as its windows read it, pixel behind pixel.</summary>
    public static void Pack(
        in Window window, int channels,
        float* x, // [height × width][stride]
        int stride,
        float* packed) // [padded height × padded width][channels]
    {
        int width = window.PaddedWidth, columns = Math.Min(window.InputWidth, width - window.Left);
        for (var row = 0; row < window.PaddedHeight; row++, packed += width * channels)
        {
            var y = row - window.Top;
            if ((uint)y >= (uint)window.InputHeight)
            {
                new Span<float>(packed, width * channels).Clear();
                continue;
            }
            new Span<float>(packed, window.Left * channels).Clear();
            Copy(x + (nint)y * window.InputWidth * stride, stride, packed + window.Left * channels, channels, columns);
            new Span<float>(packed + (window.Left + columns) * channels, (width - window.Left - columns) * channels).Clear();
        }
    }

    /// <summary>Pixels from rows of one length to such of another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Copy(float* from, int fromStride, float* to, int toStride, int pixels, int channels)
    {
        for (var pixel = 0; pixel < pixels; pixel++, from += fromStride, to += toStride)
            for (var channel = 0; channel < channels; channel++)
                to[channel] = from[channel];
    }

    static void Copy(float* from, int stride, float* to, int channels, int pixels)
    {
        if (stride == channels)
            new ReadOnlySpan<float>(from, pixels * channels).CopyTo(new(to, pixels * channels));
        else
            Copy(from, stride, to, channels, pixels, channels);
    }

    /// <summary>z = b + Σ x·W, a = g(z), of one image. <paramref name="z"/> may be <paramref name="a"/>.</summary>
    public static void Forward<TActivation>(
        in ConvolutionShape shape,
        float* parameters, // the network's
        float* packed, // [padded height × padded width][channels]
        float* z, // [output height × output width][stride]
        float* a, // [output height × output width][stride]
        int stride) where TActivation : struct, IActivation
    {
        for (var o = 0; o < shape.Filters; o += PanelLayout.Width)
        {
            var width = PanelLayout.PanelWidth(shape.Filters, o);
            Product(shape.Window, shape.Channels, packed, parameters + shape.Offset + o * shape.Depth, width, parameters + shape.BiasOffset + o, z + o, stride);
            ActivationKernels.Activate<TActivation>(z + o, a + o, stride, shape.Window.Outputs, width);
        }
    }

    /// <summary>Each pixel of the result as the sum over its window, kernel row by kernel row.</summary>
    static void Product(
        in Window window, int channels,
        float* packed, // [padded height × padded width][channels]
        float* weights, // [window][channels][width]
        int width,
        float* start, // [width]
        float* result, // [outputs][stride]
        int stride)
    {
        nint row = (nint)window.PaddedWidth * channels, column = (nint)window.Stride * channels;

        // Pixels side by side are one run.
        var together = window.Dilation == 1 ? window.Width : 1;
        nint gap = (nint)(window.Dilation - 1) * channels;
        ConvolutionTile.Product(new(window.Outputs)
        {
            First = new(packed),
            ARow = column,
            RowsOfRun = window.OutputWidth,
            RowJump = window.Stride * row - window.OutputWidth * column,
            Outer = window.Height,
            Inner = window.Width / together,
            Length = together * channels,
            AStep = 1,
            InnerJump = gap,
            OuterJump = window.Dilation * row - (window.Width / together) * (together * channels + gap),
            B = weights,
            BStep = width,
            Start = start,
            StartRow = 0,
            C = result,
            CRow = stride,
        }, width);
    }

    /// <summary>∂L/∂W = Σ x·δ and ∂L/∂b = Σδ over all pixels of all images: stored, added, or turned into new weights at once. The share is of pieces of <see cref="GradientRows"/> weights × a panel.</summary>
    public static void WeightGradient<TOptimizer>(
        in ConvolutionShape shape, GradientUse<TOptimizer> use,
        float* packed, // [samples][padded height × padded width][channels]
        int packedLength,
        float* delta, // [samples × outputs][stride]
        int stride, int samples, in Share share,
        float* scratch) // [ScratchLength]
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        int positions = shape.Window.Outputs, rows = samples * positions;
        var pieces = (shape.Depth + GradientRows - 1) / GradientRows;
        var first = share.Of(pieces * ((shape.Filters + PanelLayout.Width - 1) / PanelLayout.Width), out var end);
        for (var o = 0; o < shape.Filters; o += PanelLayout.Width, first -= pieces, end -= pieces)
        {
            int piece = Math.Max(first, 0), last = Math.Min(end, pieces);
            if (piece >= last)
                continue;
            var width = PanelLayout.PanelWidth(shape.Filters, o);
            for (var row = 0; row < rows;)
            {
                var part = use.Part(row, rows, positions);
                if (piece == 0)
                    PanelKernels.BiasGradient(shape.BiasOffset + o, width, use, part, delta + o, stride, scratch);
                for (var k = piece * GradientRows; k < Math.Min(last * GradientRows, shape.Depth); k += GradientRows)
                    WeightGradient(shape, use, packed, packedLength, part, delta + o, stride, o, width, k, Math.Min(GradientRows, shape.Depth - k), scratch);
                row = part.End;
            }
        }
    }

    /// <summary>The gradients of some weights of a panel of filters, over the images of a part.</summary>
    static void WeightGradient<TOptimizer>(
        in ConvolutionShape shape, GradientUse<TOptimizer> use, float* packed, int packedLength, in PartRows part, float* delta, int stride, int o, int width, int k, int count, float* scratch)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var positions = shape.Window.Outputs;
        var offset = shape.Offset + o * shape.Depth + k * width;
        use.Begin(part, offset, scratch, count * width);
        for (var row = part.First; row < part.End; row += positions)
            AddImage(shape, packed + (nint)(row / positions) * packedLength, delta + (nint)row * stride, stride, width, k, count, scratch);
        use.End(part, offset, scratch, count * width, merged: false, biases: false);
    }

    /// <summary>Adds an image's to the gradients of weights k, k + 1, … of a panel.</summary>
    static void AddImage(in ConvolutionShape shape, float* packed, float* delta, int stride, int width, int k, int count, float* sums)
    {
        var window = shape.Window;
        nint row = (nint)window.PaddedWidth * shape.Channels, column = (nint)window.Stride * shape.Channels;

        // The weights of a kernel row lie side by side, as do the pixels that they are for; with a dilation those of a pixel do.
        var together = (window.Dilation == 1 ? window.Width : 1) * shape.Channels;
        for (var left = count; left > 0;)
        {
            var (run, within) = Math.DivRem(k, together);
            var (i, j) = window.Dilation == 1 ? (run, 0) : Math.DivRem(run, window.Width);
            var rows = window.Dilation == 1 ? left : Math.Min(left, together - within);
            ConvolutionTile.Product(new(rows)
            {
                First = new(packed + i * window.Dilation * row + (nint)j * window.Dilation * shape.Channels + within, within),
                ARow = 1,
                RowsOfRun = together,
                RowJump = row - together,
                Outer = window.OutputHeight,
                Inner = 1,
                Length = window.OutputWidth,
                AStep = column,
                InnerJump = 0,
                OuterJump = window.Stride * row - window.OutputWidth * column,
                B = delta,
                BStep = stride,
                Start = sums,
                StartRow = width,
                C = sums,
                CRow = width,
            }, width);
            k += rows;
            left -= rows;
            sums += rows * width;
        }
    }

    /// <summary>The window of the convolution that makes ∂L/∂x of δ: one for each pixel, over δ with <c>Stride</c> − 1 zeros between its pixels and as many around as the kernel reaches.</summary>
    public static Window Reversed(in Window window)
    {
        int top = (window.Height - 1) * window.Dilation - window.Top, left = (window.Width - 1) * window.Dilation - window.Left;
        return new(window.OutputHeight, window.OutputWidth, window.Height, window.Width, 1, window.Dilation, top, left, window.InputHeight, window.InputWidth);
    }

    /// <summary>∂L/∂x = Σ δ·W over all places of the kernel that read the pixel, of one image.</summary>
    public static void InputGradient(
        in ConvolutionShape shape,
        float* delta, // [outputs][stride]
        int stride,
        float* result, // [inputs][resultStride]
        int resultStride,
        float* reversed, // weights: see Reverse
        float* packed) // [PackedLength of Reversed]
    {
        var window = Reversed(shape.Window);
        Spread(window, shape.Window.Stride, shape.Filters, delta, stride, packed);
        for (var c = 0; c < shape.Channels; c += PanelLayout.Width)
        {
            var width = PanelLayout.PanelWidth(shape.Channels, c);
            Product(window, shape.Filters, packed, reversed, width, Zeros.Pointer, result + c, resultStride);
            reversed += shape.Window.Size * shape.Filters * width;
        }
    }

    /// <summary>δ with zeros between its pixels and around them.</summary>
    static void Spread(in Window window, int step, int channels, float* delta, int stride, float* packed)
    {
        nint width = (nint)window.PaddedWidth * channels;
        new Span<float>(packed, checked((int)(window.PaddedHeight * width))).Clear();
        for (var y = 0; y < window.InputHeight; y++)
        {
            var row = window.Top + y * step;
            if ((uint)row >= (uint)window.PaddedHeight)
                continue;

            // Pixels outside are of windows that lie in the zeros around the image altogether.
            var skipped = Math.Max(0, (-window.Left + step - 1) / step);
            var end = Math.Min(window.InputWidth, (window.PaddedWidth - window.Left + step - 1) / step);
            Copy(delta + ((nint)y * window.InputWidth + skipped) * stride, stride, packed + row * width + (window.Left + skipped * step) * channels, step * channels, end - skipped, channels);
        }
    }

    /// <summary>Floats of the weights as <see cref="InputGradient"/> reads them.</summary>
    public static int ReversedLength(in ConvolutionShape shape) => shape.Window.Size * shape.Filters * PanelLayout.PaddedOutputs(shape.Channels);

    /// <summary>The weights as the reversed convolution reads them: [channels/32][window, from its last place to its first][filters][panel].</summary>
    public static void Reverse(
        in ConvolutionShape shape,
        float* parameters, // the network's
        float* reversed)
    {
        for (var c = 0; c < shape.Channels; c += PanelLayout.Width)
        {
            var width = PanelLayout.PanelWidth(shape.Channels, c);
            var columns = Math.Min(width, shape.Channels - c);
            var filters = 0;
            for (var place = shape.Window.Size - 1; place >= 0; place--)
                for (var o = 0; o < shape.Filters; o += PanelLayout.Width, reversed += filters * width)
                {
                    filters = Math.Min(PanelLayout.Width, shape.Filters - o);
                    var sourceWidth = PanelLayout.PanelWidth(shape.Filters, o);
                    var source = parameters + shape.Offset + o * shape.Depth + (place * shape.Channels + c) * sourceWidth;
                    MatrixTranspose.Copy(source, sourceWidth, reversed, width, columns, filters);
                }
        }
    }
}
