using GenNet.Onnx.Schema;

namespace GenNet.Onnx.Reading;

/// <summary>A value of a graph: the network's input, a constant, or what a node computes.</summary>
/// <param name="name">Its name.</param>
/// <param name="order">The number of its node; less than 0 for the input and constants.</param>
sealed class Value(string name, int order = -1)
{
    public string Name { get; } = name;

    public int Order { get; } = order;

    /// <summary>The node that computes it.</summary>
    public NodeProto? Node { get; init; }

    /// <summary>What that node takes; null for an optional input that is not there.</summary>
    public Value?[] Inputs { get; init; } = [];

    /// <summary>A constant's tensor.</summary>
    public Constant? Constant { get; init; }

    /// <summary>How many axes it has. A network works on rows, which lie along the last.</summary>
    public int Rank { get; init; }

    /// <summary>Of [samples, positions, features]: the positions, 0 where the model leaves that open.</summary>
    public long Positions { get; init; }

    /// <summary>Of the input: values along the last axis, 0 where the model leaves that open.</summary>
    public long Width { get; init; }

    /// <summary>Whether an axis, counted from the first or from behind, is the last.</summary>
    public bool IsLast(long axis) => axis == -1 || axis == Rank - 1;

    /// <summary>The node's operator; empty where there is no node.</summary>
    public string Operator => Node?.OpType ?? "";

    /// <summary>The node as messages call it.</summary>
    public string Description => $"node \"{Messages.Short(Node is { Name.Length: > 0 } node ? node.Name : Name)}\" ({Messages.Short(Operator)})";

    /// <summary>Input <paramref name="index"/>, or null where it is constant or not there.</summary>
    public Value? Computed(int index) => index < Inputs.Length && Inputs[index] is { Constant: null } value ? value : null;

    /// <summary>Input <paramref name="index"/>, or null where it is computed or not there.</summary>
    public Constant? ConstantAt(int index) => index < Inputs.Length ? Inputs[index]?.Constant : null;

    public float Float(string attribute, float otherwise) => Attribute(attribute) is { HasF: true } found ? found.F : otherwise;

    public long Int(string attribute, long otherwise) => Attribute(attribute) is { HasI: true } found ? found.I : otherwise;

    public IReadOnlyList<long> Ints(string attribute) => Attribute(attribute)?.Ints ?? (IReadOnlyList<long>)[];

    public string String(string attribute) => Attribute(attribute)?.S.ToStringUtf8() ?? "";

    AttributeProto? Attribute(string name) => Node!.Attribute.FirstOrDefault(attribute => attribute.Name == name);
}
