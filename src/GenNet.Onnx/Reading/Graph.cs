using GenNet.Onnx.Schema;
using static GenNet.Onnx.Schema.TensorProto.Types;

namespace GenNet.Onnx.Reading;

/// <summary>A graph whose values know the nodes that compute them. Nodes that change nothing in inference are left out.</summary>
sealed class Graph
{
    /// <summary>Axes of an input that does not say: samples and features.</summary>
    const int UsualRank = 2;

    /// <summary>Softmax had the first axis after the samples as its default before this version of the operator set, the last one since.</summary>
    const int LastAxisOpset = 13;

    readonly Dictionary<string, Value> _values = [];
    readonly long _opset;

    /// <summary>Sizes of the input's axes, 0 for those that are free; empty where the model does not say.</summary>
    long[] _dimensions = [];

    /// <param name="graph">The graph.</param>
    /// <param name="opset">The version of the operator set.</param>
    /// <param name="layout">Which axis of the input holds the features, where that is known.</param>
    /// <exception cref="InvalidDataException">A name is given twice or unknown, or there is not one input, or no output.</exception>
    public Graph(GraphProto graph, long opset, Layout? layout)
    {
        (_opset, IsSequence) = (opset, layout is not null);
        foreach (var tensor in graph.Initializer)
            Define(tensor.Name, Fixed(tensor.Name, new Constant(tensor)));
        Input = DefineInput(graph, layout);
        for (var order = 0; order < graph.Node.Count; order++)
            Define(graph.Node[order], order);
        if (graph.Output.Count == 0)
            throw new InvalidDataException("has no output.");
        Outputs = [.. graph.Output.Select(output => (output.Name, Find(output.Name, "the graph's output")))];
        if (graph.Output.GroupBy(output => output.Name).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
            throw new InvalidDataException($"has the output \"{Messages.Short(twice)}\" twice.");
    }

    /// <summary>The input as it comes.</summary>
    public Value Input { get; }

    /// <summary>The input where the graph makes each sample of several axes one row before anything else, or null.</summary>
    public Value? FlatInput { get; private set; }

    public IReadOnlyList<(string Name, Value Value)> Outputs { get; }

    /// <summary>Whether its images are the steps of sequences.</summary>
    public bool IsSequence { get; }

    public bool IsInput(Value value) => value == Input || value == FlatInput;

    Value DefineInput(GraphProto graph, Layout? layout)
    {
        // Old exporters list the weights as inputs too.
        var inputs = graph.Input.Where(input => !_values.ContainsKey(input.Name)).ToArray();
        if (inputs is not [var only])
            throw new InvalidDataException($"has {inputs.Length} inputs, a network has 1.");
        if (only.Type?.TensorType?.ElemType is not (null or DataType.Undefined or DataType.Float))
            throw new InvalidDataException($"input \"{Messages.Short(only.Name)}\" has elements of type {only.Type.TensorType.ElemType}, a network's are Float; export the model in single precision.");
        _dimensions = [.. only.Type?.TensorType?.Shape?.Dim.Select(dimension => dimension.DimValue) ?? []];
        long[]? sizes = _dimensions.Length == 4 ? [.. _dimensions.Select(size => size is > 0 and <= int.MaxValue ? size : 0)] : null;
        var value = new Value(only.Name) { Sizes = sizes, Layout = sizes is null ? null : layout ?? new Layout(), Rank = _dimensions.Length > 0 ? _dimensions.Length : UsualRank, Width = _dimensions.LastOrDefault(), Positions = _dimensions.Length == 3 ? _dimensions[1] : 0 };
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
        if (node.OpType == "Softmax" && _opset < LastAxisOpset && node.Attribute.All(attribute => attribute.Name != "axis"))
            node.Attribute.Add(new AttributeProto { Name = "axis", I = 1 });
        var value = new Value(node.Output[0], order) { Node = node, Inputs = inputs, Rank = Rank(node, inputs), Positions = PositionsOf(node, inputs), Opset = _opset };
        ImageValues.Complete(value);
        Define(node.Output[0], Simplify(value));
        foreach (var extra in node.Output.Skip(1).Where(name => name.Length > 0))
        {
            // For training; whoever reads one finds an operator that no layer has.
            Define(extra, new Value(extra, order) { Node = new NodeProto { Name = node.Name, OpType = $"an extra output of {node.OpType}" } });
        }
    }

    /// <summary>A recurrent layer's first states say nothing of steps.</summary>
    static long PositionsOf(NodeProto node, Value?[] inputs) =>
        RecurrentGraph.IsRecurrent(node.OpType) ? inputs.FirstOrDefault()?.Positions ?? 0 : inputs.Select(input => input?.Positions ?? 0).DefaultIfEmpty().Max();

    /// <summary>Axes of what a node gives: smaller operands are broadcast to larger ones.</summary>
    int Rank(NodeProto node, Value?[] inputs) => node.OpType switch
    {
        "ReduceMean" or "ReduceMax" when inputs.FirstOrDefault()?.Rank > 2 && node.Attribute.Any(attribute => attribute is { Name: "keepdims", HasI: true, I: 0 }) => 2,
        "Squeeze" when inputs.FirstOrDefault()?.Rank == 4 => 2,
        "Gather" when inputs is [{ Rank: var rank }, { Constant.Tensor.Dims.Count: 0 }] && rank == (IsSequence ? 4 : 3) => 2,
        "Shape" => 1,

        // A Reshape is refused, not a product of rows that it seems to make none of.
        "Gemm" or "Flatten" or "Reshape" => 2,
        "Add" or "Sub" or "Mul" or "Div" or "Pow" => inputs.Select(input => input?.Rank ?? 0).DefaultIfEmpty().Max(),
        _ => inputs.FirstOrDefault()?.Rank ?? 0,
    };

    static Value Fixed(string name, Constant constant) => new(name) { Constant = constant, Rank = constant.Tensor.Dims.Count };

    /// <summary>The value that a node passes on, or the constant that it makes, or the value itself.</summary>
    Value Simplify(Value value) => IntegerFolding.Of(value) is { } integers ? Fixed(value.Name, new Constant(integers)) : value.Operator switch
    {
        "Identity" when value.Inputs is [{ } same] => same,
        "Dropout" when value.Inputs is [{ } same, ..] && !Trains(value) => same,
        "Flatten" when value.Inputs is [{ } same] && value.Int("axis", 1) == 1 => Flatten(value, same),
        "Flatten" or "Reshape" when value.Row is not null && value.Inputs[0] is { Rank: 4 } same => Flatten(value, same),
        "Constant" when value.Node!.Attribute is [{ Name: "value", T: { } tensor }] => Fixed(value.Name, new Constant(Named(tensor, value.Name))),
        "Constant" when value.Node!.Attribute is [{ Name: "value_float", HasF: true } attribute] =>
            Fixed(value.Name, new Constant(new TensorProto { Name = value.Name, DataType = DataType.Float, FloatData = { attribute.F } })),
        "Transpose" when value.Inputs is [{ Constant: { Tensor.Dims.Count: 2 } constant }] && value.Ints("perm") is [] or [1, 0] =>
            Fixed(value.Name, constant with { Transposed = !constant.Transposed }),
        "Transpose" or "Unsqueeze" => ImageValues.Moved(value) ?? value,
        _ => value,
    };

    /// <summary>Whether a dropout drops: since version 12 of the operator set its last input may say so, and nobody knows before it runs if that is computed.</summary>
    static bool Trains(Value dropout) => dropout.Inputs is [_, _, { } training] && training.Constant?.IsFalse != true;

    /// <summary>A sample of several axes becomes one row where the graph begins; later its rows, one for each position, would become one.</summary>
    Value Flatten(Value value, Value same)
    {
        if (same.Rank == 2)
            return same;
        if (same != Input || same.Rank < 2)
            return value;
        return FlatInput ??= new Value(value.Name) { Node = value.Node, Inputs = value.Inputs, Rank = 2, Row = same.Rank == 3 || same.Pixels == 1 ? new Row(same) : null, Width = _dimensions.Skip(1).Aggregate(1L, (product, size) => product * size) };
    }

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
