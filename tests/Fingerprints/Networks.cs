using GenNet;

namespace Fingerprints.Networks;

[Network(3, 5, 2, Hidden = Activation.Identity)]
partial class Identity;

[Network(9, 17, 1, Hidden = Activation.Sigmoid, Output = Activation.Sigmoid)]
partial class Sigmoid;

[Network(17, 64, 64, 6, Hidden = Activation.Tanh)]
partial class Tanh;

[Network(100, 130, 40, 10, Output = Activation.Softmax)]
partial class ReLU;

[Network(31, 33, 15, Hidden = Activation.LeakyReLU, Loss = Loss.Huber)]
partial class LeakyReLU;

[Network(2, 48, 3, Hidden = Activation.ELU, Loss = Loss.MeanAbsoluteError)]
partial class ELU;

[Network(5, 20, 20, 4, Hidden = Activation.GELU, Output = Activation.Softmax, Loss = Loss.MeanSquaredError)]
partial class GELU;

[Network(8, 32, 32, 1, Hidden = Activation.SiLU)]
partial class SiLU;

[Network(1, 1, 1, Hidden = Activation.Softplus, Output = Activation.Softplus)]
partial class Softplus;

[Network(6, 7, 5, Hidden = Activation.HardTanh, Output = Activation.HardSigmoid, Loss = Loss.BinaryCrossEntropy)]
partial class HardSigmoid;

[Network(12, 9, 18, Output = Activation.Softmax, Loss = Loss.Huber)]
partial class SoftmaxHuber;

[Network(12, 9, 33, Hidden = Activation.Tanh, Output = Activation.Softmax, Loss = Loss.MeanAbsoluteError)]
partial class SoftmaxAbsolute;

[Network(47, 65, 32, Loss = Loss.CrossEntropy)]
partial class Logits;

[Network(15, 16, 8, Loss = Loss.BinaryCrossEntropy)]
partial class BinaryLogits;

[Network(33, 31, 34, Hidden = Activation.Tanh, Init = Initializer.Orthogonal)]
partial class Orthogonal;

[Network(16, 96, 4, Hidden = Activation.SiLU, Init = Initializer.LeCunNormal)]
partial class LeCun;

[Network(70, 256, 129, 12, Hidden = Activation.ReLU)]
partial class Wide;

[Network]
[Sequence(9, 5)]
[Dense(20, Activation.Tanh)]
[LayerNorm]
[Dense(20)]
[BatchNorm(Activation.ReLU)]
[Residual(2)]
[Dropout(0.1)]
[Flatten]
[Dense(6)]
partial class Steps;

[Network]
[Image(13, 11, 2)]
[Conv2D(6, 3, Activation.Tanh, Padding = Padding.Same)]
[MaxPool2D(2, Padding = Padding.Same)]
[Conv2D(37, 3, 2)]
[BatchNorm(Activation.GELU)]
[AveragePool2D(2, Stride = 1)]
[Conv2D(17, 2, Activation.ELU, Stride = 2, Dilation = 2, PaddingSize = 1)]
[Flatten]
[Dense(20, Activation.Tanh)]
[Dense(5, Activation.Softmax)]
partial class Pictures;

[Network]
[Image(12, 15, 6)]
[DepthwiseConv2D(3, Activation.Tanh, Padding = Padding.Same)]
[Conv2D(40, 3, 2, Groups = 2, PaddingWidth = 1, StrideHeight = 2)]
[BatchNorm(Activation.SiLU)]
[DepthwiseConv2D(3, 2, StrideWidth = 2, DilationHeight = 2, PaddingSize = 1)]
[Conv2D(18, 1, Activation.GELU, Groups = 2)]
[Flatten]
[Dense(5, Activation.Softmax)]
partial class Groups;

[Network]
[Image(9, 24)]
[Conv2D(7, 3, Activation.ReLU)]
[DepthwiseConv2D(3, Activation.ReLU, Padding = Padding.Same)]
[Conv2D(20, 2, Activation.ReLU)]
[Conv2D(4, 1, Activation.Tanh)]
[Flatten]
[Dense(5, Activation.Softmax)]
partial class OneChannel;

[Network]
[Sequence(37, 3)]
[Conv1D(6, 3, Activation.SiLU, Padding = Padding.Same)]
[BatchNorm(Activation.Tanh)]
[Conv1D(6, 5, Activation.ReLU, Groups = 6, PaddingSize = 2)]
[Residual(1)]
[MaxPool1D(3, Stride = 2)]
[Conv1D(33, 2, Activation.Tanh, Dilation = 3)]
[AveragePool1D(3, Stride = 1, PaddingSize = 1, CountsPadding = true)]
[Dense(9, Activation.GELU)]
[Conv1D(17, 3, Stride = 2, PaddingSize = 1)]
[Residual(2, Activation.ReLU, Projection = true)]
[Flatten]
[Dense(5, Activation.Softmax)]
partial class Waves;

[Network]
[Sequence(9, 3)]
[SimpleRNN(7, Nonlinearity = Nonlinearity.ReLU)]
[GRU(37)]
[LayerNorm]
[LSTM(18)]
[Dropout(0.2)]
[SimpleRNN(5)]
[LastStep]
[Dense(4, Activation.Softmax)]
partial class Memories;

[Network]
[Image(3, 4, 3)]
[ZeroPadding2D(1, 0, 2, 1)]
[Conv2D(6, 2, Activation.Tanh)]
[Conv2DTranspose(9, 3, Activation.ELU, Stride = 2, PaddingSize = 1, OutputPadding = 1)]
[Conv2DTranspose(34, 2, 3, Activation.Tanh)]
[Conv2DTranspose(5, 2, Dilation = 2)]
[UpSampling2D(2)]
[ZeroPadding2D(1)]
[UpSampling2D(2, 3, Interpolation = Interpolation.Bilinear)]
[GlobalAveragePool2D]
[Dense(3)]
partial class Enlarged;

[Network(4, 8, 16, 8, 16, 8, 3, Hidden = Activation.Tanh)]
partial class Deep;

[Network(11)]
[Dense(24, Activation.GELU)]
[Dense(40, Activation.ELU, Init = Initializer.GlorotNormal)]
[Dense(3, Activation.Sigmoid)]
partial class Mixed;

[Network(4, 16, 16, 2, Hidden = Activation.Tanh, Init = Initializer.HeUniform)]
partial class Controller;

[Network(17, 32, 31, 13, Hidden = Activation.Tanh, Output = Activation.Sigmoid, Loss = Loss.Huber)]
partial class Single;

[Network(3, 8, 30, 8, 15, 2, Hidden = Activation.ELU)]
partial class SingleDeep;

[Network(5, 12, 7, 3, Hidden = Activation.LeakyReLU, Loss = Loss.MeanAbsoluteError)]
partial class SingleSlow;

[Network(2, 8, 1, Hidden = Activation.Sigmoid)]
partial class SingleSmall;

[Network(3, 7, 11, 3, Hidden = Activation.Tanh, Output = Activation.Sigmoid, Loss = Loss.Huber)]
partial class SingleRagged;

[Network(6, 2, Loss = Loss.MeanAbsoluteError)]
partial class SingleLayer;

[Network(32, 32, 32, 32)]
partial class LongReLU;

[Network(8, 32, 32, 1, Hidden = Activation.Tanh, Output = Activation.Tanh)]
partial class LongTanh;

[Network(12, 8, 8, 8, 8, 8, 8, 8, 8, Hidden = Activation.Sigmoid)]
partial class LongSigmoid;

[Network(16, 16, 16, 16, 16, 16, Hidden = Activation.ELU, Output = Activation.ELU)]
partial class LongELU;

[Network(21, 19, 35, 3, Hidden = Activation.Tanh)]
partial class RMSProp;

[Network(10, 50, 4, Hidden = Activation.GELU)]
partial class Centered;

[Network(33, 20, 2, Hidden = Activation.Sigmoid)]
partial class Adagrad;

[Network(5, 37, 6, Hidden = Activation.Tanh)]
partial class Adadelta;

[Network(14, 23, 9, Hidden = Activation.SiLU)]
partial class AMSGrad;

[Network(9, 40, 5, Hidden = Activation.ELU)]
partial class NAdam;

[Network(7, 41, 8, Hidden = Activation.Tanh)]
partial class RAdam;

[Network(26, 18, 7, Hidden = Activation.Tanh)]
partial class Lion;

[Network(29, 44, 6, Hidden = Activation.Tanh)]
partial class Decorated;

[Network(65, 70, 3, Hidden = Activation.Tanh)]
partial class Limited;

[Network(Loss = Loss.MeanSquaredError)]
[Sequence(3, 11)]
[Dropout(0.1)]
[Dense(37, Activation.GELU)]
[LayerNorm(Activation.Tanh)]
[Residual(1)]
[Flatten]
[Dense(20, Activation.SiLU)]
[Dense(9, Activation.Softmax)]
partial class Outside;

[Network(19)]
[Dense(37, Activation.Tanh)]
[BatchNorm]
[Dense(10, Activation.ReLU)]
[LayerNorm]
[Dense(3)]
partial class Evolution;

[Network(11)]
[Dense(37, Activation.Tanh)]
[BatchNorm(Activation.SiLU)]
[Head("Policy", Loss = Loss.CrossEntropy)]
[Dense(16, Activation.ReLU)]
[Dense(5, Activation.Softmax)]
[Head("Value", Weight = 0.25)]
[LayerNorm(Activation.Tanh)]
[Dense(1)]
[Head("Flags", Loss = Loss.BinaryCrossEntropy, Weight = 2)]
[Dense(18, Activation.Sigmoid)]
partial class Branched;

[Network]
[Image(7, 6, 3)]
[Conv2D(9, 3, Activation.SiLU, Padding = Padding.Same)]
[Conv2D(17, 3, Stride = 2, Padding = Padding.Same)]
[BatchNorm(Activation.Tanh)]
[Conv2D(17, 3, Padding = Padding.Same)]
[Residual(3, Activation.GELU, Projection = true)]
[Conv2D(20, 1)]
[Residual(1, Projection = true)]
[Flatten]
[Dense(31, Activation.Tanh)]
[Dense(18)]
[Residual(2, Activation.SiLU, Projection = true)]
[Dense(4, Activation.Softmax)]
partial class Projected;

[Network]
[Sequence(7, 3)]
[Embedding(70, 19, Feature = 1)]
[GRU(21, ResetAfter = false, RecurrentDropout = 0.2)]
[Dropout(0.1)]
[LSTM(9, Bidirectional = true, RecurrentDropout = 0.3)]
[LastStep]
[Dense(5, Activation.Softmax)]
public sealed partial class Tokens;

[Network]
[Sequence(6, 4)]
[LSTM(17)]
[BatchNorm(Activation.Tanh)]
[Dense(21, Activation.Softmax)]
[Flatten]
public sealed partial class Tags;

[Network]
[Image(24, 24, 3)]
[Dropout(0.1)]
[Conv2D(17, 3, Activation.ReLU)]
[MaxPool2D(2)]
[Flatten]
[Head("Kind", Loss = Loss.CrossEntropy)]
[Dense(37, Activation.Tanh)]
[Dense(5, Activation.Softmax)]
[Head("Size", Weight = 0.25)]
[Dense(2)]
partial class Posters;
