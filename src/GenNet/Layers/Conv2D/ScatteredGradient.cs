using System.Runtime.CompilerServices;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>
/// ∂L/∂x of a convolution as strips: δ of an output times the weights of a kernel row is a strip of pixels side by side, which is added to the image where that output read them,
/// output by output in row order. The other way, <see cref="ConvolutionKernels.InputGradient"/>, keeps the sum of a pixel in registers, but computes with as many zeros as there are
/// between and around the outputs, and one pixel's channels at a time.
/// </summary>
[SkipLocalsInit]
static unsafe class ScatteredGradient
{
    /// <summary>Outputs whose strips are computed at a time.</summary>
    const int OutputsAtOnce = 64;

    static readonly AlignedBuffer Zeros = new(PanelLayout.Width);

    /// <summary>Whether a convolution's gradient is computed this way: its sizes alone tell, because the order of sums is another.</summary>
    public static bool Suits(in ConvolutionShape shape) => shape.Groups == 1 && shape.Window is { Dilation: { Height: 1, Width: 1 } } && (shape.Window.Stride.Height > 1 || shape.Window.Stride.Width > 1 || (shape.Channels < PanelLayout.Line && shape.Window.Width > 1));

    /// <summary>Pixels of a strip, in floats.</summary>
    static int Columns(in ConvolutionShape shape) => shape.Window.Width * shape.Channels;

    /// <summary>Floats from one strip to the next, in whole lines: what is behind a strip is zero.</summary>
    static int StripLength(in ConvolutionShape shape) => PanelLayout.RoundUp(PanelLayout.PaddedOutputs(Columns(shape)), PanelLayout.Line);

    /// <summary>Rows of outputs whose strips are computed at a time.</summary>
    static int RowsAtOnce(in ImageWindow window) => Math.Max(1, OutputsAtOnce / window.OutputWidth);

    static long StripsLength(in ConvolutionShape shape) => (long)RowsAtOnce(shape.Window) * shape.Window.OutputWidth * shape.Window.Height * StripLength(shape);

    /// <summary>Floats of memory for strips and an image, behind which strips may reach.</summary>
    public static int ScratchLength(in ConvolutionShape shape) => checked((int)(StripsLength(shape) + shape.PackedLength + StripLength(shape)));

    /// <summary>Floats of the weights as <see cref="Transpose"/> has them.</summary>
    public static int TransposedLength(in ConvolutionShape shape) => shape.Window.Height * shape.Filters * PanelLayout.PaddedOutputs(Columns(shape));

    /// <summary>The weights of each kernel row, transposed: [kernel height][columns/32][filters][panel].</summary>
    public static void Transpose(
        in ConvolutionShape shape,
        float* parameters, // the network's
        float* transposed)
    {
        var columns = Columns(shape);
        for (var row = 0; row < shape.Window.Height; row++)
            for (var column = 0; column < columns; column += PanelLayout.Width)
            {
                var width = PanelLayout.PanelWidth(columns, column);
                for (var o = 0; o < shape.Filters; o += PanelLayout.Width)
                {
                    int sourceWidth = PanelLayout.PanelWidth(shape.Filters, o), filters = Math.Min(PanelLayout.Width, shape.Filters - o);
                    var source = parameters + shape.Offset + o * shape.Depth + (row * columns + column) * sourceWidth;
                    MatrixTranspose.Copy(source, sourceWidth, transposed, width, Math.Min(width, columns - column), filters);
                    transposed += filters * width;
                }
            }
    }

    /// <summary>Makes memory that others have used what <see cref="Compute"/> takes: zero behind the strips.</summary>
    public static void Clear(in ConvolutionShape shape, float* scratch) => new Span<float>(scratch, (int)StripsLength(shape)).Clear();

    /// <summary>∂L/∂x of one image.</summary>
    public static void Compute(
        in ConvolutionShape shape,
        float* delta, // [outputs][stride]
        int stride,
        float* result, // [inputs][resultStride]
        int resultStride,
        float* transposed,
        float* scratch) // [ScratchLength]
    {
        var window = shape.Window;
        int strip = StripLength(shape), rowsAtOnce = RowsAtOnce(window), channels = shape.Channels;
        var image = scratch + StripsLength(shape);
        new Span<float>(image, shape.PackedLength + strip).Clear();
        for (var y = 0; y < window.OutputHeight; y += rowsAtOnce)
        {
            var rows = Math.Min(rowsAtOnce, window.OutputHeight - y);
            Strips(shape, delta + (nint)y * window.OutputWidth * stride, stride, rows * window.OutputWidth, transposed, scratch, strip);
            Add(scratch, strip, image + (nint)y * window.Stride.Height * window.PaddedWidth * channels, rows, window, channels);
        }
        for (var y = 0; y < window.InputHeight; y++, result += window.InputWidth * resultStride)
            Unpack(window, channels, image, y, result, resultStride);
    }

    /// <summary>δ of some outputs times the weights of each kernel row: [outputs][kernel height][strip].</summary>
    static void Strips(in ConvolutionShape shape, float* delta, int stride, int outputs, float* transposed, float* strips, int strip)
    {
        var columns = Columns(shape);
        for (var row = 0; row < shape.Window.Height; row++)
            for (var column = 0; column < columns; column += PanelLayout.Width)
            {
                var width = PanelLayout.PanelWidth(columns, column);
                RegisterTile.Product(new(outputs, shape.Filters)
                {
                    A = delta,
                    ARow = stride,
                    AStep = 1,
                    B = transposed,
                    BStep = width,
                    Start = Zeros.Pointer,
                    StartRow = 0,
                    C = strips + row * strip + column,
                    CRow = shape.Window.Height * strip,
                }, width);
                transposed += shape.Filters * width;
            }
    }

    /// <summary>Adds the strips of rows of outputs to the image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Add(float* strips, int strip, float* image, int rows, in ImageWindow window, int channels) =>
        Vectors.Run(new AddWork(strips, strip, image, rows, window, channels));

    readonly struct AddWork(float* strips, int strip, float* image, int rows, ImageWindow window, int channels) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Add<V>(strips, strip, image, rows, window, channels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Add<V>(float* strips, int strip, float* image, int rows, in ImageWindow window, int channels) where V : struct, ISimd<V>
    {
        nint line = (nint)window.PaddedWidth * channels, step = (nint)window.Stride.Width * channels;
        for (var y = 0; y < rows; y++, image += window.Stride.Height * line)
        {
            var first = image;
            for (var x = 0; x < window.OutputWidth; x++, first += step)
            {
                // The strips of one output lie on different lines, so none waits for the one before it.
                var target = first;
                for (var i = 0; i < window.Height; i++, target += line, strips += strip)
                    for (var j = 0; j < strip; j += V.Count)
                        (V.Load(target + j) + V.Load(strips + j)).Store(target + j);
            }
        }
    }

    /// <summary>A row of pixels without the zeros around the image; those that no window reads get nothing.</summary>
    static void Unpack(in ImageWindow window, int channels, float* image, int y, float* result, int stride)
    {
        var row = y + window.Top;
        for (var x = 0; x < window.InputWidth; x++, result += stride)
        {
            new Span<float>(result, stride).Clear();
            if (row < window.PaddedHeight && x + window.Left < window.PaddedWidth)
                Copy(image + ((nint)row * window.PaddedWidth + x + window.Left) * channels, result, channels);
        }
    }

    static void Copy(float* from, float* to, int count)
    {
        for (var i = 0; i < count; i++)
            to[i] = from[i];
    }
}
