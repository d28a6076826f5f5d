using System.Buffers.Binary;
using System.Globalization;
using GenNet.Onnx.Activations;
using GenNet.Onnx.Schema;
using Google.Protobuf;
using static GenNet.Onnx.Schema.TensorProto.Types;

namespace GenNet.Onnx.Writing;

/// <summary>Adds the nodes of one layer to a graph, one after the other, each named after the layer and its operator.</summary>
/// <param name="graph">The graph.</param>
/// <param name="layer">The layer's name.</param>
/// <param name="input">What it takes.</param>
sealed class LayerNodes(GraphProto graph, string layer, WrittenValue input)
{
    /// <summary>The axis of steps.</summary>
    public const int StepsAxis = 1;

    static readonly long[] PixelAxes = [2, 3], ChannelsToFirst = [0, 3, 1, 2], ChannelsToLast = [0, 2, 3, 1];

    readonly int _first = graph.Node.Count;

    /// <summary>What the last node gave.</summary>
    public string Last { get; private set; } = input.Name;

    /// <summary>How that holds a sample.</summary>
    public Form Form { get; set; } = input.Form;

    /// <summary>Whether that is an image of more than one pixel.</summary>
    public bool HasPixels => Form == Form.Image && input.HasPixels;

    /// <summary>What a row that is made of positions becomes.</summary>
    public Form RowForm { get; init; }

    /// <summary>Whether the positions of such a row are an image's.</summary>
    public bool MakesRowOfImage { get; init; }

    /// <summary>Whether recurrent layers take the states that they begin with, and give those that they end with.</summary>
    public bool CarriesStates { get; init; }

    /// <summary>Lets the last node, a recurrent one, take the states that it begins with from outside, and give those behind the last step.</summary>
    public void CarryState(int units, bool hasCell)
    {
        var node = graph.Node[^1];
        node.Input.Add(""); // all sequences are whole
        foreach (var name in hasCell ? new[] { "h", "c" } : ["h"])
        {
            node.Input.Add($"{layer}.{name}_0");
            node.Output.Add($"{layer}.{name}_n");
            graph.Input.Add(ValueInfos.State($"{layer}.{name}_0", units));
            graph.Output.Add(ValueInfos.State($"{layer}.{name}_n", units));
        }
    }

    /// <summary>Makes an image of one pixel a row, and leaves other values as they are.</summary>
    public void AsRow(string name = "Row")
    {
        if (Form == Form.Image && !HasPixels)
        {
            Add("Flatten", Last, [], [Attributes.Int("axis", 1)], name);
            Form = Form.Row;
        }
    }

    /// <summary>Makes a row an image of one pixel, and steps one of one row.</summary>
    public void AsImage()
    {
        if (Form == Form.Image)
            return;
        if (Form == Form.Steps)
            Add("Transpose", Last, [], [Attributes.Ints("perm", ChannelsToFirst)], "FeaturesFirst");
        else
            Add("Unsqueeze", Last, [Integers("axes", PixelAxes)], name: "Pixel");
        Form = Form.Image;
    }

    /// <summary>Makes an image of one row steps, and a row one step.</summary>
    public void AsSteps()
    {
        if (Form == Form.Steps)
            return;
        if (Form == Form.Image)
            Add("Transpose", Last, [], [Attributes.Ints("perm", ChannelsToLast)], "FeaturesLast");
        else
            Add("Unsqueeze", Last, [Integers("axes", [StepsAxis])], name: "Step");
        Form = Form.Steps;
    }

    /// <summary>Adds nodes that work along the last axis, which holds the channels of an image between two transpositions.</summary>
    public void ChannelsLast(Action add)
    {
        if (HasPixels)
            Add("Transpose", Last, [], [Attributes.Ints("perm", ChannelsToLast)], "ChannelsLast");
        add();
        if (HasPixels)
            Add("Transpose", Last, [], [Attributes.Ints("perm", ChannelsToFirst)], "ChannelsFirst");
    }

    /// <summary>What a value of the same sample is called, as a row if it was an image of one pixel, or one step.</summary>
    public string RowOf(WrittenValue value)
    {
        if (value.Form is Form.Row or Form.RowOfPixels)
            return value.Name;
        var last = Last;
        Add("Flatten", value.Name, [], [Attributes.Int("axis", 1)], "AroundRow");
        (var row, Last) = (Last, last);
        return row;
    }

    /// <summary>Adds nodes that take another value than those so far, beside them.</summary>
    /// <param name="name">What they are called within the layer.</param>
    /// <param name="value">The value.</param>
    /// <param name="add">Adds them.</param>
    /// <returns>What they give, of as many pixels as what the layer takes.</returns>
    public WrittenValue Beside(string name, WrittenValue value, Action<LayerNodes> add)
    {
        var nodes = new LayerNodes(graph, $"{layer}/{name}", value) { RowForm = RowForm, MakesRowOfImage = MakesRowOfImage };
        add(nodes);
        return new(nodes.Last, nodes.Form, input.Height, input.Width);
    }

    /// <summary>Adds a node that takes what the last one gave, and <paramref name="others"/>.</summary>
    public void Add(string operation, ReadOnlySpan<string> others = default, params AttributeProto[] attributes) => Add(operation, Last, others, attributes);

    /// <summary>Adds a parameter of the network under its own name.</summary>
    /// <param name="tensor">The parameter.</param>
    /// <param name="pixels">Pixels of which the row is made that the layer takes; 1 for others.</param>
    /// <param name="form">How the value that it is multiplied with holds a sample.</param>
    public string Parameter(ParameterTensor tensor, int pixels, Form form)
    {
        var values = ValuesOf(tensor);
        if (form == Form.RowOfPixels && tensor.Kind != ParameterKind.Bias)
            values = RowOrder.ByPosition(values, tensor.Shape[^1], pixels);
        return AddTensor(tensor.Name, tensor.Shape, values);
    }

    /// <summary>A parameter's values.</summary>
    /// <exception cref="InvalidOperationException">One is no finite number.</exception>
    public float[] ValuesOf(ParameterTensor tensor)
    {
        var values = new float[tensor.Length];
        tensor.CopyTo(values);
        var index = Array.FindIndex(values, value => !float.IsFinite(value));
        return index < 0
            ? values
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Element {index} of {graph.Name}'s {tensor} is {values[index]}, which is not worth keeping: nothing was written."));
    }

    /// <summary>Adds an activation's nodes; false where ONNX has no operator for it.</summary>
    public bool Activate(LayerActivation activation)
    {
        if (activation.IsIdentity)
            return true;
        if (activation.BuiltIn is not { } builtIn || ActivationKind.Of(builtIn) is not { } kind)
            return false;
        kind.Write(this);
        return true;
    }

    /// <summary>Names what the last node gave.</summary>
    public string Finish(string name)
    {
        if (graph.Node.Count == _first)
            return Last;
        return graph.Node[^1].Output[0] = name;
    }

    /// <summary>Adds a node that takes <paramref name="first"/> and <paramref name="others"/>.</summary>
    public void Add(string operation, string first, ReadOnlySpan<string> others, AttributeProto[]? attributes = null, string? name = null)
    {
        name = $"{layer}/{name ?? operation}";
        var node = new NodeProto { Name = name, OpType = operation, Input = { first }, Output = { name }, Attribute = { attributes ?? [] } };
        foreach (var other in others)
            node.Input.Add(other);
        graph.Node.Add(node);
        Last = name;
    }

    /// <summary>Adds whole numbers of the layer.</summary>
    public string Integers(string name, ReadOnlySpan<long> values)
    {
        name = $"{layer}/{name}";
        graph.Initializer.Add(new TensorProto { Name = name, DataType = DataType.Int64, Dims = { values.Length }, Int64Data = { values.ToArray() } });
        return name;
    }

    /// <summary>Adds a tensor of the layer.</summary>
    public string Numbers(string name, IReadOnlyList<int> shape, float[] values) => AddTensor($"{layer}/{name}", shape, values);

    /// <summary>Adds a whole number of the layer.</summary>
    public string Integer(string name, long value)
    {
        name = $"{layer}/{name}";
        graph.Initializer.Add(new TensorProto { Name = name, DataType = DataType.Int64, Int64Data = { value } });
        return name;
    }

    /// <summary>Adds numbers of the layer.</summary>
    public string Numbers(string name, params float[] values) => AddTensor($"{layer}/{name}", [values.Length], values);

    /// <summary>Adds a constant of the layer.</summary>
    public string Scalar(string name, float value) => AddTensor($"{layer}/{name}", [], [value]);

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
