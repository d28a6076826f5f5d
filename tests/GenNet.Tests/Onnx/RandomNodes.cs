using GenNet.Onnx.Schema;
using static GenNet.Tests.Onnx.Model;

namespace GenNet.Tests.Onnx;

/// <summary>Nodes of a random model, each of which takes what the one before it gives.</summary>
abstract class RandomNodes(ulong seed)
{
    RandomStream _random = new(seed);
    int _values;

    /// <summary>What the model has.</summary>
    protected HashSet<string> Had { get; } = [];

    protected List<NodeProto> Nodes { get; } = [];

    protected List<TensorProto> Tensors { get; } = [];

    /// <summary>What the last node gave.</summary>
    protected string Last { get; set; } = "x";

    /// <summary>A sample as the model takes it.</summary>
    protected int[] Shape { get; set; } = [];

    /// <summary>Values of a sample so far, which running the nodes tells.</summary>
    protected int All()
    {
        NodeProto[] nodes = [.. Nodes.TakeWhile(node => node.OpType is not ("Flatten" or "Reshape"))];
        var model = Imaged([.. Shape.Select(_ => 1L)], nodes);
        model.Graph.Initializer.Add(Tensors);
        try
        {
            return NaiveGraph.Run(model, new([1, .. Shape], new double[Shape.Aggregate(1, (a, b) => a * b)])).Values.Length;
        }
        catch (ArgumentException)
        {
            return 1;
        }
    }

    protected void Add(string operation, string[] others, params AttributeProto[] attributes)
    {
        var name = $"v{_values++}";
        Nodes.Add(new NodeProto { Name = name, OpType = operation, Input = { others.Prepend(Last) }, Output = { name }, Attribute = { attributes } });
        Last = name;
    }

    protected string Tensor(int[] shape, float lowest = -1)
    {
        var name = $"t{Tensors.Count}";
        Tensors.Add(Model.Tensor(name, [.. shape.Select(size => (long)size)], [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => lowest + 2 * _random.NextSingle())]));
        return name;
    }

    protected string Whole(params long[] values)
    {
        var name = $"t{Tensors.Count}";
        Tensors.Add(Integers(name, values));
        return name;
    }

    protected int Next(int count) => _random.NextInt32(count);
}
