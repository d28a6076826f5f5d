using System.Buffers.Binary;
using System.Globalization;
using GenNet.Onnx.Schema;
using Google.Protobuf;
using static GenNet.Onnx.Schema.TensorProto.Types;

namespace GenNet.Onnx.Writing;

/// <summary>Adds the nodes of one layer to a graph, one after the other, each named after the layer and its operator.</summary>
sealed class LayerNodes(GraphProto graph, string layer, string input)
{
    readonly int _first = graph.Node.Count;
    string _last = input;

    /// <summary>Adds a node that takes what the last one gave, and <paramref name="others"/>.</summary>
    public void Add(string operation, ReadOnlySpan<string> others = default, params AttributeProto[] attributes) => Add(operation, _last, others, attributes);

    /// <summary>Adds what an earlier layer gave.</summary>
    public void AddResidual(string value) => Add("Add", _last, [value], name: "Residual");

    /// <summary>Adds a parameter of the network under its own name.</summary>
    public string Parameter(ParameterTensor tensor)
    {
        var values = new float[tensor.Length];
        tensor.CopyTo(values);
        var index = Array.FindIndex(values, value => !float.IsFinite(value));
        if (index >= 0)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Element {index} of {graph.Name}'s {tensor} is {values[index]}, which is not worth keeping: nothing was written."));
        return AddTensor(tensor.Name, tensor.Shape, values);
    }

    /// <summary>Adds an activation's nodes; false where ONNX has no operator for it.</summary>
    public bool Activate(LayerActivation activation)
    {
        switch (activation.BuiltIn)
        {
            case Activation.Identity: return true;
            case Activation.Sigmoid: Add("Sigmoid"); return true;
            case Activation.Tanh: Add("Tanh"); return true;
            case Activation.ReLU: Add("Relu"); return true;
            case Activation.LeakyReLU: Add("LeakyRelu", [], Attributes.Float("alpha", 0.01f)); return true;
            case Activation.ELU: Add("Elu", [], Attributes.Float("alpha", 1)); return true;
            case Activation.GELU: AddGelu(); return true;
            case Activation.SiLU: AddSilu(); return true;
            case Activation.Softplus: Add("Softplus"); return true;
            case Activation.HardSigmoid: Add("HardSigmoid", [], Attributes.Float("alpha", 1f / 6), Attributes.Float("beta", 0.5f)); return true;
            case Activation.HardTanh: Add("Clip", [Scalar("min", -1), Scalar("max", 1)]); return true;
            case Activation.Softmax: Add("Softmax", [], Attributes.Int("axis", -1)); return true;
            default: return false;
        }
    }

    /// <summary>Names what the last node gave after the layer.</summary>
    public string Finish()
    {
        if (graph.Node.Count == _first)
            return _last;
        return graph.Node[^1].Output[0] = layer;
    }

    /// <summary>x·½(1 + erf(x/√2)): operator <c>Gelu</c> came later than our operator set. In the order in which runtimes look for it to fuse it.</summary>
    void AddGelu()
    {
        var x = _last;
        Add("Div", [Scalar("sqrt2", MathF.Sqrt(2))]);
        Add("Erf");
        Add("Add", [Scalar("one", 1)]);
        Add("Mul", x, [_last]);
        Add("Mul", _last, [Scalar("half", 0.5f)], name: "Gelu");
    }

    void AddSilu()
    {
        var x = _last;
        Add("Sigmoid");
        Add("Mul", x, [_last], name: "Silu");
    }

    void Add(string operation, string first, ReadOnlySpan<string> others, AttributeProto[]? attributes = null, string? name = null)
    {
        name = $"{layer}/{name ?? operation}";
        var node = new NodeProto { Name = name, OpType = operation, Input = { first }, Output = { name }, Attribute = { attributes ?? [] } };
        foreach (var other in others)
            node.Input.Add(other);
        graph.Node.Add(node);
        _last = name;
    }

    string Scalar(string name, float value) => AddTensor($"{layer}/{name}", [], [value]);

    string AddTensor(string name, IReadOnlyList<int> shape, ReadOnlySpan<float> values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        graph.Initializer.Add(new TensorProto
        {
            Name = name,
            DataType = DataType.Float,
            Dims = { shape.Select(size => (long)size) },
            RawData = UnsafeByteOperations.UnsafeWrap(bytes),
        });
        return name;
    }
}
