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

[Network(5)]
[Dense(20, Activation.Tanh)]
[Head("Policy", Loss = Loss.CrossEntropy)]
[Dense(8, Activation.ReLU)]
[Dense(3, Activation.Softmax)]
[Head("Value", Weight = 0.5)]
[LayerNorm]
[Dense(1)]
sealed partial class ActorCritic;

/// <summary>The heads of <see cref="ActorCritic"/> the other way round.</summary>
[Network(5)]
[Dense(20, Activation.Tanh)]
[Head("Value", Weight = 0.5)]
[LayerNorm]
[Dense(1)]
[Head("Policy", Loss = Loss.CrossEntropy)]
[Dense(8, Activation.ReLU)]
[Dense(3, Activation.Softmax)]
sealed partial class CriticActor;

/// <summary>The trunk of <see cref="ActorCritic"/>, a policy of more actions and another head.</summary>
[Network(5)]
[Dense(20, Activation.Tanh)]
[Head("Policy", Loss = Loss.CrossEntropy)]
[Dense(8, Activation.ReLU)]
[Dense(4, Activation.Softmax)]
[Head("Next")]
[Dense(5)]
sealed partial class OtherActor;

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
