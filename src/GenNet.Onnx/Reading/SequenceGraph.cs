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
    readonly GraphConstants _constants;

    /// <summary>Values of three axes, turned where the last of them holds the features.</summary>
    readonly Dictionary<string, Orientation> _values = [];
    readonly Dictionary<string, int> _ranks = [];

    SequenceGraph(GraphProto graph) => (_graph, _constants) = (graph, new GraphConstants(graph));

    /// <summary>Changes a graph along the steps of sequences to one over images.</summary>
    /// <returns>Which axis of its input holds the features; null of a graph that goes along no steps, which is left as it is.</returns>
    public static Layout? AsImages(GraphProto graph)
    {
        var sequences = new SequenceGraph(graph);
        if (sequences._constants.Inputs() is not [{ Type.TensorType.Shape.Dim: { Count: 3 } sizes, Name: var input }])
            return null;
        sequences._ranks[input] = sizes.Count;
        sequences._values[input] = new Orientation();
        if (!sequences.Follow())
            return null;
        var isLast = sequences._values[input].IsTurned == true;
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
            if (computed.Length == 0 || node.Output.Count == 0 || node.OpType == "Shape")
                continue;
            _ranks[node.Output[0]] = _constants.RankOf(node, computed.Max(name => _ranks[name]));
            if (_ranks[node.Output[0]] == 3)
                _values[node.Output[0]] = new Orientation();
            Orientation[] touched = [.. computed.Append(node.Output[0]).Select(name => _values.GetValueOrDefault(name)).OfType<Orientation>()];
            if (touched.Length == 0)
                continue;
            var (first, second) = (touched[0], touched[^1]);
            switch (node.OpType)
            {
                case "Transpose":
                    if (GraphConstants.IntsOf(node, "perm") is [0, 2, 1])
                        agree &= first.Join(second, isOther: true);
                    break;
                case "Conv" or "MaxPool" or "AveragePool" or "GlobalMaxPool" or "GlobalAveragePool":
                    goesAlong = true;
                    agree &= touched.All(value => value.Set(false));
                    break;
                case "ReduceMean" or "ReduceMax" when _ranks[node.Output[0]] == 2 && _constants.AxesOf(node) is [var axis]:
                    goesAlong = true;
                    agree &= first.Set(axis is 1 or -2);
                    break;
                case "BatchNormalization":
                    agree &= touched.All(value => value.Set(false));
                    break;
                case "Gather" when _ranks[node.Output[0]] == 2:
                    var gathered = GraphConstants.AxisOf(node, rank: 3);
                    goesAlong |= gathered == LastAxis;
                    agree &= first.Set(gathered == FirstAxis);
                    break;
                case var operation when operation is "MatMul" or "LayerNormalization" or EmbeddingGraph.Operator || RecurrentGraph.IsRecurrent(operation):
                    agree &= touched.All(value => value.Set(true));
                    break;
                default:
                    agree &= touched.All(value => value.Join(first, isOther: false));
                    break;
            }
        }
        return goesAlong && agree;
    }

    /// <summary>Where the features of a node's values are: null where it has none of three axes.</summary>
    bool? AreLast(NodeProto node) =>
        node.Input.Concat(node.Output).Select(name => _values.GetValueOrDefault(name)).OfType<Orientation>().FirstOrDefault() is { } value ? value.IsTurned == true : null;

    void Change(NodeProto node)
    {
        if (node.Output.Count == 0 || AreLast(node) is not { } last)
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
                if (node.OpType == "Conv" && node.Input.Count > 1 && _constants.Find(node.Input[1]) is { } kernels)
                    node.Input[1] = Copy(kernels, node, copy => copy.Dims.Insert(Math.Min(2, copy.Dims.Count), 1));
                break;
            case "Transpose" when GraphConstants.IntsOf(node, "perm") is [0, 2, 1] and var order:
                order.Clear();
                order.AddRange(_values.GetValueOrDefault(node.Input[0])?.IsTurned == true ? [0, 3, 1, 2] : [0, 2, 3, 1]);
                break;
            case "Squeeze" or "Unsqueeze" or "ReduceMean" or "ReduceMax":
                ChangeAxes(node, last);
                break;
            case "Softmax" or "LayerNormalization" or "Gather":
                foreach (var attribute in node.Attribute.Where(attribute => attribute is { Name: "axis", HasI: true }))
                    attribute.I = Moved(attribute.I, last);
                break;
            case "Add" or "Sub" or "Mul" or "Div" or "Pow" or "PRelu" or "Max" or "Min" when !last:
                for (var i = 0; i < node.Input.Count; i++)
                    if (_constants.Find(node.Input[i]) is { } constant && constant.Dims.Count > 1)
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
        if (_constants.AxesOf(node) is not [var only])
            return;
        var axis = only < 0 ? only + 3 : only;
        long[] axes = axis == (last ? FirstAxis : LastAxis) ? last ? [1, 2] : [2, 3] : [Moved(only, last)];
        if (GraphConstants.IntsOf(node, "axes") is { Count: > 0 } own)
        {
            own.Clear();
            own.AddRange(axes);
        }
        else
            node.Input[1] = Copy(_constants.Find(node.Input[1])!, node, copy =>
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
        return _constants.Add(copy);
    }
}
