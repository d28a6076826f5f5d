namespace GenNet.Tests.Onnx;

/// <summary>Networks of several heads, each with something that a single output does not have.</summary>
static class OnnxHeadNetworks
{
    public static IReadOnlyList<Func<ulong, INetwork>> All { get; } =
    [
        seed => new PolicyAndValue(seed), seed => new BlocksIntoTrunk(seed), seed => new StepHeads(seed), seed => new FlatHead(seed), seed => new NoTrunk(seed),
        seed => new OddNames(seed), seed => new Twins(seed), seed => new OnlyHead(seed), seed => new Typed.PilotNet(seed), seed => new Typed.PlanNet(seed),
    ];
}

[Network(5)]
[Dense(8, Activation.Tanh)]
[LayerNorm]
[Head("Policy", Loss = Loss.CrossEntropy)]
[Dense(6, Activation.GELU)]
[Dense(4, Activation.Softmax)]
[Head("Value", Weight = 0.5)]
[Dense(1)]
sealed partial class PolicyAndValue;

/// <summary>Residual connections that reach over the head's start, normalisations and dropout at either end of a head.</summary>
[Network(5)]
[Dense(5, Activation.Tanh)]
[Dense(5, Activation.SiLU)]
[Head("First")]
[BatchNorm(Activation.Tanh)]
[Dense(5)]
[Residual(3, Activation.Tanh)]
[Dropout(0.1)]
[Head("Second", Loss = Loss.BinaryCrossEntropy)]
[Dropout(0.1)]
[Dense(5, Activation.GELU)]
[Residual(4)]
[LayerNorm]
[Dense(2, Activation.Sigmoid)]
[Head("Third")]
[Residual(1)]
[Dense(3)]
[BatchNorm]
sealed partial class BlocksIntoTrunk;

[Network]
[Sequence(4, 5)]
[Dense(6, Activation.Tanh)]
[Head("Mean")]
[Dense(3)]
[BatchNorm(Activation.ReLU)]
[Flatten]
[Dense(2)]
[Head("Kind", Loss = Loss.CrossEntropy)]
[Flatten]
[Dense(3, Activation.Softmax)]
sealed partial class StepHeads;

/// <summary>Of one head the first layer makes one row, another takes the steps.</summary>
[Network]
[Sequence(4, 5)]
[Dropout(0.1)]
[Head("Rows")]
[Flatten]
[Dense(2)]
[Head("Steps")]
[Dense(3, Activation.Tanh)]
[Flatten]
sealed partial class FlatHead;

/// <summary>What the heads share is nothing in inference.</summary>
[Network(5)]
[Dropout(0.1)]
[Head("A")]
[Dense(3)]
[Head("B")]
[LayerNorm]
[Residual(1)]
[Dense(2, Activation.Softmax)]
sealed partial class NoTrunk;

/// <summary>Heads with the names of other values of the model, one of which does nothing in inference.</summary>
[Network(4)]
[Dense(3, Activation.Tanh)]
[Head("input")]
[Dense(2)]
[Head("output")]
[Dropout(0.5)]
[Head("layer1")]
[Dense(4)]
[Dense(2)]
[Head("layer5_")]
[Dense(1)]
sealed partial class OddNames;

/// <summary>Heads of the same layers, of which names alone tell one from the other.</summary>
[Network(4)]
[Dense(3, Activation.Tanh)]
[Head("Left")]
[Dense(2)]
[Head("Right")]
[Dense(2)]
sealed partial class Twins;

/// <summary>Steps, blocks, normalisations and three outputs, two of which are of the same layers.</summary>
[Network]
[Sequence(3, 4)]
[Dense(4, Activation.Tanh)]
[BatchNorm]
[Head("First")]
[Residual(2)]
[LayerNorm]
[Flatten]
[Dense(2, Activation.Softmax)]
[Head("Second")]
[Dense(3, Activation.GELU)]
[Flatten]
[Dense(2)]
[Head("Third")]
[Dense(3, Activation.GELU)]
[Flatten]
[Dense(2)]
sealed partial class FuzzedHeads;

[Network(4)]
[Dense(3, Activation.Tanh)]
[Head("Only")]
[Dense(2)]
sealed partial class OnlyHead;
