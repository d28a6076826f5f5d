namespace GenNet.Ranks;

/// <summary>Of a kind with the README's.</summary>
[Network(16)]
[Dense(40)]
[Dropout(0.2)]
[LayerNorm]
[Dense(24)]
[Dense(4, Activation.Softmax)]
sealed partial class SmallNetwork;

/// <summary>The logits or the values of two actions.</summary>
[Network(4, 64, 64, 2, Hidden = Activation.Tanh)]
sealed partial class PoleNetwork;

[Network(4, 64, 64, 1, Hidden = Activation.Tanh, Loss = Loss.MeanSquaredError)]
sealed partial class PoleValue;

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
