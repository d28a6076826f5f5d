using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Runtime;

namespace GenNet.Kernels;

/// <summary>The three products of a convolution whose filters take one channel each, a panel of channels at a time.</summary>
[SkipLocalsInit]
static unsafe class DepthwiseKernels
{
    static readonly AlignedBuffer Zeros = new(PanelLayout.Width);

    /// <summary>Floats of scratch memory for the gradients of weights; 0 of other convolutions.</summary>
    public static int ScratchLength(in ConvolutionShape shape) => shape.IsDepthwise ? checked(shape.Window.Size * PanelLayout.Width) : 0;

    /// <summary>z = b + Σ x·W, a = g(z), of one image. <paramref name="z"/> may be <paramref name="a"/>.</summary>
    public static void Forward<TActivation>(
        in ConvolutionShape shape,
        float* parameters, // the network's
        float* packed, // [padded height × padded width][pixel]
        float* z, // [outputs][stride]
        float* a, // [outputs][stride]
        int stride) where TActivation : struct, IActivation
    {
        for (var c = 0; c < shape.Channels; c += PanelLayout.Width)
        {
            var width = PanelLayout.PanelWidth(shape.Channels, c);
            var operands = Operands(shape.Window, packed + c, shape.Pixel, parameters + shape.Offset + c * shape.Depth, width, parameters + shape.BiasOffset + c, z + c, stride);
            operands.Rectifies = typeof(TActivation) == typeof(ReLU) && z == a;
            DepthwiseTile.Product(operands, width);
            if (!operands.Rectifies)
                ActivationKernels.Activate<TActivation>(z + c, a + c, stride, shape.Window.Outputs, width);
        }
    }

    /// <summary>∂L/∂x of one image: each pixel as a sum over δ, with the kernel turned around.</summary>
    public static void InputGradient(
        in ConvolutionShape shape,
        float* parameters, // the network's
        float* delta, // [outputs][stride]
        int stride,
        float* result, // [inputs][resultStride]
        int resultStride,
        float* packed) // [PackedLength of Reversed]
    {
        var window = ConvolutionKernels.Reversed(shape.Window);
        ConvolutionKernels.Spread(window, shape.Window.Stride, shape.Channels, shape.Pixel, delta, stride, packed);
        for (var c = 0; c < shape.Channels; c += PanelLayout.Width)
        {
            var width = PanelLayout.PanelWidth(shape.Channels, c);
            var last = parameters + shape.Offset + c * shape.Depth + (shape.Window.Size - 1) * width;
            DepthwiseTile.Product(Operands(window, packed + c, shape.Pixel, last, -width, Zeros.Pointer, result + c, resultStride), width);
        }
    }

    /// <summary>∂L/∂W = Σ x·δ and ∂L/∂b = Σδ over all pixels of all images. The share is of panels.</summary>
    public static void WeightGradient<TOptimizer>(
        in ConvolutionShape shape, GradientUse<TOptimizer> use,
        float* packed, // [samples][padded height × padded width][pixel]
        int packedLength,
        float* delta, // [samples × outputs][stride]
        int stride, int samples, in Share share,
        float* scratch) // [ScratchLength]
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        int positions = shape.Window.Outputs, rows = samples * positions, size = shape.Window.Size;
        var first = share.Of((shape.Channels + PanelLayout.Width - 1) / PanelLayout.Width, out var end);
        for (var c = first * PanelLayout.Width; c < Math.Min(shape.Channels, end * PanelLayout.Width); c += PanelLayout.Width)
        {
            int width = PanelLayout.PanelWidth(shape.Channels, c), offset = shape.Offset + c * shape.Depth;
            for (var row = 0; row < rows;)
            {
                var part = use.Part(row, rows, positions);
                PanelKernels.BiasGradient(shape.BiasOffset + c, width, use, part, delta + c, stride, scratch);
                use.Begin(part, offset, scratch, size * width);
                for (; row < part.End; row += positions)
                {
                    var image = packed + (nint)(row / positions) * packedLength + c;
                    DepthwiseTile.Gradient(Operands(shape.Window, image, shape.Pixel, scratch, width, null, delta + (nint)row * stride + c, stride), width);
                }
                use.End(part, offset, scratch, size * width, merged: false, biases: false);
            }
        }
    }

    static ConvolutionTile.Operands Operands(in ImageWindow window, float* packed, int pixel, float* weights, int step, float* start, float* result, int stride)
    {
        nint row = (nint)window.PaddedWidth * pixel, right = (nint)window.Stride.Width * pixel, across = (nint)window.Dilation.Width * pixel;
        return new(window.Outputs)
        {
            First = new(packed),
            ARow = right,
            RowsOfRun = window.OutputWidth,
            RowJump = window.Stride.Height * row - window.OutputWidth * right,
            Outer = window.Height,
            Inner = 1,
            Length = window.Width,
            AStep = across,
            InnerJump = 0,
            OuterJump = window.Dilation.Height * row - window.Width * across,
            B = weights,
            BStep = step,
            Start = start,
            StartRow = 0,
            C = result,
            CRow = stride,
        };
    }
}
