using GenNet.Onnx.Schema;
using static GenNet.Tests.Onnx.Model;

namespace GenNet.Tests.Onnx;

/// <summary>A model with recurrent layers in random operators and forms of them, some of which GenNet does not have. Equal seeds give equal models.</summary>
sealed class RandomRecurrentModel(ulong seed) : RandomNodes(seed)
{
    /// <summary>What a model may have.</summary>
    public static readonly string[] Forms =
    [
        "steps first", "samples first", "features first", "layout", "GRU", "LSTM", "RNN", "Relu", "default activations", "no biases", "no hidden size", "lengths", "constant zeros", "made zeros", "axes as attribute",
        "steps", "norm", "residual", "projection", "batch norm", "convolution", "one step", "each step", "last", "last counted", "state", "one of states", "mean", "max", "Flatten", "reset before", "both directions",
    ];

    const int Samples = 2;

    int _features, _steps;
    bool _stepsFirst;
    string? _state;

    /// <summary>What a model of one sample takes: its axes in order, the samples' among them, and its steps and features.</summary>
    public sealed record Input(int[] Shape, bool IsStepsFirst, bool IsFeaturesFirst, int Steps, int Features);

    /// <summary>The model, what it takes, and what it has.</summary>
    public (ModelProto Model, Input Input, bool GivesStepsFirst, IReadOnlySet<string> Had) Create()
    {
        (_steps, _features) = (Next(8) == 0 ? 1 : 2 + Next(5), 1 + Next(4));
        var featuresFirst = Next(5) == 0;
        _stepsFirst = !featuresFirst && Next(2) == 0;
        var input = new Input(featuresFirst ? [Samples, _features, _steps] : _stepsFirst ? [_steps, Samples, _features] : [Samples, _steps, _features], _stepsFirst, featuresFirst, _steps, _features);
        Had.Add(featuresFirst ? "features first" : _stepsFirst ? "steps first" : "samples first");
        if (_steps == 1)
            Had.Add("one step");
        if (featuresFirst)
        {
            Convolution();
            Turn(Next(2) == 0 ? [2, 0, 1] : [0, 2, 1]);
        }
        for (var count = Next(2); count > 0; count--)
            Layer();
        Recurrent();
        for (var count = Next(3); count > 0; count--)
            Layer();
        End();
        var model = Imaged([1, 1], [.. Nodes]);
        model.Graph.Initializer.Add(Tensors);
        model.Graph.Input[0].Type.TensorType.Shape.Dim.Clear();
        for (var axis = 0; axis < 3; axis++)
            model.Graph.Input[0].Type.TensorType.Shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = axis == (input.IsStepsFirst ? 1 : 0) ? 0 : input.Shape[axis] });
        return (model, input, _stepsFirst, Had);
    }

    void Layer()
    {
        switch (Next(8))
        {
            case 0 or 1:
                Had.Add("steps");
                var units = 1 + Next(4);
                Add("MatMul", [Tensor([_features, units])]);
                Add("Add", [Tensor([units])]);
                _features = units;
                if (Next(2) == 0)
                    Add(Next(2) == 0 ? "Tanh" : "Softmax", []);
                break;
            case 2:
                Had.Add("norm");
                Add("LayerNormalization", [Tensor([_features]), Tensor([_features])]);
                break;
            case 3:
                var (before, wasFirst, isProjected, taken) = (Last, _stepsFirst, Next(2) == 0, _features);
                Had.Add(isProjected ? "projection" : "residual");
                Recurrent(isProjected ? null : _features);
                if (wasFirst != _stepsFirst)
                    Turn([1, 0, 2]);
                if (isProjected)
                {
                    (var block, Last) = (Last, before);
                    Add("MatMul", [Tensor([taken, _features])]);
                    before = block;
                }
                Add("Add", [before]);
                _state = null;
                break;
            case 4:
                Had.Add("batch norm");
                AsFeatures(() => Add("BatchNormalization", [Tensor([_features]), Tensor([_features]), Tensor([_features]), Tensor([_features], lowest: 0.1f)]));
                break;
            case 5:
                AsFeatures(Convolution);
                break;
            default:
                Recurrent();
                break;
        }
        if (Nodes[^1].OpType is not ("Squeeze" or "Transpose"))
            _state = null;
    }

    /// <summary>Adds nodes that take features before steps.</summary>
    void AsFeatures(Action add)
    {
        var after = Next(2) == 0;
        Turn(_stepsFirst ? [1, 2, 0] : [0, 2, 1]);
        add();
        Turn(after ? [2, 0, 1] : [0, 2, 1]);
        _state = null;
    }

    /// <summary>Transposes, which may put steps first or samples.</summary>
    void Turn(long[] order)
    {
        Add("Transpose", [], Ints("perm", order));
        _stepsFirst = order switch { [1, 0, 2] => !_stepsFirst, [2, 0, 1] => true, _ => false };
    }

    void Convolution()
    {
        Had.Add("convolution");
        var (filters, size) = (1 + Next(4), 1 + Next(Math.Min(3, _steps)));
        Add("Conv", [Tensor([filters, _features, size])]);
        (_features, _steps) = (filters, _steps - size + 1);
        if (Next(2) == 0)
            Add("Relu", []);
    }

    void Recurrent(int? given = null)
    {
        var (kind, units) = (new[] { "GRU", "LSTM", "RNN" }[Next(3)], given ?? 1 + Next(4));
        var gates = kind switch { "GRU" => 3, "LSTM" => 4, _ => 1 };
        Had.Add(kind);
        var directions = given is null && Next(4) == 0 && Say("both directions") ? 2 : 1;
        var layout = Next(4) == 0 ? 1 : 0;
        if (_stepsFirst != (layout == 0))
            Turn([1, 0, 2]);
        List<AttributeProto> attributes = Next(6) == 0 && Say("no hidden size") ? [] : [Int("hidden_size", units)];
        if (layout == 1 && Say("layout"))
            attributes.Add(Int("layout", 1));
        if (kind == "GRU" && !(Next(4) == 0 && Say("reset before")))
            attributes.Add(Int("linear_before_reset", 1));
        if (kind == "RNN" && Next(2) == 0 && Say("Relu"))
            attributes.Add(Texts("activations", [.. Enumerable.Repeat("Relu", directions)]));
        else if (Next(3) == 0 && Say("default activations"))
        {
            string[] usual = kind switch { "GRU" => ["Sigmoid", "Tanh"], "LSTM" => ["Sigmoid", "tanh", "Tanh"], _ => ["Tanh"] };
            attributes.Add(Texts("activations", [.. Enumerable.Repeat(usual, directions).SelectMany(names => names)]));
        }
        if (directions == 2)
            attributes.Add(Text("direction", "bidirectional"));
        List<string> inputs = [Last, Tensor([directions, gates * units, _features]), Tensor([directions, gates * units, units]), Next(4) == 0 && Say("no biases") ? "" : Tensor([directions, 2 * gates * units])];
        inputs.Add(Next(6) == 0 && Say("lengths") ? Lengths() : "");
        if (Next(2) == 0)
            inputs.Add(Zeros(directions, units, layout));
        if (kind == "LSTM" && inputs.Count == 6)
            inputs.Add(Zeros(directions, units, layout));
        var name = $"r{Nodes.Count}";
        Nodes.Add(new NodeProto { Name = name, OpType = kind, Input = { inputs }, Output = { name, $"{name}h" }, Attribute = { attributes } });
        (Last, _state, _features) = (name, directions == 1 ? $"{name}h" : null, directions * units);
        if (directions == 1)
            Squeeze(layout == 0 ? 1 : 2, rank: 4);
        else
            Join(layout, units);
        _stepsFirst = layout == 0;

        bool Say(string form) => Had.Add(form) || true;
    }

    /// <summary>Puts both directions beside each other.</summary>
    void Join(int layout, int units)
    {
        if (layout == 0)
            Add("Transpose", [], Ints("perm", 0, 2, 1, 3));
        Add("Reshape", [Whole(0, 0, Next(2) == 0 ? -1 : 2 * units)]);
    }

    void Squeeze(int axis, int rank)
    {
        var counted = Next(3) == 0 ? axis - rank : axis;
        if (Next(3) > 0)
            Add("Squeeze", [Whole(counted)]);
        else
        {
            Had.Add("axes as attribute");
            Add("Squeeze", [], Ints("axes", counted));
        }
    }

    string Lengths()
    {
        var name = $"t{Tensors.Count}";
        Tensors.Add(new TensorProto { Name = name, DataType = TensorProto.Types.DataType.Int32, Dims = { Samples }, Int32Data = { Enumerable.Repeat(_steps, Samples) } });
        return name;
    }

    string Zeros(int directions, int units, int layout)
    {
        int[] shape = layout == 0 ? [directions, Samples, units] : [Samples, directions, units];
        if (Next(2) == 0)
        {
            Had.Add("constant zeros");
            var name = $"t{Tensors.Count}";
            Tensors.Add(Model.Tensor(name, [.. shape.Select(size => (long)size)], new float[shape.Aggregate(1, (a, b) => a * b)]));
            return name;
        }
        Had.Add("made zeros");
        var made = $"z{Nodes.Count}";
        Nodes.Add(new NodeProto { Name = made, OpType = "ConstantOfShape", Input = { Whole([.. shape.Select(size => (long)size)]) }, Output = { made } });
        return made;
    }

    void End()
    {
        var axis = _stepsFirst ? 0 : 1;
        switch (Next(_state is null ? 6 : 9))
        {
            case 0:
                Had.Add("each step");
                return;
            case 1:
                Had.Add("last");
                Gather(axis, -1);
                break;
            case 2:
                Had.Add("last counted");
                Gather(axis - (Next(2) == 0 ? 3 : 0), _steps - 1);
                break;
            case 3:
                Had.Add("mean");
                Add("ReduceMean", [], Ints("axes", axis), Int("keepdims", 0));
                break;
            case 4:
                Had.Add("max");
                Add("ReduceMax", [], Ints("axes", axis - 3), Int("keepdims", 0));
                break;
            case 5:
                Had.Add("Flatten");
                if (_stepsFirst)
                    Turn([1, 0, 2]);
                Add("Flatten", []);
                return;
            default:
                State();
                break;
        }
        _stepsFirst = false;
        if (Next(2) == 0)
            Add("Gemm", [Tensor([_features, 3]), Tensor([3])]);
    }

    void State()
    {
        var node = Nodes.Last(node => node.Output.Contains(_state!));
        var axis = node.Attribute.Any(attribute => attribute is { Name: "layout", I: 1 }) ? 1 : 0;
        Last = _state!;
        var others = Nodes.Where(other => other.Output.Count > 1 && other.Output[1] != _state && other.Attribute.All(attribute => attribute.Name is not ("layout" or "direction"))).ToArray();
        if (axis == 0 && others.Length > 0 && Next(4) > 0 && UnitsOf(others[0]) == UnitsOf(node))
        {
            // Those of all layers, as PyTorch has them.
            Had.Add("one of states");
            Last = others[0].Output[1];
            Add("Concat", [_state!], Int("axis", 0));
            Gather(0, Next(2) == 0 ? 0 : -1);
            return;
        }
        Had.Add("state");
        if (Next(2) == 0)
            Squeeze(axis, rank: 3);
        else
            Gather(axis, Next(2) - 1);
    }

    long UnitsOf(NodeProto node) => Tensors.Single(tensor => tensor.Name == node.Input[2]).Dims[2];

    void Gather(int axis, long index)
    {
        var name = $"t{Tensors.Count}";
        Tensors.Add(new TensorProto { Name = name, DataType = TensorProto.Types.DataType.Int64, Int64Data = { index } });
        Add("Gather", [name], Int("axis", axis));
    }
}
