namespace GenNet.Benchmarks;

/// <summary>What agents are measured with, and fingerprints taken of.</summary>
static partial class AgentNetworks
{
    [Network(4, 64, 64, 2, Hidden = Activation.Tanh, Loss = Loss.CrossEntropy)]
    internal sealed partial class CartPolicy;

    [Network(4, 64, 64, 1, Hidden = Activation.Tanh, Loss = Loss.MeanSquaredError)]
    internal sealed partial class CartValue;

    [Network(6)]
    [Dense(24, Activation.Tanh)]
    [Head("Policy", Loss = Loss.CrossEntropy)]
    [Dense(3)]
    [Head("Value", Loss = Loss.MeanSquaredError)]
    [Dense(1)]
    internal sealed partial class AcrobotNet;

    [Network(3, 33, 1, Hidden = Activation.ReLU, Loss = Loss.MeanSquaredError)]
    internal sealed partial class PendulumNet;

    [Network]
    [Sequence(8, 3)]
    [GRU(12)]
    [Dense(1)]
    [Flatten]
    internal sealed partial class PendulumMemory;

    [Network(2, 16, 1, Hidden = Activation.Tanh, Output = Activation.Tanh, Loss = Loss.MeanSquaredError)]
    internal sealed partial class Climber;

    [Network(16, 64, 64, 4, Hidden = Activation.Tanh, Loss = Loss.CrossEntropy)]
    internal sealed partial class Driver;
}
