using GenNet.Onnx.Schema;
using Google.Protobuf.Collections;

namespace GenNet.Onnx.Reading;

/// <summary>The constants of a graph, and what nodes say of their axes, themselves or by them.</summary>
sealed class GraphConstants
{
    readonly GraphProto _graph;
    readonly Dictionary<string, TensorProto> _tensors = [];

    public GraphConstants(GraphProto graph)
    {
        _graph = graph;
        foreach (var tensor in graph.Initializer)
            _tensors[tensor.Name] = tensor;
        foreach (var node in graph.Node)
            if (node is { OpType: "Constant", Output: [var name] } && node.Attribute.FirstOrDefault(attribute => attribute.Name == "value")?.T is { } tensor)
                _tensors[name] = tensor;
    }

    /// <summary>The constant of a name, or null.</summary>
    public TensorProto? Find(string name) => _tensors.GetValueOrDefault(name);

    /// <summary>Adds a constant to the graph.</summary>
    /// <returns>Its name, which is another one where there is one of that name.</returns>
    public string Add(TensorProto tensor)
    {
        while (!_tensors.TryAdd(tensor.Name, tensor))
            tensor.Name += "'";
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>The graph's inputs that are no constants.</summary>
    public ValueInfoProto[] Inputs() => [.. _graph.Input.Where(input => !_tensors.ContainsKey(input.Name))];

    /// <summary>An attribute of whole numbers; empty where there is none.</summary>
    public static RepeatedField<long> IntsOf(NodeProto node, string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name)?.Ints ?? [];

    /// <summary>The axis that a node is told, or the first, counted from the first of so many.</summary>
    public static long AxisOf(NodeProto node, int rank) => (node.Attribute.FirstOrDefault(attribute => attribute.Name == "axis")?.I ?? 0) is var axis && axis < 0 ? axis + rank : axis;

    /// <summary>The axes that a node is told, by an attribute or by its second input; null where it is told none.</summary>
    public IReadOnlyList<long>? AxesOf(NodeProto node) => IntsOf(node, "axes") is { Count: > 0 } axes ? axes
        : node.Input.Count > 1 && Find(node.Input[1]) is { } tensor ? new Constant(tensor).Integers : null;

    /// <summary>Axes of what a node gives.</summary>
    /// <param name="node">The node.</param>
    /// <param name="rank">The most that it takes.</param>
    public int RankOf(NodeProto node, int rank) => node.OpType switch
    {
        "Flatten" or "Gemm" or "Reshape" => 2,
        "Squeeze" => rank - Math.Max(1, AxesOf(node)?.Count ?? 1),
        "Unsqueeze" => rank + Math.Max(1, AxesOf(node)?.Count ?? 1),
        "Gather" when IndexOf(node) is not null => rank - 1,
        "ReduceMean" or "ReduceMax" when node.Attribute.Any(attribute => attribute is { Name: "keepdims", HasI: true, I: 0 }) => rank - Math.Max(1, AxesOf(node)?.Count ?? 1),
        _ => rank,
    };

    /// <summary>The only place that a node gathers, whose axis it leaves out; null where there are more, or it is computed.</summary>
    public long? IndexOf(NodeProto node) => node.Input.Count > 1 && Find(node.Input[1]) is { Dims.Count: 0 } tensor ? new Constant(tensor).Integer : null;
}
