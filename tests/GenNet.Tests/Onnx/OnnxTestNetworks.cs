namespace GenNet.Tests.Onnx;

/// <summary>Every kind of layer.</summary>
[Network(6)]
[Dense(9, Activation.Identity)]
[BatchNorm(Activation.ReLU, Epsilon = 1e-3)]
[Dense(9, Activation.SiLU)]
[Dropout(0.3)]
[Dense(9, Activation.Identity)]
[Residual(3, Activation.GELU)]
[LayerNorm(Activation.Tanh, Epsilon = 1e-4)]
[Dense(4, Activation.Softmax)]
sealed partial class EveryLayer;

/// <summary>A block around a block, dropout where blocks start and end, and a normalisation at either end.</summary>
[Network(5)]
[LayerNorm]
[Dropout(0.1)]
[Dense(5, Activation.Tanh)]
[Dense(5, Activation.Identity)]
[Residual(1)]
[Residual(4)]
[Dropout(0.1)]
[BatchNorm]
sealed partial class NestedBlocks;

/// <summary>Projections around a block, around dropout alone, from the inputs and around one another.</summary>
[Network(5)]
[Dense(7, Activation.Tanh)]
[BatchNorm]
[Dense(4)]
[BatchNorm(Activation.ReLU)]
[Residual(4, Activation.Tanh, Projection = true)]
[Dropout(0.1)]
[Residual(1, Activation.GELU, Projection = true)]
[Dense(6)]
[Residual(1, Projection = true)]
[LayerNorm]
[Residual(5, Activation.SiLU, Projection = true)]
[Dense(3, Activation.Softmax)]
sealed partial class Projections;

/// <summary>Projections of the steps of a sequence.</summary>
[Network]
[Sequence(4, 5)]
[Dense(6, Activation.Tanh)]
[Residual(1, Activation.Tanh, Projection = true)]
[LayerNorm]
[Dense(2)]
[Residual(2, Projection = true)]
[Flatten]
[Dense(3, Activation.Softmax)]
sealed partial class ProjectionsOfSteps;

/// <summary>Every kind of layer on the steps of a sequence.</summary>
[Network]
[Sequence(4, 5)]
[LayerNorm]
[Dense(6)]
[BatchNorm(Activation.ReLU)]
[Dropout(0.1)]
[Dense(6, Activation.GELU)]
[Residual(1, Activation.Tanh)]
[BatchNorm]
[Flatten]
[Dense(3, Activation.Softmax)]
sealed partial class EveryStep;

/// <summary>A sequence whose steps are of no concern.</summary>
[Network]
[Sequence(4, 5)]
[Flatten]
[Dense(3, Activation.Tanh)]
sealed partial class FlatSteps;

/// <summary>Outputs at each step.</summary>
[Network]
[Sequence(4, 5)]
[Dense(3, Activation.Tanh)]
[Flatten]
sealed partial class StepsToSteps;

/// <summary>A projection where none is needed, and the same without.</summary>
[Network(4)]
[Dense(8, Activation.Tanh)]
[Dense(4)]
[Residual(2, Projection = true)]
sealed partial class ThroughDense;

[Network(4)]
[Dense(8, Activation.Tanh)]
[Dense(4)]
[Residual(2)]
sealed partial class AroundDense;

/// <summary>A projection whose stride may be 3 or 4.</summary>
[Network]
[Image(5, 5, 2)]
[Conv2D(3, 4)]
[Residual(1, Projection = true)]
[Flatten]
sealed partial class ThroughPixels;

/// <summary><see cref="GenNet.Interop.TorchNormalized"/> with another ε.</summary>
[Network(5)]
[Dense(8, Activation.Identity)]
[BatchNorm(Activation.ReLU)]
[Dense(8, Activation.GELU)]
[Dropout(0.3)]
[Dense(8, Activation.Identity)]
[Residual(3)]
[LayerNorm(Activation.Tanh)]
[Dense(3, Activation.Identity)]
sealed partial class OtherEpsilon;

/// <summary><see cref="NestedBlocks"/> with a shorter block.</summary>
[Network(5)]
[LayerNorm]
[Dense(5, Activation.Tanh)]
[Dense(5, Activation.Identity)]
[Residual(1)]
[Residual(2)]
[BatchNorm]
sealed partial class OtherBlocks;

/// <summary>Layers that every format describes fully: no dropout.</summary>
[Network(4)]
[Dense(6, Activation.Identity)]
[BatchNorm(Activation.SiLU)]
[Dense(6, Activation.Identity)]
[Residual(1, Activation.ReLU)]
[LayerNorm(Activation.Tanh, Epsilon = 1e-4)]
[Dense(3, Activation.Softmax)]
sealed partial class TorchLike;

/// <summary>Pixels of which a channel is an index.</summary>
[Network]
[Image(4, 5, 3)]
[Embedding(6, 4, Feature = 1)]
[Conv2D(3, 3, Activation.ReLU)]
[Flatten]
[Dense(2)]
sealed partial class IndexedPixels;
