using System.Globalization;
using GenNet.Onnx.Layers;
using GenNet.Onnx.Schema;
using static GenNet.Onnx.Schema.TensorProto.Types;

namespace GenNet.Onnx.Writing;

/// <summary>
/// Writes a network's layers as nodes. Layer 1's nodes are called <c>layer1/Gemm</c>, <c>layer1/Relu</c>, and what it gives <c>layer1</c>;
/// what a head gives has the head's name.
/// </summary>
sealed class GraphWriter
{
    /// <summary>The version of the file format that came with <see cref="OnnxFile.Opset"/>.</summary>
    const int FormatVersion = 8;

    /// <summary>The largest message that protobuf allows, less room for everything but weights.</summary>
    const long MaximumBytes = int.MaxValue - (1 << 24);

    readonly GraphProto _graph = new();
    /// <summary>What each layer gives, by its number; 0 is the input.</summary>
    readonly List<string> _values;
    readonly ILookup<int, ParameterTensor> _tensors;
    readonly NetworkArchitecture _architecture;

    GraphWriter(NetworkArchitecture architecture, ParameterBlock parameters)
    {
        _architecture = architecture;
        _graph.Name = architecture.Name;
        _values = [Unused("input")];
        _graph.Input.Add(architecture.Positions > 1 ? Batch(_values[0], architecture.Positions, architecture.Layers[0].Inputs) : Batch(_values[0], architecture.InputSize));
        _tensors = parameters.Tensors.ToLookup(tensor => tensor.Layer);
    }

    /// <exception cref="NotSupportedException">ONNX has no operator for a layer's activation, or no room for the parameters.</exception>
    public static ModelProto Write(NetworkArchitecture architecture, ParameterBlock parameters)
    {
        if (parameters.Tensors.Sum(tensor => (long)tensor.Length) * sizeof(float) > MaximumBytes)
            throw new NotSupportedException($"{architecture.Name} has more parameters than the 2 GB of an ONNX file can hold.");
        var writer = new GraphWriter(architecture, parameters);
        for (var layer = 0; layer < architecture.Heads[0].Layers.Start.Value; layer++)
            writer.Write(layer, architecture.Layers[layer]);
        foreach (var head in architecture.Heads)
            writer.Write(head);
        var model = new ModelProto
        {
            IrVersion = FormatVersion,
            ProducerName = "GenNet",
            ProducerVersion = typeof(OnnxFile).Assembly.GetName().Version!.ToString(3),
            OpsetImport = { new OperatorSetIdProto { Version = OnnxFile.Opset } },
            Graph = writer._graph,
        };
        foreach (var (key, value) in new[] { (FileKeys.Inputs, architecture.InputSchema), (FileKeys.Outputs, architecture.OutputSchema) })
            if (value is not null)
                model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return model;
    }

    /// <summary>Writes a head's own layers and its output.</summary>
    void Write(NetworkHead head)
    {
        var (name, first) = (head.Name.Length > 0 ? head.Name : "output", _graph.Node.Count);
        for (var layer = head.Layers.Start.Value; layer < head.Layers.End.Value; layer++)
            Write(layer, _architecture.Layers[layer]);
        if (_graph.Node.Count > first)
            _graph.Node[^1].Output[0] = name;
        else
            _graph.Node.Add(new NodeProto { Name = $"{name}/Identity", OpType = "Identity", Input = { _values[^1] }, Output = { name } });
        _graph.Output.Add(Batch(name, head.Outputs.End.Value - head.Outputs.Start.Value));
    }

    /// <summary>A name for a value that no head has.</summary>
    string Unused(string name)
    {
        while (_architecture.Heads.Any(head => head.Name == name))
            name += "_";
        return name;
    }

    void Write(int index, Layer layer)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"layer{index + 1}");
        string[] sources = [.. _architecture.SourcesOf(index + 1).Select(number => _values[number])];
        var nodes = new LayerNodes(_graph, name, sources[0], _architecture.PositionsOf(index) > 1);
        var parameters = _tensors[index].Select(nodes.Parameter).ToArray();
        if (LayerKind.Of(layer) is not { } kind)
            throw new NotSupportedException($"{_architecture.Name}'s layer {index + 1}, a {layer.GetType().Name}, cannot be written as ONNX.");
        kind.Write(layer, nodes, parameters, sources);
        if (!nodes.Activate(layer.Activation))
            throw new NotSupportedException($"{_architecture.Name}'s layer {index + 1} has the activation {layer.Activation}, which ONNX has no operator for. Built-in activations can be written.");
        _values.Add(nodes.Finish(Unused(name)));
    }

    static ValueInfoProto Batch(string name, params int[] sizes) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = DataType.Float,
                Shape = new TensorShapeProto
                {
                    Dim = { sizes.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }).Prepend(new TensorShapeProto.Types.Dimension { DimParam = "batch" }) },
                },
            },
        },
    };
}
