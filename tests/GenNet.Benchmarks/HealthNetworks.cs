namespace GenNet.Benchmarks;

[Network(2, 8, 1, Hidden = Activation.Sigmoid, Health = true)]
sealed partial class WatchedSigmoid2x8x1;

[Network(4, 16, 16, 2, Hidden = Activation.Tanh, Health = true)]
sealed partial class WatchedTanh4x16x16x2;

[Network(17, 64, 64, 6, Hidden = Activation.Tanh, Health = true)]
sealed partial class WatchedTanh17x64x64x6;

[Network(4, 32, 16, 4, Health = true)]
sealed partial class WatchedReLU4x32x16x4;

[Network(784, 128, 64, 10, Output = Activation.Softmax, Health = true)]
sealed partial class WatchedSoftmax784x128x64x10;

[Network(784, 512, 256, 10, Output = Activation.Softmax, Health = true)]
sealed partial class WatchedSoftmax784x512x256x10;
