namespace GenNet.Tests.Files;

[Network(5, 20, 3, Hidden = Activation.Tanh, Output = Activation.Softmax)]
sealed partial class Classifier;

/// <summary>The shapes of <see cref="Classifier"/> with another activation.</summary>
[Network(5, 20, 3, Hidden = Activation.ReLU, Output = Activation.Softmax)]
sealed partial class ReLUClassifier;

[Network(5, 21, 3, Hidden = Activation.Tanh, Output = Activation.Softmax)]
sealed partial class WiderClassifier;

[Network(5, 20, 3, 4, Hidden = Activation.Tanh)]
sealed partial class DeeperClassifier;

[Network(5, 20, Hidden = Activation.Tanh, Output = Activation.Tanh)]
sealed partial class ShallowClassifier;

[Network(20, 5)]
sealed partial class Turned;

[Network(784, 128, 64, 10)]
sealed partial class LargeNetwork;

[Network(5)]
[Dense(20)]
[BatchNorm(Activation.ReLU)]
[Dropout(0.3)]
[Dense(20, Activation.Tanh)]
[LayerNorm]
[Dense(3, Activation.Softmax)]
sealed partial class Normalized;
