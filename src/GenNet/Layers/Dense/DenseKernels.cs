using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>The three products of a dense layer over a batch, and what is applied to each element of their results.</summary>
[SkipLocalsInit]
static unsafe class DenseKernels
{
    /// <summary>Inputs whose weight gradients are computed at a time, before the optimiser uses them.</summary>
    const int GradientRows = 32;

    /// <summary>Floats of scratch memory that every method here may use.</summary>
    public const int ScratchLength = 2 * GradientRows * PanelLayout.Width;

    static readonly AlignedBuffer Zeros = new(PanelLayout.Width);

    /// <summary>Rows that take less time one by one, with their sums' parts side by side, than as a tile of eight. A row of a single vector keeps half as many sums in flight.</summary>
    static int FewRows(int parts) => parts switch { 1 => 1, 8 => 2, _ => 3 };

    /// <summary>z = xW + b, a = g(z). <paramref name="z"/> may be <paramref name="a"/>. Writes 0 to <paramref name="check"/>, unless it is null, where x is finite, and NaN where it is not.</summary>
    public static void Forward<TActivation>(
        in DenseShape shape,
        float* parameters, // the network's
        in Rows x, // [rows][inputs]
        float* z, // [rows][stride]
        float* a, // [rows][stride]
        int stride, float* check = null) where TActivation : struct, IActivation
    {
        if (x.Count <= FewRows(shape.Parts))
        {
            ForwardRows<TActivation>(shape, parameters, x, z, a, stride, check);
            return;
        }
        for (var o = 0; o < shape.Outputs; o += PanelLayout.Width)
        {
            var width = PanelLayout.PanelWidth(shape.Outputs, o);
            ForwardPanel(shape, parameters, x, z + o, stride, o, width);
            // An input that is not finite leaves no z of its row finite, whatever the weights: one column tells, before g may hide it.
            if (check != null && o == 0)
                *check = FiniteCheck.SumOfProducts(z, x.Count, stride);
            ActivationKernels.Activate<TActivation>(z + o, a + o, stride, x.Count, width);
        }
    }

    /// <summary>z of a panel of outputs: apart from the activations, for each of which it would be compiled anew.</summary>
    static void ForwardPanel(in DenseShape shape, float* parameters, in Rows x, float* z, int stride, int o, int width)
    {
        // Sums in two parts are faster as two products, the second added to the first.
        var products = shape.Parts == 2 && width == PanelLayout.Width ? 2 : 1;
        for (var product = 0; product < products; product++)
        {
            var first = PartialSums.Start(shape.Inputs, products, product);
            RegisterTile.Product(new(x.Count, PartialSums.Start(shape.Inputs, products, product + 1) - first)
            {
                A = x.Pointer + first,
                ARow = x.Stride,
                AStep = 1,
                B = parameters + shape.Offset + o * shape.Inputs + first * width,
                BStep = width,
                Start = product == 0 ? parameters + shape.BiasOffset + o : Zeros.Pointer,
                StartRow = 0,
                C = z,
                CRow = stride,
                Factor = product,
            }, width, shape.Parts / products);
        }
    }

    /// <summary>The same, row by row.</summary>
    static void ForwardRows<TActivation>(in DenseShape shape, float* parameters, in Rows x, float* z, float* a, int stride, float* check) where TActivation : struct, IActivation
    {
        var together = z == a && check == null;
        for (var row = 0; row < x.Count; row++)
            if (together)
                Dense.Row<TActivation>(shape, parameters, x.Pointer + (nint)row * x.Stride, a + (nint)row * stride);
            else
                Dense.Row<Identity>(shape, parameters, x.Pointer + (nint)row * x.Stride, z + (nint)row * stride);
        if (together)
            return;
        if (check != null)
            *check = FiniteCheck.SumOfProducts(z, x.Count, stride);
        for (var o = 0; o < shape.Outputs; o += PanelLayout.Width)
            ActivationKernels.Activate<TActivation>(z + o, a + o, stride, x.Count, PanelLayout.PanelWidth(shape.Outputs, o));
    }

    /// <summary>∂L/∂W = xᵀδ and ∂L/∂b = Σδ: stored, added, or turned into new weights at once. The share is of pieces of <see cref="GradientRows"/> inputs × a panel.</summary>
    public static void WeightGradient<TOptimizer>(
        in DenseShape shape, GradientUse<TOptimizer> use,
        in Rows x, // [rows][inputs]
        float* delta, // [rows][stride]
        int stride, int positions, in Share share,
        float* scratch) // [ScratchLength]
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        PartRows firstOfSteps;
        scoped ref readonly var firstPart = ref use.FirstPart;
        if (positions != 1)
        {
            firstOfSteps = use.Part(0, x.Count, positions);
            firstPart = ref firstOfSteps;
        }
        var pieces = (shape.Inputs + GradientRows - 1) / GradientRows;
        var first = share.Of(pieces * ((shape.Outputs + PanelLayout.Width - 1) / PanelLayout.Width), out var end);
        for (var o = 0; o < shape.Outputs; o += PanelLayout.Width, first -= pieces, end -= pieces)
        {
            int piece = Math.Max(first, 0), last = Math.Min(end, pieces);
            // Only an optimiser that works on gradients in the cache needs them in pieces.
            var together = PanelLayout.PanelWidth(shape.Outputs, o) == PanelLayout.Width && (!use.Apply || (use.Rate != 0 && use.IsOnePart(positions))) ? last - piece : 1;
            if (piece == 0 && last > 0)
            {
                PanelKernels.BiasGradient(shape.BiasOffset + o, PanelLayout.PanelWidth(shape.Outputs, o), use, firstPart, delta + o, stride, scratch);
                for (var row = firstPart.End; row < x.Count;)
                {
                    var part = use.Part(row, x.Count, positions);
                    PanelKernels.BiasGradient(shape.BiasOffset + o, PanelLayout.PanelWidth(shape.Outputs, o), use, part, delta + o, stride, scratch);
                    row = part.End;
                }
            }
            for (; piece < last; piece += together)
            {
                var i = piece * GradientRows;
                var rows = Math.Min(together * GradientRows, shape.Inputs - i);
                WeightGradient(shape, use, x, firstPart, delta, stride, o, i, rows, scratch);
                for (var row = firstPart.End; row < x.Count;)
                {
                    var part = use.Part(row, x.Count, positions);
                    WeightGradient(shape, use, x, part, delta, stride, o, i, rows, scratch);
                    row = part.End;
                }
            }
        }
    }

    /// <summary>The gradients of some inputs' weights, of a panel, over the rows of a part.</summary>
    static void WeightGradient<TOptimizer>(
        in DenseShape shape, GradientUse<TOptimizer> use, in Rows x, in PartRows part, float* delta, int stride, int o, int i, int rows, float* scratch)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var width = PanelLayout.PanelWidth(shape.Outputs, o);
        var offset = shape.Offset + o * shape.Inputs + i * width;
        var whole = width == PanelLayout.Width;
        var applies = use.Apply && part.IsLast;

        // Whole panels can be added to weights or to what waits while they are in registers.
        var changesWeights = whole && applies && use.Rate != 0 && part.Waiting == 0;
        var merges = whole && part.Merges > 0;
        var sum = changesWeights ? use.Weights + offset
            : merges ? use.Gradients(part.Waiting - 1) + offset
            : applies || part.Merges > 0 ? scratch
            : use.Gradients(part.Waiting) + offset;
        var start = part.Continues ? use.Gradients(part.Waiting) + offset : null;
        float* inputs = x.Pointer + (nint)part.First * x.Stride + i, deltas = delta + (nint)part.First * stride + o;
        var columns = PanelLayout.PanelWidth(rows, 0);
        if (width < columns && i + columns <= x.Stride)
            NarrowProduct(inputs, x.Stride, part.Count, rows, columns, deltas, stride, width, start, sum, scratch + GradientRows * PanelLayout.Width);
        else
            RegisterTile.Product(new(rows, part.Count)
            {
                A = inputs,
                ARow = 1,
                AStep = x.Stride,
                B = deltas,
                BStep = stride,
                Start = start == null ? Zeros.Pointer : start,
                StartRow = start == null ? 0 : width,
                C = sum,
                CRow = width,
                Factor = changesWeights ? -use.Rate : merges ? 1 : 0,
                Fetch0 = use.Weights + offset,
                Fetch1 = use.State(0, offset),
                Fetch2 = use.State(1, offset),
                FetchStep = whole && applies ? use.FetchStep(part.Count) : 0,
            }, width);
        if (!changesWeights)
            use.End(part, offset, sum, rows * width, merges, biases: false);
    }

    /// <summary>xᵀδ for a panel of few outputs as (δᵀx)ᵀ: its vectors run along the inputs, which are more. Each sum has the same terms in the same order.</summary>
    static void NarrowProduct(
        float* x, // [count][xStride]
        int xStride, int count, int rows, int columns,
        float* delta, // [count][stride]
        int stride, int width, float* start, float* sum, float* transposed)
    {
        if (start != null)
            MatrixTranspose.Copy(start, width, transposed, PanelLayout.Width, rows, width);
        RegisterTile.Product(new(width, count)
        {
            A = delta,
            ARow = 1,
            AStep = stride,
            B = x,
            BStep = xStride,
            Start = start == null ? Zeros.Pointer : transposed,
            StartRow = start == null ? 0 : PanelLayout.Width,
            C = transposed,
            CRow = PanelLayout.Width,
        }, columns);
        MatrixTranspose.Copy(transposed, PanelLayout.Width, sum, width, width, rows);
    }

    /// <summary>∂L/∂x = δWᵀ. <paramref name="transposed"/> is room for a panel of Wᵀ, which is made right before it is read.</summary>
    public static void InputGradient(
        in DenseShape shape,
        float* parameters, // the network's
        in Rows delta, // [rows][outputs]
        float* result, // [rows][stride]
        int stride,
        float* transposed) // [padded outputs][panel]
    {
        for (var i = 0; i < shape.Inputs; i += PanelLayout.Width)
        {
            var width = PanelLayout.PanelWidth(shape.Inputs, i);
            Transpose(shape, parameters, i, transposed, width);
            InputGradientOfPanel(transposed, delta, result + i, stride, width, shape.Outputs, Zeros.Pointer, 0);
        }
    }

    /// <summary>∂L/∂x += δWᵀ with the whole of Wᵀ, for many products by the same weights.</summary>
    public static void AddInputGradient(
        in DenseShape shape,
        float* transposed, // [inputs/panel][padded outputs][panel]
        in Rows delta, // [rows][outputs]
        float* result, // [rows][stride]
        int stride)
    {
        for (var i = 0; i < shape.Inputs; i += PanelLayout.Width)
            InputGradientOfPanel(transposed + i * PanelLayout.PaddedOutputs(shape.Outputs), delta, result + i, stride, PanelLayout.PanelWidth(shape.Inputs, i), shape.Outputs, result + i, stride);
    }

    static void InputGradientOfPanel(float* transposed, in Rows delta, float* result, int stride, int width, int outputs, float* start, int startRow) =>
        RegisterTile.Product(new(delta.Count, outputs)
        {
            A = delta.Pointer,
            ARow = delta.Stride,
            AStep = 1,
            B = transposed,
            BStep = width,
            Start = start,
            StartRow = startRow,
            C = result,
            CRow = stride,
        }, width);

    /// <summary>The whole of Wᵀ, panel by panel.</summary>
    public static void Transpose(
        in DenseShape shape,
        float* parameters, // the network's
        float* transposed) // [inputs/panel][padded outputs][panel]
    {
        for (var i = 0; i < shape.Inputs; i += PanelLayout.Width)
            Transpose(shape, parameters, i, transposed + i * PanelLayout.PaddedOutputs(shape.Outputs), PanelLayout.PanelWidth(shape.Inputs, i));
    }

    /// <summary>Floats of the whole of Wᵀ.</summary>
    public static int WholeTransposedLength(in DenseShape shape) => PanelLayout.PaddedOutputs(shape.Inputs) * PanelLayout.PaddedOutputs(shape.Outputs);

    /// <summary>Floats of a panel of Wᵀ.</summary>
    public static int TransposedLength(in DenseShape shape) => PanelLayout.Width * PanelLayout.PaddedOutputs(shape.Outputs);

    /// <summary>Wᵀ from input <paramref name="i"/> on, a panel of it, [padded outputs][width]: the padding of W comes along, for blocks that are whole are faster.</summary>
    static void Transpose(in DenseShape shape, float* parameters, int i, float* transposed, int width)
    {
        var columns = Math.Min(width, shape.Inputs - i);
        for (var o = 0; o < shape.Outputs; o += PanelLayout.Width)
        {
            var sourceWidth = PanelLayout.PanelWidth(shape.Outputs, o);
            var source = parameters + shape.Offset + o * shape.Inputs + i * sourceWidth;
            MatrixTranspose.Copy(source, sourceWidth, transposed + o * width, width, columns, sourceWidth);
        }
    }
}
