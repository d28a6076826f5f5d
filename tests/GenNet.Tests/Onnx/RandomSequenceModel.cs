using GenNet.Onnx.Schema;
using static GenNet.Tests.Onnx.Model;

namespace GenNet.Tests.Onnx;

/// <summary>A model along the steps of sequences in random operators and forms of them, some of which GenNet does not have. Equal seeds give equal models.</summary>
sealed class RandomSequenceModel(ulong seed) : RandomNodes(seed)
{
    /// <summary>What a model may have.</summary>
    public static readonly string[] Forms =
    [
        "features last", "features first", "SAME_UPPER", "SAME_LOWER", "VALID", "pads", "uneven pads", "strides", "dilations", "Pad", "groups", "added biases", "no biases", "MaxPool", "AveragePool", "counts padding",
        "batch norm", "residual", "steps", "step norm", "softmax", "Flatten", "Flatten of steps", "Reshape", "global average", "global max", "mean", "max", "mean of steps", "last axis",
    ];

    int _features;

    /// <summary>The model, the shape of its samples, and what it has.</summary>
    public (ModelProto Model, int[] Shape, IReadOnlySet<string> Had) Create()
    {
        var steps = 3 + Next(12);
        _features = 1 + Next(4);
        var last = Next(3) == 0;
        Shape = last ? [steps, _features] : [_features, steps];
        Had.Add(last ? "features last" : "features first");
        if (last && Next(3) == 0)
            Steps();
        if (last)
            Turn();
        if (Next(5) == 0)
            Normalize();
        Convolution();
        for (var count = Next(4); count > 0; count--)
            Layer();
        End();
        var model = Imaged([.. Shape.Select(size => (long)size)], [.. Nodes]);
        model.Graph.Initializer.Add(Tensors);
        return (model, Shape, Had);
    }

    void Layer()
    {
        switch (Next(8))
        {
            case 0 or 1: Convolution(); break;
            case 2 or 3: Pool(); break;
            case 4: Normalize(); MaybeActivate(); break;
            case 5: Residual(); break;
            case 6:
                Turn();
                Steps();
                Turn();
                MaybeActivate();
                break;
            default:
                if (Nodes[^1].OpType is "Conv" or "Add")
                {
                    Had.Add("softmax");
                    Add("Softmax", [], Int("axis", Next(6) == 0 ? 2 : 1));
                }
                break;
        }
    }

    void Turn() => Add("Transpose", [], Ints("perm", 0, 2, 1));

    void Normalize()
    {
        Had.Add("batch norm");
        Add("BatchNormalization", [Tensor([_features]), Tensor([_features]), Tensor([_features]), Tensor([_features], lowest: 0.1f)]);
    }

    void Steps()
    {
        if (Next(2) == 0)
        {
            Had.Add("steps");
            var units = 1 + Next(4);
            Add("MatMul", [Tensor([_features, units])]);
            Add("Add", [Tensor([units])]);
            _features = units;
        }
        else
        {
            Had.Add("step norm");
            Add("LayerNormalization", [Tensor([_features]), Tensor([_features])], Int("axis", Next(2) == 0 ? -1 : 2));
        }
    }

    void Convolution()
    {
        var (filters, size, groups) = (1 + Next(4), 1 + Next(4), 1);
        if (Next(4) == 0 && _features > 1)
        {
            Had.Add("groups");
            (groups, filters) = (_features, _features * (1 + Next(2)));
        }
        if (Next(5) == 0)
        {
            Had.Add("Pad");
            Add("Pad", [Whole(0, 0, Next(2), 0, 0, Next(3))]);
        }
        AttributeProto[] attributes = [.. Windows(isPool: false, size), Int("group", groups)];
        if (Next(2) == 0)
            attributes = [.. attributes, Ints("kernel_shape", size)];
        var weights = Tensor([filters, _features / groups, size]);
        _features = filters;
        switch (Next(3))
        {
            case 0:
                Had.Add("added biases");
                Add("Conv", [weights], attributes);
                Add("Add", [Tensor(Next(2) == 0 ? [filters, 1] : [1, filters, 1])]);
                break;
            case 1:
                Had.Add("no biases");
                Add("Conv", [weights], attributes);
                break;
            default:
                Add("Conv", [weights, Tensor([filters])], attributes);
                break;
        }
        MaybeActivate();
    }

    void Pool()
    {
        var size = 1 + Next(3);
        var attributes = Windows(isPool: true, size);
        var maximum = Next(2) == 0;
        Had.Add(maximum ? "MaxPool" : "AveragePool");
        if (!maximum && Next(2) == 0)
        {
            Had.Add("counts padding");
            attributes = [.. attributes, Int("count_include_pad", 1)];
        }
        Add(maximum ? "MaxPool" : "AveragePool", [], [.. attributes, Ints("kernel_shape", size)]);
    }

    AttributeProto[] Windows(bool isPool, int size)
    {
        var attributes = new List<AttributeProto>();
        if (Next(3) == 0)
        {
            Had.Add("strides");
            attributes.Add(Ints("strides", 2));
        }
        if (!isPool && Next(4) == 0)
        {
            Had.Add("dilations");
            attributes.Add(Ints("dilations", 2));
        }
        switch (Next(7))
        {
            case 0: attributes.Add(Text("auto_pad", "SAME_UPPER")); break;
            case 1: attributes.Add(Text("auto_pad", "SAME_LOWER")); break;
            case 2: attributes.Add(Text("auto_pad", "VALID")); break;
            case 3: Had.Add("pads"); attributes.Add(Ints("pads", size / 2, size / 2)); break;
            case 4: Had.Add("uneven pads"); attributes.Add(Ints("pads", (size - 1) / 2, size / 2)); break;
        }
        return [.. attributes];
    }

    AttributeProto Text(string name, string value)
    {
        Had.Add(value);
        return new AttributeProto { Name = name, S = Google.Protobuf.ByteString.CopyFromUtf8(value) };
    }

    void Residual()
    {
        Had.Add("residual");
        var skip = Last;
        Add("Conv", [Tensor([_features, _features, 1])]);
        Add("Add", [skip]);
    }

    void End()
    {
        var flat = false;
        switch (Next(9))
        {
            case 0: Had.Add("Flatten"); flat = true; Add("Flatten", [], Int("axis", 1)); break;
            case 1: Had.Add("Flatten of steps"); flat = true; Turn(); Add("Flatten", []); break;
            case 2: Had.Add("Reshape"); flat = true; Add("Reshape", [Whole(0, -1)]); break;
            case 3: Had.Add("global average"); Add("GlobalAveragePool", []); Add("Flatten", []); break;
            case 4: Had.Add("global max"); Add("GlobalMaxPool", []); Add("Squeeze", [Whole(Next(2) == 0 ? 2 : -1)]); break;
            case 5: Had.Add("mean"); Add("ReduceMean", [], Ints("axes", -1), Int("keepdims", Next(2))); break;
            case 6: Had.Add("max"); Add("ReduceMax", [], Ints("axes", 2), Int("keepdims", 0)); break;
            case 7: Had.Add("mean of steps"); Turn(); Add("ReduceMean", [], Ints("axes", 1), Int("keepdims", 0)); break;
            default: return;
        }
        if (Nodes[^1].OpType == "ReduceMean" && Nodes[^1].Attribute[1].I == 1)
            return;
        var units = flat ? All() : _features;
        if (Next(4) == 0)
        {
            Had.Add("last axis");
            Add("LayerNormalization", [Tensor([units]), Tensor([units])]);
        }
        if (Next(4) > 0)
            Add("Gemm", [Tensor([3, units]), Tensor([3])], Int("transB", 1));
    }

    void MaybeActivate()
    {
        if (Nodes[^1].OpType is not ("Tanh" or "Relu" or "Softmax" or "MaxPool" or "AveragePool") && Next(2) == 0)
            Add(Next(2) == 0 ? "Tanh" : "Relu", []);
    }
}
