using GenNet;

namespace Agents;

[Network(4, 64, 64, 2, Hidden = Activation.Tanh, Loss = Loss.CrossEntropy)]
sealed partial class CartPolePolicy;

[Network(4, 64, 64, 1, Hidden = Activation.Tanh, Loss = Loss.MeanSquaredError)]
sealed partial class CartPoleValue;

[Network]
[Sequence(16, 2)]
[GRU(32)]
[Dense(2)]
[Flatten]
sealed partial class CartPoleMemory;

[Network]
[Sequence(16, 2)]
[GRU(32)]
[Dense(1)]
[Flatten]
sealed partial class CartPoleMemoryValue;

[Network(3, 64, 64, 1, Hidden = Activation.ReLU, Loss = Loss.MeanSquaredError)]
sealed partial class PendulumPolicy;

[Network(3, 64, 64, 1, Hidden = Activation.ReLU, Loss = Loss.MeanSquaredError)]
sealed partial class PendulumValue;

[Network(6, 64, 64, 3, Hidden = Activation.Tanh, Loss = Loss.CrossEntropy)]
sealed partial class AcrobotPolicy;

[Network(6, 64, 64, 1, Hidden = Activation.Tanh, Loss = Loss.MeanSquaredError)]
sealed partial class AcrobotValue;

[Network(2, 16, 1, Hidden = Activation.Tanh, Output = Activation.Tanh, Loss = Loss.MeanSquaredError)]
sealed partial class MountainCarPolicy;

[Network(16, 64, 64, 4, Hidden = Activation.Tanh, Loss = Loss.CrossEntropy)]
sealed partial class Driver;

[Network(4, 64, 64, 2, Hidden = Activation.ReLU, Loss = Loss.MeanSquaredError)]
sealed partial class CartPoleActions;
