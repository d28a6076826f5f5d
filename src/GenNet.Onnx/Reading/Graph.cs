using GenNet.Onnx.Schema;
using static GenNet.Onnx.Schema.TensorProto.Types;

namespace GenNet.Onnx.Reading;

/// <summary>A graph whose values know the nodes that compute them. Nodes that change nothing in inference are left out.</summary>
sealed class Graph
{
    readonly Dictionary<string, Value> _values = [];

    /// <exception cref="InvalidDataException">A name is given twice or unknown, or there is not one input and one output.</exception>
    public Graph(GraphProto graph)
    {
        foreach (var tensor in graph.Initializer)
            Define(tensor.Name, new Value(tensor.Name) { Constant = new Constant(tensor) });
        Input = DefineInput(graph);
        for (var order = 0; order < graph.Node.Count; order++)
            Define(graph.Node[order], order);
        if (graph.Output.Count != 1)
            throw new InvalidDataException($"has {graph.Output.Count} outputs, a network has 1.");
        Output = Find(graph.Output[0].Name, "the graph's output");
    }

    public Value Input { get; }

    public Value Output { get; }

    Value DefineInput(GraphProto graph)
    {
        // Old exporters list the weights as inputs too.
        var inputs = graph.Input.Where(input => !_values.ContainsKey(input.Name)).ToArray();
        if (inputs is not [var only])
            throw new InvalidDataException($"has {inputs.Length} inputs, a network has 1.");
        if (only.Type?.TensorType?.ElemType is not (null or DataType.Undefined or DataType.Float))
            throw new InvalidDataException($"input \"{Messages.Short(only.Name)}\" has elements of type {only.Type.TensorType.ElemType}, a network's are Float; export the model in single precision.");
        var value = new Value(only.Name);
        Define(only.Name, value);
        return value;
    }

    void Define(NodeProto node, int order)
    {
        var reader = $"node \"{Messages.Short(node.Name)}\" ({Messages.Short(node.OpType)})";
        if (node.Domain is not ("" or "ai.onnx"))
            throw new InvalidDataException($"{reader} is of operator set \"{Messages.Short(node.Domain)}\", only ONNX's own can be read.");
        if (node.Output.Count == 0)
            return;
        var inputs = node.Input.Select(name => name.Length == 0 ? null : Find(name, reader)).ToArray();
        Define(node.Output[0], Simplify(new Value(node.Output[0], order) { Node = node, Inputs = inputs }));
        foreach (var extra in node.Output.Skip(1).Where(name => name.Length > 0))
        {
            // For training; whoever reads one finds an operator that no layer has.
            Define(extra, new Value(extra, order) { Node = new NodeProto { Name = node.Name, OpType = $"an extra output of {node.OpType}" } });
        }
    }

    /// <summary>The value that a node passes on, or the constant that it makes, or the value itself.</summary>
    static Value Simplify(Value value) => value.Operator switch
    {
        "Identity" or "Dropout" when value.Inputs is [{ } same, ..] => same,
        "Flatten" when value.Inputs is [{ } same] && value.Int("axis", 1) == 1 => same,
        "Constant" when value.Node!.Attribute is [{ Name: "value", T: { } tensor }] => new Value(value.Name) { Constant = new Constant(Named(tensor, value.Name)) },
        "Constant" when value.Node!.Attribute is [{ Name: "value_float", HasF: true } attribute] => new Value(value.Name)
        {
            Constant = new Constant(new TensorProto { Name = value.Name, DataType = DataType.Float, FloatData = { attribute.F } }),
        },
        "Transpose" when value.Inputs is [{ Constant: { Tensor.Dims.Count: 2 } constant }] && value.Ints("perm") is [] or [1, 0] =>
            new Value(value.Name) { Constant = constant with { Transposed = !constant.Transposed } },
        _ => value,
    };

    static TensorProto Named(TensorProto tensor, string name)
    {
        if (tensor.Name.Length == 0)
            tensor.Name = name;
        return tensor;
    }

    Value Find(string name, string reader) =>
        _values.TryGetValue(name, out var value) ? value : throw new InvalidDataException($"{reader} reads \"{Messages.Short(name)}\", which nothing before it gives.");

    void Define(string name, Value value)
    {
        if (!_values.TryAdd(name, value))
            throw new InvalidDataException($"\"{Messages.Short(name)}\" is given twice.");
    }
}
