using GenNet.Onnx.Schema;
using GenNet.Onnx.Writing;
using static GenNet.Onnx.Schema.TensorProto.Types;

namespace GenNet.Onnx.Reading;

/// <summary>
/// A graph in which nodes look a row of a table up by a feature of the input, as one that has a node for all of that: a feature is chosen and made a whole number, its row gathered, and put
/// between the features before it and those behind.
/// </summary>
sealed class EmbeddingGraph
{
    /// <summary>The operator of the node that stands for them, which takes the input and the table. ONNX has none of that name.</summary>
    public const string Operator = "GenNet.Embedding";

    /// <summary>What it is told: which feature is the index, and how many it takes and gives.</summary>
    public const string Feature = "feature", Inputs = "inputs", Outputs = "outputs";

    /// <summary>Features of a sample up to which indices are looked for.</summary>
    const int MostFeatures = 1 << 16;

    /// <summary>ONNX's numbers of its types of whole numbers.</summary>
    const int Int32 = 6, Int64 = 7;

    readonly GraphProto _graph;
    readonly GraphConstants _constants;
    readonly Dictionary<string, NodeProto> _nodes = [];

    /// <summary>Values along whose last axis the input's features are, and what embeddings have made of them: which of them are features still.</summary>
    readonly Dictionary<string, bool[]> _features = [];

    /// <summary>The number of axes of these values.</summary>
    readonly Dictionary<string, int> _ranks = [];

    /// <summary>Rows that are gathered by the only feature of a value, whose axis is still before that of their values.</summary>
    readonly Dictionary<string, (string X, string Table)> _wide = [];

    /// <summary>Rows that are gathered by a feature.</summary>
    readonly Dictionary<string, (string X, int Feature, string Table)> _rows = [];

    /// <summary>Nodes that nobody may need any more.</summary>
    readonly HashSet<NodeProto> _parts = new(ReferenceEqualityComparer.Instance);

    EmbeddingGraph(GraphProto graph) => (_graph, _constants) = (graph, new GraphConstants(graph));

    /// <summary>Puts nodes for embeddings in their places; leaves graphs without such as they are.</summary>
    public static void PutInPlace(GraphProto graph)
    {
        foreach (var node in graph.Node)
            if (node.OpType == Operator)
                node.OpType = "";
        var embeddings = new EmbeddingGraph(graph);
        foreach (var input in embeddings._constants.Inputs())
            embeddings.TakeNumbers(input);
        if (!graph.Node.Any(node => node.OpType is "Cast" or Operator))
            return;
        foreach (var input in embeddings._constants.Inputs())
            if (input.Type?.TensorType?.Shape?.Dim is { Count: 2 or 3 or 4 } sizes)
                embeddings.Begin(input.Name, [.. sizes.Select(size => size.DimValue)]);
        foreach (var node in graph.Node)
            embeddings.Follow(node);
        embeddings.RemoveParts();
    }

    /// <summary>An input of whole numbers by which nothing is done but looking rows up: such a number is the only feature of a sample, or of a step.</summary>
    void TakeNumbers(ValueInfoProto input)
    {
        if (input.Type?.TensorType is not { ElemType: DataType.Int32 or DataType.Int64, Shape.Dim: { Count: 1 or 2 } sizes } type
            || _graph.Output.Any(output => output.Name == input.Name)
            || !_graph.Node.Where(node => node.Input.Contains(input.Name)).All(node => node is { OpType: "Gather", Input: [var table, var index] } && index == input.Name && _constants.Find(table)?.Dims.Count == 2 && GraphConstants.AxisOf(node, rank: 2) == 0))
            return;
        type.ElemType = DataType.Float;
        sizes.Add(new TensorShapeProto.Types.Dimension { DimValue = 1 });
        Add(input.Name, 1, sizes.Count);
        foreach (var node in _graph.Node.Where(node => node.Input.Contains(input.Name)).ToArray())
            Replace(node, input.Name, 0, node.Input[0]);
    }

    /// <summary>The input, and what has its axes in another order.</summary>
    void Begin(string input, long[] sizes)
    {
        Dictionary<string, long[]> known = new() { [input] = sizes };
        Add(input, sizes[^1], sizes.Length);
        foreach (var node in _graph.Node)
            if (node is { OpType: "Transpose", Input: [var taken], Output: [var given] } && known.TryGetValue(taken, out var axes) && GraphConstants.IntsOf(node, "perm") is { } order
                && order.Count == axes.Length && order.All(axis => axis >= 0 && axis < axes.Length))
            {
                known[given] = [.. order.Select(axis => axes[axis])];
                Add(given, known[given][^1], axes.Length);
            }
    }

    void Add(string name, long features, int rank)
    {
        if (features is > 0 and <= MostFeatures && _features.TryAdd(name, [.. Enumerable.Repeat(true, (int)features)]))
            _ranks[name] = rank;
    }

    void Follow(NodeProto node)
    {
        if (node.Output is not [var output])
            return;
        _nodes.TryAdd(output, node);
        if (node.OpType == "Gather" && OnlyIndexOf(node) is { } only)
            _wide[output] = (only, node.Input[0]);
        else if (node.Input.Count > 0 && _wide.TryGetValue(node.Input[0], out var wide) && LosesAxis(node, _ranks[wide.X] - 1))
        {
            _parts.Add(_nodes[node.Input[0]]);
            Replace(node, wide.X, 0, wide.Table);
        }
        else if (node.OpType == "Gather" && IndexOf(node) is var (x, feature))
        {
            _rows[output] = (x, feature, node.Input[0]);
            if (_features[x].Length == 1)
                Replace(node, x, feature, node.Input[0]);
        }
        else if (node.OpType == "Concat" && node.Input.Count is 2 or 3 && RowsOf(node) is { } rows)
            Replace(node, rows.X, rows.Feature, rows.Table);
    }

    /// <summary>The value of one feature, made a whole number as it is, by which a node looks rows of a table up, if it does.</summary>
    string? OnlyIndexOf(NodeProto node)
    {
        if (node.Input is not [var table, var index] || _constants.Find(table)?.Dims.Count != 2 || GraphConstants.AxisOf(node, rank: 2) != 0
            || _nodes.GetValueOrDefault(index) is not { OpType: "Cast", Input: [var x] } cast || !IsWhole(cast) || _features.GetValueOrDefault(x) is not [true])
            return null;
        _parts.Add(cast);
        return x;
    }

    static bool IsWhole(NodeProto cast) => cast.Attribute.FirstOrDefault(attribute => attribute.Name == "to")?.I is Int32 or Int64;

    /// <summary>Whether a node takes an axis away, the last but one.</summary>
    bool LosesAxis(NodeProto node, int axis) => node.OpType switch
    {
        "Squeeze" => _constants.AxesOf(node) is [var only] && (only == axis || only == -2),
        "Flatten" => axis == 1 && (node.Attribute.FirstOrDefault(attribute => attribute.Name == "axis")?.I ?? 1) == 1,
        _ => false,
    };

    /// <summary>The feature by which a node looks rows of a table up, if it does.</summary>
    (string X, int Feature)? IndexOf(NodeProto node)
    {
        if (node.Input is not [var table, var index] || _constants.Find(table)?.Dims.Count != 2 || GraphConstants.AxisOf(node, rank: 2) != 0
            || _nodes.GetValueOrDefault(index) is not { OpType: "Cast", Input: [var number] } cast || !IsWhole(cast)
            || _nodes.GetValueOrDefault(number) is not { OpType: "Gather", Input: [var x, _] } chosen || !_features.TryGetValue(x, out var features) || !IsLastAxis(chosen, x)
            || _constants.IndexOf(chosen) is not { } given)
            return null;
        var feature = given < 0 ? given + features.Length : given;
        if (feature < 0 || feature >= features.Length || !features[feature])
            return null;
        _parts.Add(cast);
        _parts.Add(chosen);
        return (x, (int)feature);
    }

    /// <summary>Whether a node works along the last axis of such values. It cannot be along the first, that of samples.</summary>
    bool IsLastAxis(NodeProto node, string x) => node.Attribute.FirstOrDefault(attribute => attribute.Name == "axis") is { I: var axis } && (axis == -1 || axis == _ranks[x] - 1);

    /// <summary>The rows that a node puts between other features, if it does.</summary>
    (string X, int Feature, string Table)? RowsOf(NodeProto node)
    {
        if (node.Input.FirstOrDefault(_rows.ContainsKey) is not { } name || !IsLastAxis(node, _rows[name].X))
            return null;
        var (rows, place) = (_rows[name], node.Input.IndexOf(name));
        var (count, last) = (_features[rows.X].Length, node.Input.Count - 1);
        if ((place > 0) != (rows.Feature > 0) || (place < last) != (rows.Feature < count - 1) || place > 1 || last - place > 1
            || (place > 0 && !IsSlice(node.Input[0], rows.X, 0, rows.Feature, count)) || (place < last && !IsSlice(node.Input[last], rows.X, rows.Feature + 1, count, count)))
            return null;
        _parts.Add(_nodes[name]);
        return rows;
    }

    /// <summary>Whether a value is some of another's features.</summary>
    bool IsSlice(string name, string x, int first, int end, int count)
    {
        if (_nodes.GetValueOrDefault(name) is not { OpType: "Slice", Input: [var taken, _, _, _, ..] } node || taken != x)
            return false;
        var numbers = node.Input.Skip(1).Select(input => _constants.Find(input) is { } tensor && new Constant(tensor).Integers is [var number] ? number : (long?)null).ToArray();
        if (numbers is not [{ } start, { } stop, { } axis, ..] || (axis != -1 && axis != _ranks[x] - 1) || (numbers.Length > 3 && numbers[3] != 1) || (start < 0 ? start + count : start) != first || Math.Min(stop < 0 ? stop + count : stop, count) != end)
            return false;
        _parts.Add(node);
        return true;
    }

    /// <summary>Makes a node one that does all.</summary>
    void Replace(NodeProto node, string x, int feature, string table)
    {
        var (features, size) = (_features[x].ToList(), (int)Math.Clamp(_constants.Find(table)!.Dims[1], 0, MostFeatures));
        _parts.Remove(node);
        node.OpType = Operator;
        node.Input.Clear();
        node.Input.Add([x, table]);
        node.Attribute.Clear();
        node.Attribute.Add([Attributes.Int(Feature, feature), Attributes.Int(Inputs, features.Count), Attributes.Int(Outputs, features.Count - 1 + size)]);
        features.RemoveAt(feature);
        features.InsertRange(feature, Enumerable.Repeat(false, size));
        (_features[node.Output[0]], _ranks[node.Output[0]]) = ([.. features], _ranks[x]);
    }

    /// <summary>Takes the nodes out that nobody needs any more.</summary>
    void RemoveParts()
    {
        for (var index = _graph.Node.Count - 1; index >= 0; index--)
        {
            var node = _graph.Node[index];
            if (_parts.Contains(node) && !_graph.Output.Any(output => output.Name == node.Output[0]) && !_graph.Node.Any(other => other.Input.Contains(node.Output[0])))
                _graph.Node.RemoveAt(index);
        }
    }
}
