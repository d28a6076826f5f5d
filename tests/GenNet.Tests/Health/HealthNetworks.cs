namespace GenNet.Tests.Health;

[Network(6)]
[Dense(20, Activation.Tanh)]
[Dense(17, Activation.Sigmoid)]
[Dense(18)]
[BatchNorm(Activation.ReLU)]
[Dense(3, Activation.Softmax)]
sealed partial class Unwatched;

[Network(6, Health = true)]
[Dense(20, Activation.Tanh)]
[Dense(17, Activation.Sigmoid)]
[Dense(18)]
[BatchNorm(Activation.ReLU)]
[Dense(3, Activation.Softmax)]
sealed partial class Watched;

[Network(6, 40, 20, 1, Health = true)]
sealed partial class WatchedRectifiers;

[Network(Health = true)]
[Image(5, 4, 2)]
[Conv2D(3, 3, Activation.Tanh)]
[Flatten]
sealed partial class WatchedPixels;

[Network(Health = true)]
[Sequence(5, 2)]
[Dense(3, Activation.Tanh)]
[Flatten]
sealed partial class WatchedSteps;
