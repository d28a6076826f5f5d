using System.Globalization;
using GenNet.Onnx.Schema;

namespace GenNet.Onnx.Reading;

/// <summary>
/// A graph whose recurrent nodes go on from states that are inputs of the model, and give those behind the last step as outputs, as one that has neither: a network begins with zeros, and its user
/// carries states from step to step in a <see cref="NetworkState"/>.
/// </summary>
sealed class StateGraph
{
    /// <summary>Where recurrent operators take the states that they begin with.</summary>
    const int FirstState = 5, LastState = 6;

    readonly GraphProto _graph;
    readonly GraphConstants _constants;

    StateGraph(GraphProto graph) => (_graph, _constants) = (graph, new GraphConstants(graph));

    /// <summary>Takes states out, and puts the number of steps in that a model of GenNet's leaves open.</summary>
    public static void TakeOut(ModelProto model)
    {
        var graph = model.Graph;
        if (!graph.Node.Any(node => RecurrentGraph.IsRecurrent(node.OpType)))
            return;
        var states = new StateGraph(graph);
        if (states._constants.Inputs().Length > 1)
            states.TakeOut();
        if (model.MetadataProps.FirstOrDefault(entry => entry.Key == FileKeys.Steps)?.Value is { } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var steps)
            && states._constants.Inputs() is [{ Type.TensorType.Shape.Dim: [_, { DimValue: 0 } open, _] }])
            open.DimValue = steps;
    }

    void TakeOut()
    {
        var inputs = Follow([.. _constants.Inputs().Select(input => input.Name)]);

        // An input is one of states where nothing else is computed from it.
        var states = _graph.Node.Where(node => RecurrentGraph.IsRecurrent(node.OpType)).SelectMany(StatesOf).Select(name => inputs.GetValueOrDefault(name)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var node in _graph.Node)
            for (var place = 0; place < node.Input.Count; place++)
                if (inputs.TryGetValue(node.Input[place], out var origin) && !(RecurrentGraph.IsRecurrent(node.OpType) && place is FirstState or LastState) && !Moves(node))
                    states.Remove(origin);
        bool IsState(string name) => inputs.TryGetValue(name, out var origin) && states.Contains(origin);
        if (states.Count == 0 || _graph.Output.Any(output => IsState(output.Name)))
            return;
        foreach (var node in _graph.Node.Where(node => RecurrentGraph.IsRecurrent(node.OpType)))
            for (var place = FirstState; place <= LastState && place < node.Input.Count; place++)
                if (IsState(node.Input[place]))
                    node.Input[place] = "";
        Remove(_graph.Node, node => node.Output.Count > 0 && IsState(node.Output[0]));
        Remove(_graph.Input, input => states.Contains(input.Name));

        // So are outputs that are the last states and no more, beside others.
        var last = Follow([.. _graph.Node.Where(node => RecurrentGraph.IsRecurrent(node.OpType)).SelectMany(node => node.Output.Skip(1)).Where(name => name.Length > 0)]);
        if (_graph.Output.All(output => last.ContainsKey(output.Name)))
            return;
        Remove(_graph.Output, output => last.ContainsKey(output.Name));
        for (var index = _graph.Node.Count - 1; index >= 0; index--)
            if (_graph.Node[index] is { Output: [var given, ..] } node && last.ContainsKey(given) && !IsUsed(given))
                _graph.Node.Remove(node);
    }

    static IEnumerable<string> StatesOf(NodeProto node) => node.Input.Skip(FirstState).Take(LastState - FirstState + 1).Where(name => name.Length > 0);

    bool IsUsed(string name) => _graph.Output.Any(output => output.Name == name) || _graph.Node.Any(node => node.Input.Contains(name));

    /// <summary>Whether a node only chooses some of a value's elements, or puts them in another order.</summary>
    static bool Moves(NodeProto node) => node.OpType is "Identity" or "Slice" or "Gather" or "Squeeze" or "Unsqueeze" or "Transpose" or "Concat";

    /// <summary>Values, and what is only chosen of them and moved: of which each is, or of which the first of its parts.</summary>
    Dictionary<string, string> Follow(string[] names)
    {
        var origins = names.ToDictionary(name => name, StringComparer.Ordinal);
        foreach (var node in _graph.Node)
            if (Moves(node) && node is { Input: [var first, ..], Output: [var given] } && origins.TryGetValue(first, out var origin)
                && (node.OpType == "Concat" ? node.Input.All(origins.ContainsKey) : node.Input.Skip(1).All(name => name.Length == 0 || _constants.Find(name) is not null)))
                origins.TryAdd(given, origin);
        return origins;
    }

    static void Remove<T>(IList<T> items, Predicate<T> leaves)
    {
        for (var index = items.Count - 1; index >= 0; index--)
            if (leaves(items[index]))
                items.RemoveAt(index);
    }
}
