using GenNet.Onnx.Schema;
using Google.Protobuf.Collections;
using static GenNet.Onnx.Schema.TensorProto.Types;

namespace GenNet.Onnx.Reading;

/// <summary>
/// A graph whose convolutions, pools, maxima and means go along the steps of sequences, [samples, features, steps], as one over images of one row, [samples, features, 1, steps]:
/// what reads images then reads sequences. Between transpositions, [samples, steps, features] becomes [samples, 1, steps, features].
/// </summary>
sealed class SequenceGraph
{
    const int FirstAxis = 1, LastAxis = 2;

    readonly GraphProto _graph;
    readonly Dictionary<string, TensorProto> _constants = [];

    /// <summary>Values of three axes, and which of them holds the features.</summary>
    readonly Dictionary<string, Features> _values = [];
    readonly Dictionary<string, int> _ranks = [];

    SequenceGraph(GraphProto graph)
    {
        _graph = graph;
        foreach (var tensor in graph.Initializer)
            _constants[tensor.Name] = tensor;
        foreach (var node in graph.Node)
            if (node is { OpType: "Constant", Output: [var name] } && node.Attribute.FirstOrDefault(attribute => attribute.Name == "value")?.T is { } tensor)
                _constants[name] = tensor;
    }

    /// <summary>Changes a graph along the steps of sequences to one over images.</summary>
    /// <returns>Which axis of its input holds the features; null of a graph that goes along no steps, which is left as it is.</returns>
    public static Layout? AsImages(GraphProto graph)
    {
        var sequences = new SequenceGraph(graph);
        ValueInfoProto[] inputs = [.. graph.Input.Where(input => !sequences._constants.ContainsKey(input.Name))];
        if (inputs is not [{ Type.TensorType.Shape.Dim: { Count: 3 } sizes, Name: var input }])
            return null;
        sequences._ranks[input] = sizes.Count;
        sequences._values[input] = new Features();
        if (!sequences.Follow())
            return null;
        var isLast = sequences._values[input].AreLast == true;
        foreach (var node in graph.Node.ToArray())
            sequences.Change(node);
        sizes.Insert(isLast ? FirstAxis : LastAxis, new TensorShapeProto.Types.Dimension { DimValue = 1 });
        return Layout.Of(isLast);
    }

    /// <summary>Follows the input through the nodes.</summary>
    /// <returns>Whether one of them goes along steps, and all agree where the features are.</returns>
    bool Follow()
    {
        var (goesAlong, agree) = (false, true);
        foreach (var node in _graph.Node)
        {
            string[] computed = [.. node.Input.Where(_ranks.ContainsKey)];
            if (computed.Length == 0 || node.Output.Count == 0)
                continue;
            _ranks[node.Output[0]] = RankOf(node, computed.Max(name => _ranks[name]));
            if (_ranks[node.Output[0]] == 3)
                _values[node.Output[0]] = new Features();
            Features[] touched = [.. computed.Append(node.Output[0]).Select(name => _values.GetValueOrDefault(name)).OfType<Features>()];
            if (touched.Length == 0)
                continue;
            var (first, second) = (touched[0], touched[^1]);
            switch (node.OpType)
            {
                case "Transpose":
                    if (IntsOf(node, "perm") is [0, 2, 1])
                        agree &= first.Join(second, isOther: true);
                    break;
                case "Conv" or "MaxPool" or "AveragePool" or "GlobalMaxPool" or "GlobalAveragePool":
                    goesAlong = true;
                    agree &= touched.All(value => value.Set(areLast: false));
                    break;
                case "ReduceMean" or "ReduceMax" when _ranks[node.Output[0]] == 2 && AxesOf(node) is [var axis]:
                    goesAlong = true;
                    agree &= first.Set(areLast: axis is 1 or -2);
                    break;
                case "BatchNormalization":
                    agree &= touched.All(value => value.Set(areLast: false));
                    break;
                case "MatMul" or "LayerNormalization":
                    agree &= touched.All(value => value.Set(areLast: true));
                    break;
                default:
                    agree &= touched.All(value => value.Join(first, isOther: false));
                    break;
            }
        }
        return goesAlong && agree;
    }

    int RankOf(NodeProto node, int rank) => node.OpType switch
    {
        "Flatten" or "Gemm" or "Reshape" => 2,
        "Squeeze" => rank - Math.Max(1, AxesOf(node)?.Count ?? 1),
        "Unsqueeze" => rank + Math.Max(1, AxesOf(node)?.Count ?? 1),
        "ReduceMean" or "ReduceMax" when node.Attribute.Any(attribute => attribute is { Name: "keepdims", HasI: true, I: 0 }) => rank - Math.Max(1, AxesOf(node)?.Count ?? 1),
        _ => rank,
    };

    static RepeatedField<long> IntsOf(NodeProto node, string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name)?.Ints ?? [];

    /// <summary>The axes that a node is told, by an attribute or by its second input; null where it is told none.</summary>
    IReadOnlyList<long>? AxesOf(NodeProto node) => IntsOf(node, "axes") is { Count: > 0 } axes ? axes
        : node.Input.Count > 1 && _constants.TryGetValue(node.Input[1], out var tensor) ? new Constant(tensor).Integers : null;

    /// <summary>Where the features of a node's values are: null where it has none of three axes.</summary>
    bool? AreLast(NodeProto node) =>
        node.Input.Concat(node.Output).Select(name => _values.GetValueOrDefault(name)).OfType<Features>().FirstOrDefault() is { } value ? value.AreLast == true : null;

    void Change(NodeProto node)
    {
        if (AreLast(node) is not { } last)
            return;
        switch (node.OpType)
        {
            case "Conv" or "MaxPool" or "AveragePool":
                foreach (var attribute in node.Attribute)
                    if (attribute.Name is "kernel_shape" or "strides" or "dilations")
                        attribute.Ints.Insert(0, 1);
                    else if (attribute is { Name: "pads", Ints: { Count: > 0 } pads })
                    {
                        // Of rows before those of steps, and again behind them.
                        pads.Insert(pads.Count / 2, 0);
                        pads.Insert(0, 0);
                    }
                if (node.OpType == "Conv" && node.Input.Count > 1 && _constants.TryGetValue(node.Input[1], out var kernels))
                    node.Input[1] = Copy(kernels, node, copy => copy.Dims.Insert(Math.Min(2, copy.Dims.Count), 1));
                break;
            case "Transpose" when IntsOf(node, "perm") is [0, 2, 1] and var order:
                order.Clear();
                order.AddRange(_values.GetValueOrDefault(node.Input[0])?.AreLast == true ? [0, 3, 1, 2] : [0, 2, 3, 1]);
                break;
            case "Squeeze" or "Unsqueeze" or "ReduceMean" or "ReduceMax":
                ChangeAxes(node, last);
                break;
            case "Softmax" or "LayerNormalization":
                foreach (var attribute in node.Attribute.Where(attribute => attribute is { Name: "axis", HasI: true }))
                    attribute.I = Moved(attribute.I, last);
                break;
            case "Add" or "Sub" or "Mul" or "Div" or "Pow" or "PRelu" or "Max" or "Min" when !last:
                for (var i = 0; i < node.Input.Count; i++)
                    if (_constants.TryGetValue(node.Input[i], out var constant) && constant.Dims.Count > 1)
                        node.Input[i] = Copy(constant, node, copy => copy.Dims.Insert(copy.Dims.Count - 1, 1));
                break;
        }
    }

    /// <summary>The axis with rows among them.</summary>
    static long Moved(long axis, bool last) => (axis < 0 ? axis + 3 : axis) switch
    {
        FirstAxis when last => 2,
        LastAxis => 3,
        _ => axis,
    };

    /// <summary>A node that takes away, adds or reduces steps does so with the row too.</summary>
    void ChangeAxes(NodeProto node, bool last)
    {
        if (AxesOf(node) is not [var only])
            return;
        var axis = only < 0 ? only + 3 : only;
        long[] axes = axis == (last ? FirstAxis : LastAxis) ? last ? [1, 2] : [2, 3] : [Moved(only, last)];
        if (IntsOf(node, "axes") is { Count: > 0 } own)
        {
            own.Clear();
            own.AddRange(axes);
        }
        else
            node.Input[1] = Copy(_constants[node.Input[1]], node, copy =>
            {
                copy.ClearRawData();
                copy.Int64Data.Clear();
                copy.Int64Data.AddRange(axes);
                copy.Dims[0] = axes.Length;
            });
    }

    /// <summary>A changed constant for one node: others may take it as it is.</summary>
    string Copy(TensorProto tensor, NodeProto node, Action<TensorProto> change)
    {
        var copy = tensor.Clone();
        change(copy);
        copy.Name = $"{(tensor.Name.Length > 0 ? tensor.Name : "constant")} of {node.Output[0]}";
        while (!_constants.TryAdd(copy.Name, copy))
            copy.Name += "'";
        _graph.Initializer.Add(copy);
        return copy.Name;
    }

    /// <summary>Which axis of a value of three holds the features; values of which one is computed from the other share that, or have the one and the other.</summary>
    sealed class Features
    {
        Features? _same;
        bool _isOther, _isKnown, _areLast;

        /// <summary>Whether it is the last axis; null where nothing tells.</summary>
        public bool? AreLast
        {
            get
            {
                var (root, isOther) = Root();
                return root._isKnown ? root._areLast ^ isOther : null;
            }
        }

        (Features Root, bool IsOther) Root()
        {
            var (root, isOther) = (this, false);
            while (root._same is { } next)
                (root, isOther) = (next, isOther ^ root._isOther);
            return (root, isOther);
        }

        /// <summary>Says which it is; false where that contradicts what is known.</summary>
        public bool Set(bool areLast)
        {
            var (root, isOther) = Root();
            if (root._isKnown)
                return root._areLast == (areLast ^ isOther);
            (root._isKnown, root._areLast) = (true, areLast ^ isOther);
            return true;
        }

        /// <summary>Says that it is that of another value, or the other one; false where that contradicts what is known.</summary>
        public bool Join(Features value, bool isOther)
        {
            var ((root, flipped), (others, othersFlipped)) = (Root(), value.Root());
            var differ = flipped ^ othersFlipped ^ isOther;
            if (root == others)
                return !differ;
            if (others._isKnown && !root.Set(others._areLast ^ differ))
                return false;
            (others._same, others._isOther) = (root, differ);
            return true;
        }
    }
}
