namespace GenNet.Benchmarks;

/// <summary>LeCun and others, 1998, with the activations and pools that are usual today.</summary>
[Network]
[Image(28, 28)]
[Conv2D(6, 5, Activation.ReLU)]
[MaxPool2D(2)]
[Conv2D(16, 5, Activation.ReLU)]
[MaxPool2D(2)]
[Flatten]
[Dense(120, Activation.ReLU)]
[Dense(84, Activation.ReLU)]
[Dense(10, Activation.Softmax)]
sealed partial class LeNet5;

[Network]
[Image(28, 28)]
[Conv2D(32, 3, Activation.ReLU, Padding = Padding.Same)]
[Conv2D(32, 3, Activation.ReLU, Padding = Padding.Same)]
[MaxPool2D(2)]
[Conv2D(64, 3, Activation.ReLU, Padding = Padding.Same)]
[MaxPool2D(2)]
[Flatten]
[Dense(128, Activation.ReLU)]
[Dense(10, Activation.Softmax)]
sealed partial class Conv32x32x64;

/// <summary>The shape of MLPerf Tiny's keyword spotting.</summary>
[Network]
[Image(49, 10)]
[Conv2D(64, 10, 4, Stride = 2, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)]
[DepthwiseConv2D(3, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)] [Conv2D(64, 1)] [BatchNorm(Activation.ReLU)]
[DepthwiseConv2D(3, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)] [Conv2D(64, 1)] [BatchNorm(Activation.ReLU)]
[DepthwiseConv2D(3, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)] [Conv2D(64, 1)] [BatchNorm(Activation.ReLU)]
[DepthwiseConv2D(3, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)] [Conv2D(64, 1)] [BatchNorm(Activation.ReLU)]
[GlobalAveragePool2D]
[Dense(12, Activation.Softmax)]
sealed partial class DepthwiseSeparable;

/// <summary>The shape of MLPerf Tiny's person detection: MobileNet (Howard and others, 2017) with a quarter of the channels.</summary>
[Network]
[Image(96, 96, 3)]
[Conv2D(8, 3, Stride = 2, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)]
[DepthwiseConv2D(3, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)] [Conv2D(16, 1)] [BatchNorm(Activation.ReLU)]
[DepthwiseConv2D(3, Stride = 2, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)] [Conv2D(32, 1)] [BatchNorm(Activation.ReLU)]
[DepthwiseConv2D(3, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)] [Conv2D(32, 1)] [BatchNorm(Activation.ReLU)]
[DepthwiseConv2D(3, Stride = 2, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)] [Conv2D(64, 1)] [BatchNorm(Activation.ReLU)]
[DepthwiseConv2D(3, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)] [Conv2D(64, 1)] [BatchNorm(Activation.ReLU)]
[DepthwiseConv2D(3, Stride = 2, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)] [Conv2D(128, 1)] [BatchNorm(Activation.ReLU)]
[DepthwiseConv2D(3, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)] [Conv2D(128, 1)] [BatchNorm(Activation.ReLU)]
[DepthwiseConv2D(3, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)] [Conv2D(128, 1)] [BatchNorm(Activation.ReLU)]
[DepthwiseConv2D(3, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)] [Conv2D(128, 1)] [BatchNorm(Activation.ReLU)]
[DepthwiseConv2D(3, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)] [Conv2D(128, 1)] [BatchNorm(Activation.ReLU)]
[DepthwiseConv2D(3, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)] [Conv2D(128, 1)] [BatchNorm(Activation.ReLU)]
[DepthwiseConv2D(3, Stride = 2, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)] [Conv2D(256, 1)] [BatchNorm(Activation.ReLU)]
[DepthwiseConv2D(3, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)] [Conv2D(256, 1)] [BatchNorm(Activation.ReLU)]
[GlobalAveragePool2D]
[Dense(2, Activation.Softmax)]
sealed partial class MobileNet96;

/// <summary>The shape of MLPerf Tiny's image classification: a residual network (He and others, 2016) of three stacks.</summary>
[Network]
[Image(32, 32, 3)]
[Conv2D(16, 3, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)]
[Conv2D(16, 3, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)] [Conv2D(16, 3, Padding = Padding.Same)] [BatchNorm] [Residual(4, Activation.ReLU)]
[Conv2D(32, 3, Stride = 2, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)] [Conv2D(32, 3, Padding = Padding.Same)] [BatchNorm] [Residual(4, Activation.ReLU, Projection = true)]
[Conv2D(64, 3, Stride = 2, Padding = Padding.Same)] [BatchNorm(Activation.ReLU)] [Conv2D(64, 3, Padding = Padding.Same)] [BatchNorm] [Residual(4, Activation.ReLU, Projection = true)]
[GlobalAveragePool2D]
[Dense(10, Activation.Softmax)]
sealed partial class ResNet8;
