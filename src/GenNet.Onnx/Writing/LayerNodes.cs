using System.Buffers.Binary;
using System.Globalization;
using GenNet.Onnx.Activations;
using GenNet.Onnx.Schema;
using Google.Protobuf;
using static GenNet.Onnx.Schema.TensorProto.Types;

namespace GenNet.Onnx.Writing;

/// <summary>Adds the nodes of one layer to a graph, one after the other, each named after the layer and its operator.</summary>
/// <param name="graph">The graph.</param>
/// <param name="layer">The layer's name.</param>
/// <param name="input">What it takes.</param>
/// <param name="hasPositions">Whether that is [samples, positions, features].</param>
sealed class LayerNodes(GraphProto graph, string layer, string input, bool hasPositions)
{
    /// <summary>Whether the layer takes [samples, positions, features], not [samples, features].</summary>
    public bool HasPositions => hasPositions;

    readonly int _first = graph.Node.Count;

    /// <summary>What the last node gave.</summary>
    public string Last { get; private set; } = input;

    /// <summary>Adds a node that takes what the last one gave, and <paramref name="others"/>.</summary>
    public void Add(string operation, ReadOnlySpan<string> others = default, params AttributeProto[] attributes) => Add(operation, Last, others, attributes);

    /// <summary>Adds a parameter of the network under its own name.</summary>
    public string Parameter(ParameterTensor tensor)
    {
        var values = new float[tensor.Length];
        tensor.CopyTo(values);
        var index = Array.FindIndex(values, value => !float.IsFinite(value));
        if (index >= 0)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Element {index} of {graph.Name}'s {tensor} is {values[index]}, which is not worth keeping: nothing was written."));
        return AddTensor(tensor.Name, tensor.Shape, values);
    }

    /// <summary>Adds an activation's nodes; false where ONNX has no operator for it.</summary>
    public bool Activate(LayerActivation activation)
    {
        if (activation.IsIdentity)
            return true;
        if (activation.BuiltIn is not { } builtIn || ActivationKind.Of(builtIn) is not { } kind)
            return false;
        kind.Write(this);
        return true;
    }

    /// <summary>Names what the last node gave.</summary>
    public string Finish(string name)
    {
        if (graph.Node.Count == _first)
            return Last;
        return graph.Node[^1].Output[0] = name;
    }

    /// <summary>Adds a node that takes <paramref name="first"/> and <paramref name="others"/>.</summary>
    public void Add(string operation, string first, ReadOnlySpan<string> others, AttributeProto[]? attributes = null, string? name = null)
    {
        name = $"{layer}/{name ?? operation}";
        var node = new NodeProto { Name = name, OpType = operation, Input = { first }, Output = { name }, Attribute = { attributes ?? [] } };
        foreach (var other in others)
            node.Input.Add(other);
        graph.Node.Add(node);
        Last = name;
    }

    /// <summary>Adds a constant of the layer.</summary>
    public string Scalar(string name, float value) => AddTensor($"{layer}/{name}", [], [value]);

    string AddTensor(string name, IReadOnlyList<int> shape, ReadOnlySpan<float> values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        graph.Initializer.Add(new TensorProto
        {
            Name = name,
            DataType = DataType.Float,
            Dims = { shape.Select(size => (long)size) },
            RawData = UnsafeByteOperations.UnsafeWrap(bytes),
        });
        return name;
    }
}
