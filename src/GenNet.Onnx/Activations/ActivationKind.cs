using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Activations;

/// <summary>What ONNX makes of an activation: its nodes, and how they are recognised.</summary>
abstract class ActivationKind(Activation activation)
{
    /// <summary>All but identity, which has no node. Where several begin with the same node, the first that knows it takes it.</summary>
    static readonly ActivationKind[] All =
    [
        new OperatorKind(Activation.Sigmoid, "Sigmoid"),
        new OperatorKind(Activation.Tanh, "Tanh"),
        new OperatorKind(Activation.ReLU, "Relu"),
        new OperatorKind(Activation.LeakyReLU, "LeakyRelu", ("alpha", 0.01f, 0.01f)),
        new OperatorKind(Activation.ELU, "Elu", ("alpha", 1, 1)),
        new OperatorKind(Activation.Softplus, "Softplus"),
        new OperatorKind(Activation.HardSigmoid, "HardSigmoid", ("alpha", 1f / 6, 0.2f), ("beta", 0.5f, 0.5f)),
        new HardTanhKind(),
        new SoftmaxKind(),
        new SiluKind(),
        new GeluKind(),
    ];

    public Activation Activation { get; } = activation;

    /// <summary>The kind of an activation; null where ONNX has no nodes for it.</summary>
    public static ActivationKind? Of(Activation activation) => All.FirstOrDefault(kind => kind.Activation == activation);

    /// <summary>The activation that gives a value, or null.</summary>
    /// <exception cref="InvalidDataException">It is one with another constant than GenNet's.</exception>
    public static ActivationStep? Find(Value value)
    {
        foreach (var kind in All)
            if (kind.Input(value) is { } x)
                return new ActivationStep(value, x, kind.Activation);
        return null;
    }

    /// <summary>Adds the nodes.</summary>
    public abstract void Write(LayerNodes nodes);

    /// <summary>What the activation takes where it gives <paramref name="value"/>, else null.</summary>
    protected abstract Value? Input(Value value);

    /// <exception cref="InvalidDataException">A constant is another than GenNet's.</exception>
    protected void Check(Value value, string name, float actual, float expected)
    {
        if (!IsClose(actual, expected))
            throw new InvalidDataException($"{value.Description} has {name} = {actual}, {Activation} has {expected}; train the model with that.");
    }

    protected static bool IsClose(float? actual, float expected) => actual is { } value && MathF.Abs(value - expected) <= 1e-6f;
}
