using GenNet.Onnx.Schema;
using static GenNet.Onnx.Schema.TensorProto.Types;

namespace GenNet.Onnx.Reading;

/// <summary>
/// A graph whose recurrent nodes have steps before samples, [steps, samples, features], or samples first (<c>layout</c> = 1), and an axis of directions in what they give, as one in which
/// all of that is [samples, steps, features]. The state behind the last step is the last of all.
/// </summary>
sealed class RecurrentGraph
{
    const int StepsAxis = 1;

    /// <summary>More layers than any network has, whose last states are put one behind the other.</summary>
    const int MostStates = 100;

    readonly GraphProto _graph;
    readonly GraphConstants _constants;
    readonly Dictionary<string, int> _ranks = [];

    /// <summary>Values of three axes, turned where steps are before samples.</summary>
    readonly Dictionary<string, Orientation> _values = [];

    /// <summary>What recurrent nodes give of all steps, with an axis of directions.</summary>
    readonly Dictionary<string, NodeProto> _steps = [];

    /// <summary>The same with the directions beside the units, [steps, samples, directions, units] or samples first.</summary>
    readonly Dictionary<string, NodeProto> _directions = [];

    /// <summary>What they give of the last, one behind the other.</summary>
    readonly Dictionary<string, NodeProto[]> _states = [];

    /// <summary>Nodes that take the last state of a recurrent one.</summary>
    readonly Dictionary<NodeProto, NodeProto> _last = new(ReferenceEqualityComparer.Instance);

    RecurrentGraph(GraphProto graph) => (_graph, _constants) = (graph, new GraphConstants(graph));

    /// <summary>Whether an operator is a recurrent layer.</summary>
    public static bool IsRecurrent(string operation) => operation is "GRU" or "LSTM" or "RNN";

    /// <summary>Changes a graph with recurrent nodes; leaves others as they are.</summary>
    /// <exception cref="InvalidDataException">A recurrent node has another direction than forward, takes other axes, or its outputs are used in another way.</exception>
    public static void PutStepsInOrder(GraphProto graph)
    {
        if (!graph.Node.Any(node => IsRecurrent(node.OpType)))
            return;
        var recurrent = new RecurrentGraph(graph);
        foreach (var input in recurrent._constants.Inputs())
            recurrent.Track(input.Name, input.Type?.TensorType?.Shape?.Dim.Count ?? 0);
        foreach (var node in graph.Node)
            recurrent.Follow(node);
        foreach (var output in graph.Output)
            recurrent.CheckOutput(output.Name);
        foreach (var input in recurrent._constants.Inputs())
            recurrent.Change(input);
        foreach (var node in graph.Node)
            recurrent.Change(node);
        recurrent.MakeRows();
    }

    void Track(string name, int rank)
    {
        _ranks[name] = rank;
        if (rank == 3)
            _values[name] = new Orientation();
    }

    void Follow(NodeProto node)
    {
        if (node.Output.Count == 0 || node.OpType == "Shape")
            return;
        if (IsRecurrent(node.OpType))
            FollowRecurrent(node);
        else if (node.Input.Any(name => _steps.ContainsKey(name) || _states.ContainsKey(name) || _directions.ContainsKey(name)))
            FollowOutput(node);
        else if (node.Input.Any(_ranks.ContainsKey))
            FollowOther(node);
    }

    void FollowRecurrent(NodeProto node)
    {
        if (node.Attribute.FirstOrDefault(attribute => attribute.Name == "direction")?.S.ToStringUtf8() is { } direction and not ("" or "forward" or "bidirectional"))
            throw new InvalidDataException($"{Described(node)} has direction = {Messages.Short(direction)}: GenNet's recurrent layers go forward, from the first step to the last, or in both directions. Train and export such a model.");
        if (Layout(node) is not (0 or 1))
            throw new InvalidDataException($"{Described(node)} has layout = {Layout(node)}, which ONNX does not have.");
        var input = node.Input.FirstOrDefault("");
        if (_values.GetValueOrDefault(input) is not { } x)
            throw new InvalidDataException($"{Described(node)} takes \"{Messages.Short(input)}\", which is not known to have three axes: a recurrent layer takes {Axes(node)}; export the model with an input that declares them.");
        if (!x.Set(Layout(node) == 0))
            throw Contradiction(node, Axes(node));
        if (node.Input.Skip(1).Any(name => _steps.ContainsKey(name) || _states.ContainsKey(name)))
            throw new InvalidDataException($"{Described(node)} begins with what another recurrent layer gives; in GenNet each begins with a state of zeros.");
        if (node.Output[0].Length == 0)
            node.Output[0] = $"steps of {node.Output.FirstOrDefault(name => name.Length > 0, "")}";
        _steps[node.Output[0]] = node;
        if (node.Output.Count > 1 && node.Output[1].Length > 0)
            _states[node.Output[1]] = [node];
    }

    static long Layout(NodeProto node) => node.Attribute.FirstOrDefault(attribute => attribute.Name == "layout")?.I ?? 0;

    static string Axes(NodeProto node) => Layout(node) == 0 ? "[steps, samples, features]" : "[samples, steps, features]";

    /// <summary>A node that takes what a recurrent one gives: it does away with the directions, or the layers, or puts those one behind the other.</summary>
    void FollowOutput(NodeProto node)
    {
        if (FollowDirections(node))
            return;
        if (_steps.TryGetValue(node.Input[0], out var whole) && !IsBidirectional(whole) && node.OpType == "Squeeze" && IsOnly(_constants.AxesOf(node), Layout(whole) == 0 ? 1 : 2, rank: 4))
        {
            Track(node.Output[0], 3);
            _values[node.Output[0]].Set(Layout(whole) == 0);
            return;
        }
        if (_states.TryGetValue(node.Input[0], out var states) && !states.Any(IsBidirectional))
        {
            var axis = Layout(states[0]);
            if (node.OpType == "Squeeze" && states is [var only] && IsOnly(_constants.AxesOf(node), axis, rank: 3))
            {
                Track(node.Output[0], 2);
                _last[node] = only;
                return;
            }
            if (node.OpType == "Gather" && GraphConstants.AxisOf(node, rank: 3) == axis && _constants.IndexOf(node) is { } index && index >= -states.Length && index < states.Length)
            {
                Track(node.Output[0], 2);
                _last[node] = states[index < 0 ? index + states.Length : index];
                return;
            }
            if (node.OpType == "Concat" && GraphConstants.AxisOf(node, rank: 3) == axis && node.Input.All(name => _states.TryGetValue(name, out var others) && !others.Any(IsBidirectional)) && node.Input.Sum(name => _states[name].Length) <= MostStates)
            {
                _states[node.Output[0]] = [.. node.Input.SelectMany(name => _states[name])];
                return;
            }
        }
        throw new InvalidDataException($"{Described(node)} takes what {Described(node.Input.Select(name => _steps.GetValueOrDefault(name) ?? _directions.GetValueOrDefault(name) ?? _states.GetValueOrDefault(name)?[0]).First(recurrent => recurrent is not null)!)} gives, with the axis of its directions: what can be read is Squeeze of that axis, of both directions Transpose and Reshape that put them beside each other, and of last states (Y_h) of one direction Gather of one layer's. Export the model with output[:, -1], h_n[-1] or all steps of the output.");
    }

    /// <summary>Whether it goes through the steps in both directions.</summary>
    public static bool IsBidirectional(NodeProto node) => node.Attribute.Any(attribute => attribute.Name == "direction" && attribute.S.ToStringUtf8() == "bidirectional");

    /// <summary>A node that puts both directions beside each other, at each step: a transposition, where the axis of directions is not the last but one, and a reshape.</summary>
    bool FollowDirections(NodeProto node)
    {
        if (_steps.TryGetValue(node.Input[0], out var whole) && IsBidirectional(whole) && node.OpType == "Transpose" && Layout(whole) == 0 && GraphConstants.IntsOf(node, "perm") is [0, 2, 1, 3])
        {
            _directions[node.Output[0]] = whole;
            return true;
        }
        var joins = node.OpType == "Reshape" && _constants.AxesOf(node) is [_, _, _];
        if (!joins || !(_directions.TryGetValue(node.Input[0], out var recurrent) || (_steps.TryGetValue(node.Input[0], out recurrent) && IsBidirectional(recurrent) && Layout(recurrent) == 1)))
            return false;
        Track(node.Output[0], 3);
        _values[node.Output[0]].Set(Layout(recurrent) == 0);
        return true;
    }

    static bool IsOnly(IReadOnlyList<long>? axes, long axis, int rank) => axes is [var only] && (only == axis || only == axis - rank);

    /// <summary>Whether what a node takes and gives has samples or steps first.</summary>
    void FollowOther(NodeProto node)
    {
        string[] computed = [.. node.Input.Where(_ranks.ContainsKey)];
        Track(node.Output[0], _constants.RankOf(node, computed.Max(name => _ranks[name])));
        Orientation[] touched = [.. computed.Append(node.Output[0]).Select(name => _values.GetValueOrDefault(name)).OfType<Orientation>()];
        if (touched.Length > 0 && !Agrees(node, touched[0], touched))
            throw Contradiction(node, "its values");
    }

    bool Agrees(NodeProto node, Orientation first, Orientation[] touched)
    {
        switch (node.OpType)
        {
            case "Transpose":
                return GraphConstants.IntsOf(node, "perm") switch
                {
                    [1, 0, 2] => first.Join(touched[^1], isOther: true),
                    [0, 2, 1] => touched.All(value => value.Set(false)),
                    [1, 2, 0] => first.Set(true) && touched[^1].Set(false),
                    [2, 0, 1] => first.Set(false) && touched[^1].Set(true),
                    _ => true,
                };
            case "Conv" or "MaxPool" or "AveragePool" or "GlobalMaxPool" or "GlobalAveragePool" or "BatchNormalization" or "Flatten" or "Reshape":
                return touched.All(value => value.Set(false));
            case "Gather" when _ranks[node.Output[0]] == 2:
                return first.Set(GraphConstants.AxisOf(node, rank: 3) == 0);
            case "Squeeze" or "Unsqueeze" or "ReduceMean" or "ReduceMax" when _ranks[node.Output[0]] == 2 || node.OpType == "Unsqueeze":
                return first.Set(_constants.AxesOf(node) is [0 or -3]);
            default:
                return touched.All(value => value.Join(first, isOther: false));
        }
    }

    InvalidDataException Contradiction(NodeProto node, string axes) =>
        new($"{Described(node)} takes {axes} where other nodes have steps and samples the other way round; put a Transpose between, as exporters do.");

    void CheckOutput(string name)
    {
        if ((_steps.GetValueOrDefault(name) ?? _directions.GetValueOrDefault(name) ?? _states.GetValueOrDefault(name)?[0]) is { } node)
            throw new InvalidDataException($"its output \"{Messages.Short(name)}\" is what {Described(node)} gives, with the axis of its directions; end the model with output[:, -1], h_n[-1] or all steps of the output.");
    }

    void Change(ValueInfoProto input)
    {
        if (!IsTurned(input.Name))
            return;
        var sizes = input.Type.TensorType.Shape.Dim;
        (sizes[0], sizes[1]) = (sizes[1], sizes[0]);
    }

    bool IsTurned(string name) => _values.GetValueOrDefault(name)?.IsTurned == true;

    void Change(NodeProto node)
    {
        if (_last.TryGetValue(node, out var recurrent))
            Become(node, "Gather", [recurrent.Output[0], _constants.Add(new TensorProto { Name = $"last step of {node.Output[0]}", DataType = DataType.Int64, Int64Data = { -1 } })], new AttributeProto { Name = "axis", I = StepsAxis });
        else if (node.Output.Count == 0 || node.Input.Count == 0 || IsRecurrent(node.OpType))
            return;
        else if (_steps.ContainsKey(node.Input[0]) || _directions.ContainsKey(node.Input[0]))
            Become(node, "Identity", [node.Input[0]]);
        else if (node.OpType == "Transpose" && _values.ContainsKey(node.Input[0]))
            ChangeOrder(node);
        else if (IsTurned(node.Input[0]) || IsTurned(node.Output[0]))
            ChangeAxes(node);
    }

    static void Become(NodeProto node, string operation, IEnumerable<string> inputs, params AttributeProto[] attributes)
    {
        node.OpType = operation;
        string[] names = [.. inputs];
        node.Input.Clear();
        node.Input.AddRange(names);
        node.Attribute.Clear();
        node.Attribute.AddRange(attributes);
    }

    static void ChangeOrder(NodeProto node)
    {
        var order = GraphConstants.IntsOf(node, "perm");
        if (order is [1, 0, 2])
            Become(node, "Identity", [node.Input[0]]);
        else if (order is [1, 2, 0] or [2, 0, 1])
        {
            order.Clear();
            order.AddRange([0, 2, 1]);
        }
    }

    /// <summary>A node that takes away, adds or reduces steps, which are the first axis of what it takes.</summary>
    void ChangeAxes(NodeProto node)
    {
        if (node.OpType == "Gather" && GraphConstants.AxisOf(node, rank: 3) == 0)
            Become(node, "Gather", [.. node.Input], new AttributeProto { Name = "axis", I = StepsAxis });
        else if (node.OpType is "Squeeze" or "Unsqueeze" or "ReduceMean" or "ReduceMax" && _constants.AxesOf(node) is [0 or -3])
        {
            if (GraphConstants.IntsOf(node, "axes") is { Count: > 0 } own)
                own[0] = StepsAxis;
            else
                node.Input[1] = _constants.Add(new TensorProto { Name = $"steps of {node.Output[0]}", DataType = DataType.Int64, Dims = { 1 }, Int64Data = { StepsAxis } });
        }
    }

    /// <summary>What is given at each step is one row, step by step.</summary>
    void MakeRows()
    {
        var given = _graph.Node.Where(node => node.Output.Count > 0).Select(node => node.Output[0]).ToHashSet(StringComparer.Ordinal);
        var rows = _graph.Output.Select(output => output.Name).Where(name => _values.ContainsKey(name) && given.Contains(name)).ToHashSet(StringComparer.Ordinal);
        if (rows.Count == 0)
            return;
        foreach (var node in _graph.Node)
            foreach (var names in new[] { node.Input, node.Output })
                for (var i = 0; i < names.Count; i++)
                    if (rows.Contains(names[i]))
                        names[i] = Step(names[i]);
        foreach (var name in rows)
            _graph.Node.Add(new NodeProto { Name = $"{name} of all steps", OpType = "Flatten", Input = { Step(name) }, Output = { name } });

        static string Step(string name) => $"steps of {name}";
    }

    static string Described(NodeProto node) => $"node \"{Messages.Short(node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault(""))}\" ({Messages.Short(node.OpType)})";
}
