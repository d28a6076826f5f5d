namespace GenNet.Ranks;

/// <summary>Of a kind with the README's.</summary>
[Network(16)]
[Dense(40)]
[Dropout(0.2)]
[LayerNorm]
[Dense(24)]
[Dense(4, Activation.Softmax)]
sealed partial class SmallNetwork;

[Network(784, 512, 256, 10, Output = Activation.Softmax)]
sealed partial class LargeNetwork;

[Network]
[Image(28, 28, 1)]
[Conv2D(16, 3)]
[MaxPool2D(2)]
[Conv2D(32, 3)]
[MaxPool2D(2)]
[Flatten]
[Dense(128)]
[Dense(10, Activation.Softmax)]
sealed partial class ConvolutionalNetwork;
