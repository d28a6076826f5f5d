using System.Globalization;
using GenNet.Onnx.Layers;
using GenNet.Onnx.Schema;

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
    readonly List<WrittenValue> _values;

    /// <summary>Height and width of what each layer gives where that is an image; 0 is the input.</summary>
    readonly (int Height, int Width)?[] _images;
    readonly ILookup<int, ParameterTensor> _tensors;
    readonly NetworkArchitecture _architecture;

    /// <summary>Whether recurrent layers take the states that they begin with, of any number of steps.</summary>
    readonly bool _states;

    /// <summary>Heads that are written.</summary>
    int _ends;

    GraphWriter(NetworkArchitecture architecture, ParameterBlock parameters, bool channelsLast, bool states)
    {
        (_architecture, _states) = (architecture, states);
        _graph.Name = architecture.Name;
        _images = Images(architecture);
        var (input, features) = (Unused("input"), architecture.Layers[0].Inputs);
        var (height, width) = _images[0] ?? default;
        _values = [new(input, FormOfInput(architecture), height, width)];
        _graph.Input.Add(_values[0].Form switch
        {
            Form.Image => ValueInfos.Batch(input, features, _values[0].Height, _values[0].Width),
            Form.Steps when states => ValueInfos.Steps(input, features),
            Form.Steps => ValueInfos.Batch(input, architecture.Positions, features),
            _ => ValueInfos.Batch(input, features),
        });
        if (channelsLast && _values[0].Form == Form.Image)
            TakeChannelsLast(features);
        _tensors = parameters.Tensors.ToLookup(tensor => tensor.Layer);
    }

    /// <summary>The input has the features of each pixel side by side, and a node puts them first.</summary>
    void TakeChannelsLast(int features)
    {
        var (input, image) = (_graph.Input[0].Name, _values[0]);
        _graph.Input[0] = ValueInfos.Batch(input, image.Height, image.Width, features);
        var name = Unused($"{input}/ChannelsFirst");
        _graph.Node.Add(new NodeProto { Name = name, OpType = "Transpose", Input = { input }, Output = { name }, Attribute = { Attributes.Ints("perm", 0, 3, 1, 2) } });
        _values[0] = image with { Name = name };
    }

    /// <exception cref="NotSupportedException">ONNX has no operator for a layer's activation, or no room for the parameters, or a layer does not go step by step from states.</exception>
    public static ModelProto Write(NetworkArchitecture architecture, ParameterBlock parameters, bool channelsLast, bool states)
    {
        if (states)
            CheckStates(architecture);
        if (parameters.Tensors.Sum(tensor => (long)tensor.Length) * sizeof(float) > MaximumBytes)
            throw new NotSupportedException($"{architecture.Name} has more parameters than the 2 GB of an ONNX file can hold.");
        var writer = new GraphWriter(architecture, parameters, channelsLast, states);
        for (var layer = 0; layer < architecture.Heads[0].Layers.Start.Value; layer++)
            writer.Write(layer, architecture.Layers[layer]);
        foreach (var head in architecture.Heads)
            writer.Write(head);
        if (architecture.Layers.Any(WindowText.GoesAlongSteps))
            SequenceNodes.WithoutRows(writer._graph, writer._graph.Input[0].Type.TensorType.Shape.Dim.Count < 4 ? null : channelsLast ? 1 : 2);
        var model = new ModelProto
        {
            IrVersion = FormatVersion,
            ProducerName = "GenNet",
            ProducerVersion = typeof(OnnxFile).Assembly.GetName().Version!.ToString(3),
            OpsetImport = { new OperatorSetIdProto { Version = OnnxFile.Opset } },
            Graph = writer._graph,
        };
        var steps = states ? architecture.Positions.ToString(CultureInfo.InvariantCulture) : null;
        foreach (var (key, value) in new[] { (FileKeys.Inputs, architecture.InputSchema), (FileKeys.Outputs, architecture.OutputSchema), (FileKeys.Steps, steps) })
            if (value is not null)
                model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return model;
    }

    /// <exception cref="NotSupportedException">There are no states, or a layer needs more than a step and its state.</exception>
    static void CheckStates(NetworkArchitecture architecture)
    {
        if (!architecture.Layers.Any(layer => layer is RecurrentLayer))
            throw new NotSupportedException($"{architecture.Name} has no recurrent layer, so its model has no states: write it without.");
        for (var index = 0; index < architecture.Layers.Count; index++)
            if (LayerKind.Of(architecture.Layers[index]) is { } kind && !EndsWithRow(architecture, index) && !kind.GoesStepByStep(architecture.Layers[index]))
                throw new NotSupportedException($"{architecture.Name}'s layer {index + 1}, {kind.Describe(architecture.Layers[index])}, does not go step by step from the states of recurrent layers: write the model without states.");
    }

    /// <summary>Whether a layer is the last and makes one row of what each step gives.</summary>
    static bool EndsWithRow(NetworkArchitecture architecture, int index) => architecture.Heads.Count == 1 && index == architecture.Layers.Count - 1 && architecture.Layers[index] is FlattenLayer;

    /// <summary>How the input holds a sample, which the first layer says that does not work on each position by itself.</summary>
    static Form FormOfInput(NetworkArchitecture architecture)
    {
        foreach (var layer in architecture.Layers)
            if (ImagesOf(layer) is not null)
                return Form.Image;
            else if (LayerKind.Of(layer)?.TakesSteps == true)
                return Form.Steps;
        return architecture.Positions > 1 ? Form.Steps : Form.Row;
    }

    /// <summary>The images: a layer that takes some tells their size, and others leave them as they are.</summary>
    static (int Height, int Width)?[] Images(NetworkArchitecture architecture)
    {
        var images = new (int, int)?[architecture.Layers.Count + 1];
        foreach (var head in architecture.Heads)
        {
            var way = Way(architecture, head).ToArray();
            if (way.Select(index => ImagesOf(architecture.Layers[index])).FirstOrDefault(images => images is not null) is not { Taken: var first })
                continue;
            (int, int)? image = first;
            images[0] = image;
            foreach (var index in way)
                images[index + 1] = image = ImagesOf(architecture.Layers[index])?.Given ?? image;
        }
        return images;
    }

    static ((int Height, int Width) Taken, (int Height, int Width) Given)? ImagesOf(Layer layer) => LayerKind.Of(layer)?.Images(layer);

    /// <summary>The layers on the way to a head's outputs.</summary>
    static IEnumerable<int> Way(NetworkArchitecture architecture, NetworkHead head) =>
        [.. Enumerable.Range(0, architecture.Heads[0].Layers.Start.Value), .. Enumerable.Range(0, architecture.Layers.Count).Take(head.Layers)];

    /// <summary>
    /// The order of a row that a layer makes: files have an image's channel by channel, for the dense layers behind it. Where a head has none behind it,
    /// the outputs are what a network gives, pixel by pixel.
    /// </summary>
    (bool IsOfImage, Form Form) RowBehind(int index)
    {
        if (_architecture.PositionsOf(index) == 1)
            return (false, Form.Row);
        var isOfImage = _values[_architecture.SourcesOf(index + 1)[0]].Form == Form.Image;
        var ends = false;
        foreach (var head in _architecture.Heads)
        {
            var way = Way(_architecture, head).ToArray();
            if (!way.Contains(index))
                continue;
            Layer[] behind = [.. way.SkipWhile(other => other != index).Skip(1).Select(other => _architecture.Layers[other])];
            isOfImage |= behind.Any(layer => LayerKind.Of(layer)?.Pixels(layer) > 1);
            ends |= !behind.Any(layer => LayerKind.Of(layer)?.MixesRow == true);
        }
        return (isOfImage, isOfImage && ends ? Form.RowOfPixels : Form.Row);
    }

    /// <summary>Writes a head's own layers and its output.</summary>
    void Write(NetworkHead head)
    {
        var (name, first) = (head.Name.Length > 0 ? head.Name : "output", _graph.Node.Count);
        for (var layer = head.Layers.Start.Value; layer < head.Layers.End.Value; layer++)
            if (!(_states && EndsWithRow(_architecture, layer)))
                Write(layer, _architecture.Layers[layer]);
        var ofSteps = _states && _values[^1].Form == Form.Steps;
        if (!ofSteps && _values[^1].Form is Form.Image or Form.Steps)
            _graph.Node.Add(new NodeProto { Name = $"{name}/Flatten", OpType = "Flatten", Input = { _values[^1].Name }, Output = { name }, Attribute = { Attributes.Int("axis", 1) } });
        else if (_graph.Node.Count > first)
            _graph.Node[^1].Output[0] = name;
        else
            _graph.Node.Add(new NodeProto { Name = $"{name}/Identity", OpType = "Identity", Input = { _values[^1].Name }, Output = { name } });
        var outputs = head.Outputs.End.Value - head.Outputs.Start.Value;

        // What a network gives stands before the states.
        _graph.Output.Insert(_ends++, ofSteps ? ValueInfos.Steps(name, outputs / _architecture.Positions) : ValueInfos.Batch(name, outputs));
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
        WrittenValue[] sources = [.. _architecture.SourcesOf(index + 1).Select(number => _values[number])];
        if (LayerKind.Of(layer) is not { } kind)
            throw new NotSupportedException($"{_architecture.Name}'s layer {index + 1}, a {layer.GetType().Name}, cannot be written as ONNX.");
        var (isOfImage, row) = RowBehind(index);
        var nodes = new LayerNodes(_graph, name, sources[0]) { RowForm = row, MakesRowOfImage = isOfImage, CarriesStates = _states };
        var parameters = kind.WriteParameters(layer, nodes, [.. _tensors[index]], sources[^1].Form);
        kind.Write(layer, nodes, parameters, sources);
        if (!nodes.Activate(layer.Activation))
            throw new NotSupportedException($"{_architecture.Name}'s layer {index + 1} has the activation {layer.Activation}, which ONNX has no operator for. Built-in activations can be written.");
        var (height, width) = _images[index + 1] ?? default;
        _values.Add(new WrittenValue(nodes.Finish(Unused(name)), nodes.Form, height, width));
    }
}
