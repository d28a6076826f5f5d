using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>
/// The three products of a transposed convolution, which are those of a convolution in other roles: it is the gradient by the inputs of the convolution the other way, its own gradient by the inputs
/// is that convolution, and its weights' gradients are those of that convolution with δ for its images and x for its δ.
/// </summary>
[SkipLocalsInit]
static unsafe class TransposedConvolution
{
    static readonly AlignedBuffer Zeros = new(PanelLayout.Width);

    /// <summary>Floats of the weights as <see cref="Transpose"/> has them.</summary>
    public static int TransposedLength(in Conv2DTransposeShape shape)
    {
        var reversed = shape.Reversed;
        return PanelLayout.RoundUp(ScatteredGradient.Suits(reversed) ? ScatteredGradient.TransposedLength(reversed) : ConvolutionKernels.ReversedLength(reversed), PanelLayout.Line);
    }

    /// <summary>Floats of memory for an image in between.</summary>
    public static int ScratchLength(in Conv2DTransposeShape shape)
    {
        var reversed = shape.Reversed;
        var spread = ConvolutionKernels.Reversed(shape.Window);
        return ScatteredGradient.Suits(reversed) ? ScatteredGradient.ScratchLength(reversed) : checked(spread.PaddedHeight * spread.PaddedWidth * shape.Channels);
    }

    /// <summary>Makes memory that others have used what <see cref="Forward"/> takes for an image in between.</summary>
    public static void Clear(in Conv2DTransposeShape shape, float* scratch)
    {
        var reversed = shape.Reversed;
        if (ScatteredGradient.Suits(reversed))
            ScatteredGradient.Clear(reversed, scratch);
    }

    /// <summary>The weights as <see cref="Forward"/> reads them.</summary>
    public static void Transpose(
        in Conv2DTransposeShape shape,
        float* parameters, // the network's
        float* transposed)
    {
        var reversed = shape.Reversed;
        if (ScatteredGradient.Suits(reversed))
            ScatteredGradient.Transpose(reversed, parameters, transposed);
        else
            ConvolutionKernels.Reverse(reversed, parameters, transposed);
    }

    /// <summary>z = Σ x·W + b, a = g(z), of one image. <paramref name="z"/> may be <paramref name="a"/>.</summary>
    public static void Forward<TActivation>(
        in Conv2DTransposeShape shape,
        float* parameters, // the network's
        float* x, // [input height × input width][xStride]
        int xStride,
        float* z, // [output height × output width][stride]
        float* a, // [output height × output width][stride]
        int stride,
        float* transposed, // see Transpose
        float* scratch) // [ScratchLength]
        where TActivation : struct, IActivation
    {
        var reversed = shape.Reversed;
        if (ScatteredGradient.Suits(reversed))
            ScatteredGradient.Compute(reversed, x, xStride, z, stride, transposed, scratch);
        else
            ConvolutionKernels.InputGradient(reversed, x, xStride, z, stride, transposed, scratch, group: null);
        for (var o = 0; o < shape.Filters; o += PanelLayout.Width)
            Complete<TActivation>(z + o, a + o, parameters + shape.BiasOffset + o, stride, shape.Outputs, PanelLayout.PanelWidth(shape.Filters, o));
    }

    /// <summary>z = z + b, a = g(z), row by row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Complete<TActivation>(float* z, float* a, float* biases, int stride, int rows, int width) where TActivation : struct, IActivation =>
        Vectors.Run(new CompleteWork<TActivation>(z, a, biases, stride, rows, width), width);

    readonly struct CompleteWork<TActivation>(float* z, float* a, float* biases, int stride, int rows, int width) : IVectorWork where TActivation : struct, IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Complete<TActivation, V>(z, a, biases, stride, rows, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Complete<TActivation, V>(float* z, float* a, float* biases, int stride, int rows, int width)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
    {
        for (var row = 0; row < rows; row++, z += stride, a += stride)
            for (var j = 0; j < width; j += V.Count)
            {
                var sum = V.Load(z + j) + V.Load(biases + j);
                sum.Store(z + j);
                if (typeof(TActivation) != typeof(Identity))
                    TActivation.Apply(sum).Store(a + j);
            }
    }

    /// <summary>∂L/∂x = Σ δ·W over what a pixel was added to, of one image.</summary>
    public static void InputGradient(
        in Conv2DTransposeShape shape,
        float* parameters, // the network's
        float* packed, // [padded height × padded width][filters]: δ
        float* result, // [input height × input width][stride]
        int stride)
    {
        for (var c = 0; c < shape.Channels; c += PanelLayout.Width)
            ConvolutionKernels.Product(
                shape.Window, shape.Filters, shape.Filters, packed, parameters + shape.Offset + c * shape.Depth, PanelLayout.PanelWidth(shape.Channels, c), Zeros.Pointer, result + c, stride);
    }

    /// <summary>
    /// ∂L/∂W = Σ x·δ and ∂L/∂b = Σδ over all pixels of all images: stored, added, or turned into new weights at once. The share is of pieces of weights × a panel of channels, and of panels of biases.
    /// </summary>
    public static void WeightGradient<TOptimizer>(
        in Conv2DTransposeShape shape, GradientUse<TOptimizer> use,
        in Rows x, // [samples × inputs][channels]
        float* packed, // [samples][padded height × padded width][filters]: δ
        int packedLength,
        float* delta, // [samples × outputs][stride]
        int stride, in Share share,
        float* scratch) // [ConvolutionKernels.ScratchLength]
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        const int Piece = ConvolutionKernels.GradientRows;
        int positions = shape.Outputs, rows = x.Count / shape.Inputs * positions;
        int pieces = (shape.Depth + Piece - 1) / Piece, panels = (shape.Filters + PanelLayout.Width - 1) / PanelLayout.Width;
        var first = share.Of(pieces * ((shape.Channels + PanelLayout.Width - 1) / PanelLayout.Width) + panels, out var end);
        for (var c = 0; c < shape.Channels; c += PanelLayout.Width, first -= pieces, end -= pieces)
        {
            int piece = Math.Max(first, 0), last = Math.Min(end, pieces);
            for (var row = 0; piece < last && row < rows;)
            {
                var part = use.Part(row, rows, positions);
                for (var k = piece * Piece; k < Math.Min(last * Piece, shape.Depth); k += Piece)
                    WeightGradient(shape, use, x, packed, packedLength, part, c, k, Math.Min(Piece, shape.Depth - k), scratch);
                row = part.End;
            }
        }
        for (var panel = Math.Max(first, 0); panel < Math.Min(end, panels); panel++)
            for (var row = 0; row < rows;)
            {
                var (part, o) = (use.Part(row, rows, positions), panel * PanelLayout.Width);
                PanelKernels.BiasGradient(shape.BiasOffset + o, PanelLayout.PanelWidth(shape.Filters, o), use, part, delta + o, stride, scratch);
                row = part.End;
            }
    }

    /// <summary>The gradients of some weights of a panel of channels, over the images of a part.</summary>
    static void WeightGradient<TOptimizer>(in Conv2DTransposeShape shape, GradientUse<TOptimizer> use, in Rows x, float* packed, int packedLength, in PartRows part, int c, int k, int count, float* scratch)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var width = PanelLayout.PanelWidth(shape.Channels, c);
        var offset = shape.Offset + c * shape.Depth + k * width;
        use.Begin(part, offset, scratch, count * width);
        for (var image = part.First / shape.Outputs; image < part.End / shape.Outputs; image++)
            ConvolutionKernels.AddImage(shape.Reversed, packed + (nint)image * packedLength, shape.Filters, x.Pointer + (nint)image * shape.Inputs * x.Stride + c, x.Stride, width, k, count, scratch);

        // What is behind the channels of x may be anything; weights are zero there.
        var channels = Math.Min(width, shape.Channels - c);
        for (var row = 0; channels < width && row < count; row++)
            new Span<float>(scratch + row * width + channels, width - channels).Clear();
        use.End(part, offset, scratch, count * width, merged: false, biases: false);
    }

    /// <summary>Scales the weights of every filter whose norm is above the limit down to it. Squares are summed by channel modulo 32, over kernel places and then channels, and these sums in order.</summary>
    public static void LimitNorms(in Conv2DTransposeShape shape, float* weights, float limit)
    {
        var lanes = stackalloc float[PanelLayout.Width];
        for (var o = 0; o < shape.Filters; o++)
        {
            new Span<float>(lanes, PanelLayout.Width).Clear();
            for (var c = 0; c < shape.Channels; c += PanelLayout.Width)
                AddSquares(shape, weights + c * shape.Depth, PanelLayout.PanelWidth(shape.Channels, c), o, lanes);
            var sum = 0f;
            for (var lane = 0; lane < PanelLayout.Width; lane++)
                sum += lanes[lane];
            var norm = MathF.Sqrt(sum);
            if (!(norm > limit))
                continue;
            var scale = limit / (norm + (float)PanelKernels.RenormEpsilon);
            for (var c = 0; c < shape.Channels; c += PanelLayout.Width)
                Scale(shape, weights + c * shape.Depth, PanelLayout.PanelWidth(shape.Channels, c), o, scale);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void AddSquares(in Conv2DTransposeShape shape, float* panel, int width, int o, float* lanes) => Vectors.Run(new AddSquaresWork(shape, panel, width, o, lanes), width);

    readonly struct AddSquaresWork(Conv2DTransposeShape shape, float* panel, int width, int o, float* lanes) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => AddSquares<V>(shape, panel, width, o, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void AddSquares<V>(in Conv2DTransposeShape shape, float* panel, int width, int o, float* lanes) where V : struct, ISimd<V>
    {
        for (var lane = 0; lane < width; lane += V.Count)
        {
            var sum = V.Load(lanes + lane);
            for (var place = 0; place < shape.Window.Size; place++)
            {
                var x = V.Load(panel + (place * shape.Filters + o) * width + lane);
                sum = V.Fma(x, x, sum);
            }
            sum.Store(lanes + lane);
        }
    }

    static void Scale(in Conv2DTransposeShape shape, float* panel, int width, int o, float scale)
    {
        for (var place = 0; place < shape.Window.Size; place++)
            for (var lane = 0; lane < width; lane++)
                panel[(place * shape.Filters + o) * width + lane] *= scale;
    }
}
