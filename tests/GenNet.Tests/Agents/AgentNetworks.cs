namespace GenNet.Tests.Agents;

[Network(4, 32, 2, Hidden = Activation.Tanh, Loss = Loss.CrossEntropy)]
sealed partial class CartPolicy;

[Network(4, 32, 1, Hidden = Activation.Tanh, Loss = Loss.MeanSquaredError)]
sealed partial class CartValue;

[Network(4)]
[Dense(32, Activation.Tanh)]
[Head("Value")]
[Dense(1)]
[Head("Policy", Loss = Loss.CrossEntropy)]
[Dense(2)]
sealed partial class CartActorCritic;

[Network(3, 32, 1, Hidden = Activation.ReLU, Loss = Loss.MeanSquaredError)]
sealed partial class PendulumNet;

[Network(2, 16, 3, Hidden = Activation.Tanh, Loss = Loss.CrossEntropy)]
sealed partial class MaskedPolicy;

[Network(2, 16, 1, Hidden = Activation.Tanh, Loss = Loss.MeanSquaredError)]
sealed partial class MaskedValue;

[Network(5, 12, 1, Hidden = Activation.Tanh, Loss = Loss.MeanSquaredError)]
sealed partial class ReferenceOne;

[Network(5, 12, 2, Hidden = Activation.Tanh, Loss = Loss.MeanSquaredError)]
sealed partial class ReferenceTwo;

[Network(5, 12, 3, Hidden = Activation.Tanh, Loss = Loss.MeanSquaredError)]
sealed partial class ReferenceThree;

[Network(5, 12, 4, Hidden = Activation.Tanh, Loss = Loss.MeanSquaredError)]
sealed partial class ReferenceFour;

[Network(5)]
[Dense(12, Activation.Tanh)]
[Head("Policy", Loss = Loss.MeanSquaredError)]
[Dense(2)]
[Head("Value", Loss = Loss.MeanSquaredError)]
[Dense(1)]
sealed partial class ReferenceSharedTwo;

[Network(5)]
[Dense(12, Activation.Tanh)]
[Head("Policy", Loss = Loss.MeanSquaredError)]
[Dense(3)]
[Head("Value", Loss = Loss.MeanSquaredError)]
[Dense(1)]
sealed partial class ReferenceSharedThree;

[Network]
[Sequence(7, 5)]
[GRU(12)]
[Dense(1)]
[Flatten]
sealed partial class ReferenceMemoryOne;

[Network]
[Sequence(7, 5)]
[GRU(12)]
[Dense(2)]
[Flatten]
sealed partial class ReferenceMemoryTwo;

[Network]
[Sequence(7, 5)]
[GRU(12)]
[Dense(3)]
[Flatten]
sealed partial class ReferenceMemoryThree;
