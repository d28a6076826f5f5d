using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>The three products of a convolution, image by image.</summary>
[SkipLocalsInit]
static unsafe class ConvolutionKernels
{
    /// <summary>Weights of a filter whose gradients are computed at a time, before the optimiser uses them.</summary>
    public const int GradientRows = 32;

    /// <summary>Weights of a filter that make a piece of work: as many as a tile has rows, so that threads share the few of a first layer.</summary>
    const int PieceRows = 8;

    static readonly AlignedBuffer Zeros = new(PanelLayout.Width);

    /// <summary>Floats of scratch memory for the gradients of weights.</summary>
    public const int ScratchLength = 2 * GradientRows * PanelLayout.Width;

    /// <summary>An image with the zeros around it, as its windows read it, pixel behind pixel.</summary>
    public static void Pack(
        in ImageWindow window, int channels,
        float* x, // [height × width][stride]
        int stride,
        float* packed, // [padded height × padded width][pixel]
        int pixel)
    {
        // Padded rows bring the zeros behind a pixel's channels along.
        var copied = stride >= pixel ? pixel : channels;
        int width = window.PaddedWidth, columns = Math.Min(window.InputWidth, width - window.Left);
        for (var row = 0; row < window.PaddedHeight; row++, packed += width * pixel)
        {
            var y = row - window.Top;
            if ((uint)y >= (uint)window.InputHeight || copied < pixel)
                new Span<float>(packed, width * pixel).Clear();
            if ((uint)y >= (uint)window.InputHeight)
                continue;
            new Span<float>(packed, window.Left * pixel).Clear();
            Copy(x + (nint)y * window.InputWidth * stride, stride, packed + window.Left * pixel, pixel, columns, copied);
            new Span<float>(packed + (window.Left + columns) * pixel, (width - window.Left - columns) * pixel).Clear();
        }
    }

    /// <summary>Pixels from rows of one length to such of another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Copy(float* from, int fromStride, float* to, int toStride, int pixels, int channels)
    {
        if (fromStride == channels && toStride == channels)
            new ReadOnlySpan<float>(from, pixels * channels).CopyTo(new(to, pixels * channels));
        else if (channels >= Simd128.Count)
            Vectors.Run(new CopyWork(from, fromStride, to, toStride, pixels, channels), channels);
        else
            for (var pixel = 0; pixel < pixels; pixel++, from += fromStride, to += toStride)
                for (var channel = 0; channel < channels; channel++)
                    to[channel] = from[channel];
    }

    readonly struct CopyWork(float* from, int fromStride, float* to, int toStride, int pixels, int channels) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Copy<V>(from, fromStride, to, toStride, pixels, channels);
    }

    /// <summary>Whole vectors, the last of which may reach back into the one before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Copy<V>(float* from, nint fromStride, float* to, nint toStride, int pixels, int channels) where V : struct, ISimd<V>
    {
        nint last = channels - V.Count;
        for (; pixels > 0; pixels--, from += fromStride, to += toStride)
        {
            for (nint channel = 0; channel < last; channel += V.Count)
                V.Load(from + channel).Store(to + channel);
            V.Load(from + last).Store(to + last);
        }
    }

    /// <summary>z = b + Σ x·W, a = g(z), of one image. <paramref name="z"/> may be <paramref name="a"/>.</summary>
    public static void Forward<TActivation>(
        in ConvolutionShape shape,
        float* parameters, // the network's
        float* packed, // [padded height × padded width][pixel]
        int pixel,
        float* z, // [output height × output width][stride]
        float* a, // [output height × output width][stride]
        int stride,
        float* group) // [GroupLength of the outputs]
        where TActivation : struct, IActivation
    {
        for (var o = 0; o < shape.Filters; o += PanelLayout.Width)
        {
            var width = PanelLayout.PanelWidth(shape.Filters, o);
            float* weights = parameters + shape.Offset + o * shape.Depth, start = parameters + shape.BiasOffset + o;
            var rectifies = typeof(TActivation) == typeof(ReLU) && z == a && shape.Groups == 1;
            if (PixelTile.Suits(shape.Window, pixel, width))
                PixelTile.Product(shape.Window, packed, weights, start, z + o, stride, rectifies);
            else if (shape.Groups == 1)
                Product(shape.Window, pixel, shape.Channels, packed, weights, width, start, z + o, stride, rectifies);
            else
                ProductOfGroups(shape.Window, pixel, shape.GroupChannels, new(shape.GroupFilters, o, Math.Min(width, shape.Filters - o)), packed, weights, 0, width, start, z + o, stride, group);
            if (!rectifies)
                ActivationKernels.Activate<TActivation>(z + o, a + o, stride, shape.Window.Outputs, width);
        }
    }

    /// <summary>The same for a panel of columns that belong to several groups, each of which takes channels of its own.</summary>
    static void ProductOfGroups(
        in ImageWindow window, int pixel, int channels, in GroupColumns columns,
        float* packed, // [padded height × padded width][pixel]
        float* weights, // [window][channels][width], of each group its own if step > 0
        int step, int width,
        float* start, // [width]
        float* result, // [outputs][stride]
        int stride,
        float* group) // [outputs][width]
    {
        for (var row = 0; row < window.Outputs; row++)
            new Span<float>(result + (nint)row * stride, width).Clear();
        for (var of = columns.First; of < columns.End; of++, weights += step)
        {
            Product(window, pixel, channels, packed + of * channels, weights, width, start, group, width);
            columns.Copy(of, group, width, result, stride, window.Outputs);
        }
    }

    /// <summary>Each pixel of the result as the sum over its window, kernel row by kernel row.</summary>
    public static void Product(
        in ImageWindow window, int pixel, int channels,
        float* packed, // [padded height × padded width][pixel], from the first of the channels on
        float* weights, // [window][channels][width]
        int width,
        float* start, // [width]
        float* result, // [outputs][stride]
        int stride, bool rectifies = false)
    {
        nint row = (nint)window.PaddedWidth * pixel, column = (nint)window.Stride.Width * pixel;

        // Pixels side by side are one run.
        var together = window.Dilation.Width == 1 && pixel == channels ? window.Width : 1;
        var gap = together == 1 ? (nint)window.Dilation.Width * pixel - channels : 0;
        ConvolutionTile.Product(new(window.Outputs)
        {
            First = new(packed),
            ARow = column,
            RowsOfRun = window.OutputWidth,
            RowJump = window.Stride.Height * row - window.OutputWidth * column,
            Outer = window.Height,
            Inner = window.Width / together,
            Length = together * channels,
            AStep = 1,
            InnerJump = gap,
            OuterJump = window.Dilation.Height * row - (window.Width / together) * (together * channels + gap),
            B = weights,
            BStep = width,
            Start = start,
            StartRow = 0,
            C = result,
            CRow = stride,
            Rectifies = rectifies,
        }, width);
    }

    /// <summary>∂L/∂W = Σ x·δ and ∂L/∂b = Σδ over all pixels of all images: stored, added, or turned into new weights at once. The share is of pieces of <see cref="PieceRows"/> weights × a panel.</summary>
    public static void WeightGradient<TOptimizer>(
        in ConvolutionShape shape, GradientUse<TOptimizer> use,
        float* packed, // [samples][padded height × padded width][pixel]
        int pixel, int packedLength,
        float* delta, // [samples × outputs][stride]
        int stride, int samples, in Share share,
        float* scratch) // [ScratchLength]
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        int positions = shape.Window.Outputs, rows = samples * positions;
        var pieces = (shape.Depth + PieceRows - 1) / PieceRows;
        var first = share.Of(pieces * ((shape.Filters + PanelLayout.Width - 1) / PanelLayout.Width), out var end);
        for (var o = 0; o < shape.Filters; o += PanelLayout.Width, first -= pieces, end -= pieces)
        {
            int piece = Math.Max(first, 0), last = Math.Min(Math.Min(end, pieces) * PieceRows, shape.Depth);
            if (piece * PieceRows >= last)
                continue;
            var width = PanelLayout.PanelWidth(shape.Filters, o);
            var columns = new GroupColumns(shape.GroupFilters, o, Math.Min(width, shape.Filters - o));
            for (var row = 0; row < rows;)
            {
                var part = use.Part(row, rows, positions);
                if (piece == 0)
                    PanelKernels.BiasGradient(shape.BiasOffset + o, width, use, part, delta + o, stride, scratch);
                for (var k = piece * PieceRows; k < last; k += GradientRows)
                    WeightGradient(shape, use, packed, pixel, packedLength, part, delta + o, stride, o, width, columns, k, Math.Min(GradientRows, last - k), scratch);
                row = part.End;
            }
        }
    }

    /// <summary>The gradients of some weights of a panel of filters, over the images of a part.</summary>
    static void WeightGradient<TOptimizer>(
        in ConvolutionShape shape, GradientUse<TOptimizer> use, float* packed, int pixel, int packedLength, in PartRows part, float* delta, int stride, int o, int width, in GroupColumns columns, int k, int count, float* scratch)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var positions = shape.Window.Outputs;
        var offset = shape.Offset + o * shape.Depth + k * width;
        if (shape.Groups > 1)
            new Span<float>(scratch, count * width).Clear();
        for (var group = columns.First; group < columns.End; group++)
        {
            var sums = shape.Groups == 1 ? scratch : scratch + GradientRows * PanelLayout.Width;
            use.Begin(part, offset, sums, count * width);
            for (var row = part.First; row < part.End; row += positions)
                AddImage(shape, packed + (nint)(row / positions) * packedLength + group * shape.GroupChannels, pixel, delta + (nint)row * stride, stride, width, k, count, sums);
            if (shape.Groups > 1)
                columns.Copy(group, sums, width, scratch, width, count);
        }
        use.End(part, offset, scratch, count * width, merged: false, biases: false);
    }

    /// <summary>Adds an image's to the gradients of weights k, k + 1, … of a panel.</summary>
    public static void AddImage(in ConvolutionShape shape, float* packed, int pixel, float* delta, int stride, int width, int k, int count, float* sums)
    {
        var window = shape.Window;
        nint row = (nint)window.PaddedWidth * pixel, column = (nint)window.Stride.Width * pixel;

        // The weights of a kernel row lie side by side, as do the pixels that they are for; with a dilation of columns, or groups, those of a pixel do.
        var wholeRows = window.Dilation.Width == 1 && pixel == shape.GroupChannels;
        var together = (wholeRows ? window.Width : 1) * shape.GroupChannels;
        for (var left = count; left > 0;)
        {
            var (run, within) = Math.DivRem(k, together);
            var (i, j) = wholeRows ? (run, 0) : Math.DivRem(run, window.Width);
            var rows = wholeRows ? left : Math.Min(left, together - within);
            ConvolutionTile.Product(new(rows)
            {
                First = new(packed + i * window.Dilation.Height * row + (nint)j * window.Dilation.Width * pixel + within, within),
                ARow = 1,
                RowsOfRun = together,
                RowJump = window.Dilation.Height * row - together,
                Outer = window.OutputHeight,
                Inner = 1,
                Length = window.OutputWidth,
                AStep = column,
                InnerJump = 0,
                OuterJump = window.Stride.Height * row - window.OutputWidth * column,
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

    /// <summary>The window of the convolution that makes ∂L/∂x of δ: one for each pixel, over δ with as many zeros between its pixels as a stride skips and as many around as the kernel reaches.</summary>
    public static ImageWindow Reversed(in ImageWindow window)
    {
        int top = (window.Height - 1) * window.Dilation.Height - window.Top, left = (window.Width - 1) * window.Dilation.Width - window.Left;
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
        float* packed, // [PackedLength of Reversed]
        float* group) // [GroupLength of the inputs]
    {
        var window = Reversed(shape.Window);
        var pixel = shape.IsPointwise ? stride : shape.Filters;
        if (shape.IsPointwise)
            packed = delta;
        else
            Spread(window, shape.Window.Stride, shape.Filters, pixel, delta, stride, packed);
        for (var c = 0; c < shape.Channels; c += PanelLayout.Width)
        {
            var width = PanelLayout.PanelWidth(shape.Channels, c);
            var columns = new GroupColumns(shape.GroupChannels, c, Math.Min(width, shape.Channels - c));
            var length = shape.Window.Size * shape.GroupFilters * width;
            if (shape.Groups == 1)
                Product(window, pixel, shape.Filters, packed, reversed, width, Zeros.Pointer, result + c, resultStride);
            else
                ProductOfGroups(window, pixel, shape.GroupFilters, columns, packed, reversed, length, width, Zeros.Pointer, result + c, resultStride, group);
            reversed += (columns.End - columns.First) * length;
        }
    }

    /// <summary>δ with zeros between its pixels and around them.</summary>
    public static void Spread(in ImageWindow window, Size2D step, int channels, int pixel, float* delta, int stride, float* packed)
    {
        nint width = (nint)window.PaddedWidth * pixel;
        new Span<float>(packed, checked((int)(window.PaddedHeight * width))).Clear();
        for (var y = 0; y < window.InputHeight; y++)
        {
            var row = window.Top + y * step.Height;
            if ((uint)row >= (uint)window.PaddedHeight)
                continue;

            // Pixels outside are of windows that lie in the zeros around the image altogether.
            var skipped = Math.Max(0, (-window.Left + step.Width - 1) / step.Width);
            var end = Math.Min(window.InputWidth, (window.PaddedWidth - window.Left + step.Width - 1) / step.Width);
            Copy(delta + ((nint)y * window.InputWidth + skipped) * stride, stride, packed + row * width + (window.Left + skipped * step.Width) * pixel, step.Width * pixel, end - skipped, channels);
        }
    }

    /// <summary>Floats of the weights as <see cref="InputGradient"/> reads them.</summary>
    public static int ReversedLength(in ConvolutionShape shape)
    {
        var length = 0;
        for (var c = 0; c < shape.Channels; c += PanelLayout.Width)
        {
            var width = PanelLayout.PanelWidth(shape.Channels, c);
            var columns = new GroupColumns(shape.GroupChannels, c, Math.Min(width, shape.Channels - c));
            length = checked(length + (columns.End - columns.First) * shape.Window.Size * shape.GroupFilters * width);
        }
        return length;
    }

    /// <summary>The weights as the reversed convolution reads them: [channels/32][groups among them][window, from its last place to its first][filters of the group][panel].</summary>
    public static void Reverse(
        in ConvolutionShape shape,
        float* parameters, // the network's
        float* reversed)
    {
        for (var c = 0; c < shape.Channels; c += PanelLayout.Width)
        {
            var width = PanelLayout.PanelWidth(shape.Channels, c);
            var columns = Math.Min(width, shape.Channels - c);
            var groups = new GroupColumns(shape.GroupChannels, c, columns);
            for (var group = groups.First; group < groups.End; group++)
            {
                // Columns of other groups are computed, and not kept.
                int first = Math.Max(c, group * shape.GroupChannels), count = Math.Min(c + columns, (group + 1) * shape.GroupChannels) - first;
                if (shape.Groups > 1)
                    new Span<float>(reversed, shape.Window.Size * shape.GroupFilters * width).Clear();
                for (var place = shape.Window.Size - 1; place >= 0; place--)
                    reversed = Transpose(shape, parameters, group * shape.GroupFilters, (group + 1) * shape.GroupFilters, place * shape.GroupChannels + first - group * shape.GroupChannels, count, reversed, first - c, width);
            }
        }
    }

    /// <summary>Weights of some filters for channels side by side: [filters][width].</summary>
    static float* Transpose(in ConvolutionShape shape, float* parameters, int o, int end, int row, int count, float* target, int column, int width)
    {
        while (o < end)
        {
            var panel = o / PanelLayout.Width * PanelLayout.Width;
            int filters = Math.Min(panel + PanelLayout.Width, end) - o, sourceWidth = PanelLayout.PanelWidth(shape.Filters, panel);
            var source = parameters + shape.Offset + panel * shape.Depth + row * sourceWidth + (o - panel);
            if (shape.Groups == 1)
                MatrixTranspose.Copy(source, sourceWidth, target, width, count, filters);
            else
                for (var f = 0; f < filters; f++)
                    for (var c = 0; c < count; c++)
                        target[f * width + column + c] = source[c * sourceWidth + f];
            target += filters * width;
            o += filters;
        }
        return target;
    }
}
