using GenNet.Tests.Layers;
using GenNet.Tests.Reference;

namespace GenNet.Tests.Onnx;

/// <summary>Networks of images to write and read.</summary>
static class OnnxImageNetworks
{
    public static readonly Func<ulong, INetwork>[] All =
    [
        seed => new EveryImageLayer(seed), seed => new PixelsToPixels(seed), seed => new NormalizedPixelsToPixels(seed), seed => new PixelsAlone(seed), seed => new FlatPixels(seed),
        seed => new PixelsAloneToPixels(seed), seed => new OnePixel(seed), seed => new OnePixelAround(seed), seed => new PooledToOnePixel(seed), seed => new ImageHeads(seed), seed => new RowHeads(seed), seed => new OnePixelHeads(seed), seed => new ZerosAround(seed), seed => new ZerosWithinABlock(seed), seed => new Larger(seed), seed => new LargerPixels(seed), seed => new Transposed(seed), seed => new ImageProjections(seed),
        seed => new EverySequenceLayer(seed), seed => new SequenceToSteps(seed), seed => new SequenceHeads(seed), seed => new OneStep(seed), seed => new PooledToOneStep(seed), seed => new NormalizedSteps(seed),
        seed => new PixelsProjected(seed), seed => new OneStepProjected(seed), seed => new OnePixelProjected(seed), seed => new ProjectedToOnePixel(seed), seed => new OneStepAround(seed), seed => new OneStepTwiceAround(seed), seed => new ZerosCounted(seed),
    ];

    /// <summary>Those that PyTorch ran, and those along the steps of sequences.</summary>
    public static IEnumerable<string> References => LayerReference.SortedNames().Where(name => LayerReference.Load(name).Source is var source && (source.Contains("[Image(", StringComparison.Ordinal) || source.Contains("1D", StringComparison.Ordinal) || source.Contains("[Embedding(", StringComparison.Ordinal) || IsStepByStep(source)));

    static bool IsStepByStep(string source) => new[] { "[GRU(", "[LSTM(", "[SimpleRNN(", "[LastStep" }.Any(source.Contains);

    public static INetwork Reference(string name) => LayerTests.Create(name).Network;
}

/// <summary>Every kind of layer on images.</summary>
[Network]
[Image(9, 8, 3)]
[LayerNorm]
[Conv2D(6, 3, Activation.SiLU, Padding = Padding.Same)]
[BatchNorm(Activation.GELU)]
[Dropout(0.1)]
[Conv2D(6, 3, 2, Activation.Tanh, Stride = 2, Padding = Padding.Same)]
[Dense(6, Activation.Tanh)]
[Residual(1, Activation.Tanh)]
[AveragePool2D(3, Stride = 1, PaddingSize = 1, CountsPadding = true)]
[AveragePool2D(2, Stride = 1, Padding = Padding.Same)]
[MaxPool2D(2, Stride = 1, Padding = Padding.Same)]
[LayerNorm(Activation.Tanh)]
[Flatten]
[BatchNorm]
[LayerNorm(Activation.Tanh)]
[Dense(5, Activation.Softmax)]
sealed partial class EveryImageLayer;

/// <summary>Every kind of layer along the steps of sequences.</summary>
[Network]
[Sequence(23, 3)]
[LayerNorm]
[Conv1D(6, 3, Activation.SiLU, Padding = Padding.Same)]
[BatchNorm(Activation.GELU)]
[Dropout(0.1)]
[Conv1D(6, 4, Activation.Tanh, Stride = 2, Padding = Padding.Same, Groups = 2)]
[Dense(6, Activation.Tanh)]
[Residual(1, Activation.Tanh)]
[Conv1D(8, 3, Activation.ReLU, Stride = 2, PaddingSize = 1)]
[Residual(1, Projection = true)]
[AveragePool1D(3, Stride = 1, PaddingSize = 1, CountsPadding = true)]
[AveragePool1D(2, Stride = 1, Padding = Padding.Same)]
[MaxPool1D(2, Stride = 1, Padding = Padding.Same)]
[Conv1D(5, 2, Activation.Tanh, Dilation = 2)]
[LayerNorm(Activation.Tanh)]
[Flatten]
[BatchNorm]
[LayerNorm(Activation.Tanh)]
[Dense(5, Activation.Softmax)]
sealed partial class EverySequenceLayer;

/// <summary>Outputs at each step.</summary>
[Network]
[Sequence(7, 2)]
[Conv1D(3, 2, Activation.Tanh)]
[Flatten]
[LayerNorm]
sealed partial class SequenceToSteps;

/// <summary>A trunk that ends in a sequence.</summary>
[Network]
[Sequence(9, 2)]
[Dense(4, Activation.Tanh)]
[Head("Whole")]
[GlobalAveragePool1D]
[Dense(3, Activation.Softmax)]
[Head("Row")]
[Conv1D(3, 2)]
[Flatten]
[Dense(2)]
[Head("Steps")]
[Dense(2, Activation.Tanh)]
[Flatten]
[Head("Largest")]
[GlobalMaxPool1D]
sealed partial class SequenceHeads;

/// <summary>Sequences of one step, which are rows to some layers.</summary>
[Network]
[Sequence(1, 5)]
[Dense(4, Activation.Tanh)]
[Conv1D(4, 3, Activation.Tanh, PaddingSize = 1)]
[BatchNorm]
[LayerNorm]
[Residual(2)]
[MaxPool1D(1)]
[Residual(5)]
sealed partial class OneStep;

/// <summary>Pools to one step that are not declared as global ones.</summary>
[Network]
[Sequence(4, 3)]
[AveragePool1D(2)]
[MaxPool1D(2)]
[Dense(3)]
sealed partial class PooledToOneStep;

/// <summary>Steps of which none is a convolution's.</summary>
[Network]
[Sequence(20, 3)]
[BatchNorm]
[Dense(4, Activation.Tanh)]
[GlobalAveragePool1D]
[Dense(5)]
sealed partial class NormalizedSteps;

/// <summary>An image of which only a projection tells the height.</summary>
[Network]
[Image(3, 4, 2)]
[Dense(4, Activation.ReLU)]
[Residual(1, Projection = true)]
[Flatten]
[Dense(2)]
sealed partial class PixelsProjected;

/// <summary>A projection of one step.</summary>
[Network]
[Sequence(1, 4)]
[Conv1D(6, 1)]
[Residual(1, Projection = true)]
[Flatten]
[Dense(5)]
sealed partial class OneStepProjected;

/// <summary>A projection of one pixel.</summary>
[Network]
[Image(1, 1, 4)]
[Conv2D(6, 1)]
[Residual(1, Projection = true)]
[Flatten]
[Dense(5)]
sealed partial class OnePixelProjected;

/// <summary>A projection of an image that became one pixel.</summary>
[Network]
[Image(2, 2, 4)]
[Conv2D(6, 2, Activation.ReLU)]
[Dense(6)]
[Residual(2, Projection = true)]
[GlobalAveragePool2D]
[Dense(5)]
sealed partial class ProjectedToOnePixel;

/// <summary>A block around one step that is an image to some of its layers.</summary>
[Network]
[Sequence(1, 6)]
[Conv1D(6, 1)]
[LayerNorm]
[MaxPool1D(1)]
[Residual(3)]
[Flatten]
[Dense(2)]
sealed partial class OneStepAround;

/// <summary>Two of them.</summary>
[Network]
[Sequence(1, 6)]
[Conv1D(6, 1)]
[LayerNorm]
[Residual(2)]
[Conv1D(6, 1)]
[Residual(1)]
[GlobalMaxPool1D]
[Dense(2)]
sealed partial class OneStepTwiceAround;

/// <summary>Zeros before means that count zeros of their own, more of both than a window has.</summary>
[Network]
[Image(6, 6, 2)]
[ZeroPadding2D(2)]
[AveragePool2D(3, Stride = 1, PaddingSize = 1, CountsPadding = true)]
[ZeroPadding2D(1)]
[AveragePool2D(1, CountsPadding = true)]
[ZeroPadding2D(1)]
[AveragePool2D(3, Stride = 1, PaddingSize = 1)]
[ZeroPadding2D(2)]
[MaxPool2D(3, Stride = 1, PaddingSize = 1)]
[Flatten]
[Dense(2)]
sealed partial class ZerosCounted;

/// <summary>Outputs at each pixel.</summary>
[Network]
[Image(4, 3, 2)]
[Conv2D(3, 2, Activation.Tanh)]
[Flatten]
sealed partial class PixelsToPixels;

/// <summary>The same with layers behind that leave the order as it is.</summary>
[Network]
[Image(4, 3, 2)]
[Conv2D(3, 2, Activation.Tanh)]
[Flatten]
[LayerNorm]
[Dropout(0.1)]
[BatchNorm(Activation.Tanh)]
sealed partial class NormalizedPixelsToPixels;

/// <summary>An image whose layers work on each pixel, so that nothing tells its height.</summary>
[Network]
[Image(4, 3, 2)]
[Dense(5, Activation.Tanh)]
[BatchNorm]
[Flatten]
[LayerNorm]
[Dense(3, Activation.Tanh)]
sealed partial class PixelsAlone;

/// <summary>An image without any layer of images.</summary>
[Network]
[Image(4, 3, 2)]
[Flatten]
[Dense(3, Activation.Tanh)]
sealed partial class FlatPixels;

/// <summary><see cref="PixelsAlone"/>, with outputs at each pixel.</summary>
[Network]
[Image(4, 3, 2)]
[Dense(5, Activation.Tanh)]
[Flatten]
[BatchNorm]
sealed partial class PixelsAloneToPixels;

/// <summary>Images of one pixel, which are rows to some layers.</summary>
[Network]
[Image(1, 1, 5)]
[Dense(4, Activation.Tanh)]
[Conv2D(4, 3, Activation.Tanh, PaddingSize = 1)]
[BatchNorm]
[LayerNorm]
[Residual(2)]
[MaxPool2D(1)]
[Residual(5)]
sealed partial class OnePixel;

/// <summary>A block of one pixel that begins with a row, and one that begins with an image.</summary>
[Network]
[Image(3, 3, 2)]
[Conv2D(4, 3)]
[Dense(4, Activation.Tanh)]
[Residual(1, Activation.Tanh)]
[Conv2D(4, 1)]
[Residual(1)]
[Flatten]
sealed partial class OnePixelAround;

/// <summary>Projections with a stride, with one a side, of as many pixels, of one pixel, and of a row that an image was made.</summary>
[Network]
[Image(9, 8, 3)]
[Conv2D(6, 3, Activation.ReLU, Padding = Padding.Same)]
[Conv2D(8, 3, Stride = 2, Padding = Padding.Same)]
[BatchNorm(Activation.ReLU)]
[Conv2D(8, 3, Padding = Padding.Same)]
[BatchNorm]
[Residual(4, Activation.ReLU, Projection = true)]
[Conv2D(4, 1)]
[Residual(1, Activation.Tanh, Projection = true)]
[MaxPool2D(5, 2)]
[Residual(1, Projection = true)]
[Conv2D(7, 1, 2)]
[Dense(6, Activation.Tanh)]
[Residual(1, Activation.Tanh, Projection = true)]
[Flatten]
[Dense(5, Activation.Tanh)]
[Residual(1, Projection = true)]
[Dense(3, Activation.Softmax)]
sealed partial class ImageProjections;

/// <summary>Pools to one pixel that are not declared as global ones.</summary>
[Network]
[Image(4, 4, 3)]
[AveragePool2D(2)]
[MaxPool2D(2)]
[Dense(3)]
sealed partial class PooledToOnePixel;

/// <summary>A trunk that ends in an image.</summary>
[Network]
[Image(6, 5, 2)]
[Conv2D(4, 3, Activation.Tanh)]
[Head("Whole")]
[GlobalAveragePool2D]
[Dense(3, Activation.Softmax)]
[Head("Row")]
[Conv2D(3, 2)]
[Flatten]
[Dense(2)]
[Head("Pixels")]
[Dense(2, Activation.Tanh)]
[Flatten]
[Head("Largest")]
[GlobalMaxPool2D]
sealed partial class ImageHeads;

/// <summary>A trunk that ends in a row: one head mixes it, and another gives it as it is.</summary>
[Network]
[Image(3, 4, 2)]
[Conv2D(3, 2, Activation.Tanh)]
[Flatten]
[LayerNorm]
[Head("Mixed")]
[BatchNorm]
[Dense(2)]
[Head("AsItIs")]
[LayerNorm(Activation.Tanh)]
sealed partial class RowHeads;

/// <summary>A trunk that ends in one pixel, which is an image to one head and a row to another.</summary>
[Network]
[Image(3, 2, 2)]
[Conv2D(4, 3, 2, Activation.Tanh)]
[Head("Row")]
[Dense(2)]
[Head("Image")]
[Conv2D(3, 1, Activation.Softmax)]
[Head("Same")]
[Dropout(0.1)]
sealed partial class OnePixelHeads;

/// <summary>Zeros before layers that might have them themselves, before others, around one pixel, and none at all.</summary>
[Network]
[Image(4, 3, 2)]
[ZeroPadding2D(1)]
[Conv2D(3, 2, Activation.Tanh)]
[ZeroPadding2D(0, 0, 0, 0)]
[ZeroPadding2D(1, 0, 0, 2)]
[Conv2D(2, 3, PaddingSize = 1)]
[ZeroPadding2D(1)]
[AveragePool2D(2)]
[ZeroPadding2D(0, 1, 0, 0)]
[MaxPool2D(2)]
[GlobalMaxPool2D]
[Dense(3, Activation.Tanh)]
[Dense(3)]
sealed partial class ZerosAround;

/// <summary>A residual connection from zeros on, which are those of no convolution.</summary>
[Network]
[Image(3, 3, 2)]
[Dense(2, Activation.Tanh)]
[ZeroPadding2D(2, 1, 0, 1)]
[Conv2D(2, 3, Padding = Padding.Same)]
[Residual(1, Activation.Tanh)]
[Flatten]
[Dense(2)]
sealed partial class ZerosWithinABlock;

/// <summary>Images made larger, of one pixel too, and as large as they were.</summary>
[Network]
[Image(2, 3, 2)]
[UpSampling2D(2)]
[Conv2D(3, 4, 6, Activation.Tanh)]
[UpSampling2D(3, 2, Interpolation = Interpolation.Bilinear)]
[UpSampling2D(1)]
[Dense(4, Activation.Tanh)]
[UpSampling2D(1, 2)]
[BatchNorm]
[Flatten]
[Dense(3)]
sealed partial class Larger;

/// <summary>Images made larger that are the outputs.</summary>
[Network]
[Image(2, 3, 2)]
[Dense(2)]
[UpSampling2D(2, 1, Interpolation = Interpolation.Bilinear)]
[Flatten]
sealed partial class LargerPixels;

/// <summary>Transposed convolutions, of one pixel and to one pixel too.</summary>
[Network]
[Image(2, 3, 4)]
[Conv2D(3, 2, 3, Activation.Tanh)]
[Conv2DTranspose(4, 3, Activation.SiLU)]
[BatchNorm]
[Conv2DTranspose(5, 3, 2, Activation.Tanh, Stride = 3, PaddingSize = 1, OutputPadding = 2)]
[Conv2DTranspose(2, 2, Dilation = 2)]
[GlobalMaxPool2D]
[Dense(3)]
sealed partial class Transposed;

/// <summary>A transposed convolution that does what a normalisation did.</summary>
[Network]
[Image(2, 2, 2)]
[Conv2DTranspose(3, 2, Activation.ReLU, Stride = 2)]
[GlobalAveragePool2D]
[Dense(1)]
sealed partial class FoldedTransposed;

/// <summary>A convolution that does what a normalisation did.</summary>
[Network]
[Image(3, 3, 2)]
[Conv2D(2, 2, Activation.ReLU)]
[Flatten]
[Dense(1)]
sealed partial class FoldedImage;

/// <summary>A small network to damage.</summary>
[Network]
[Image(4, 5, 2)]
[Conv2D(4, 2, Activation.ReLU, Padding = Padding.Same)]
[BatchNorm]
[MaxPool2D(2)]
[Residual(3, Activation.Tanh, Projection = true)]
[Dense(4, Activation.Tanh)]
[Residual(1)]
[ZeroPadding2D(1, 0, 0, 2)]
[UpSampling2D(1, 2)]
[Conv2DTranspose(2, 2, Activation.Tanh, Stride = 2)]
[AveragePool2D(2, Stride = 1, PaddingSize = 1, CountsPadding = true)]
[Flatten]
[LayerNorm]
[Dense(3)]
sealed partial class FuzzedImages;

/// <summary>A network for the tool.</summary>
[Network]
[Image(8, 7, 2)]
[Conv2D(4, 3, Activation.Tanh, Stride = 2, Padding = Padding.Same)]
[Residual(1, Activation.ReLU, Projection = true)]
[ZeroPadding2D(0, 1, 2, 0)]
[ZeroPadding2D(1)]
[UpSampling2D(1, 2)]
[UpSampling2D(2, Interpolation = Interpolation.Bilinear)]
[Conv2DTranspose(3, 2, 3, Activation.ReLU, Stride = 2, PaddingSize = 1, OutputPadding = 1)]
[Conv2DTranspose(2, 2, Dilation = 2)]
[Conv2D(3, 2, 3, PaddingSize = 1)]
[MaxPool2D(2, Stride = 1)]
[AveragePool2D(3, Stride = 1, PaddingSize = 1, CountsPadding = true)]
[Flatten]
[Dense(5, Activation.ReLU)]
[Residual(1, Projection = true)]
[Dense(2, Activation.Softmax)]
sealed partial class ToolImages;

/// <summary>One with a global pool.</summary>
[Network]
[Image(5, 5)]
[Conv2D(3, 2)]
[GlobalAveragePool2D]
[Dense(2)]
sealed partial class ToolPooled;
