using GenNet.Onnx.Schema;
using static GenNet.Tests.Onnx.Model;

namespace GenNet.Tests.Onnx;

/// <summary>A model of images in random operators and forms of them, some of which GenNet does not have. Equal seeds give equal models.</summary>
sealed class RandomImageModel(ulong seed) : RandomNodes(seed)
{
    /// <summary>What a model may have.</summary>
    public static readonly string[] Forms =
    [
        "channels last", "channels first", "SAME_UPPER", "SAME_LOWER", "VALID", "pads", "uneven pads", "strides", "dilations", "Pad", "Pad alone", "nearest", "linear", "ConvTranspose", "cut off", "output padding", "groups", "added biases", "no biases", "MaxPool", "AveragePool", "counts padding", "counts Pad", "batch norm",
        "residual", "pixels", "pixel norm", "softmax", "Flatten", "Flatten of pixels", "Reshape", "Reshape of all", "global average", "global max", "mean", "max", "mean of pixels", "row norm",
    ];

    int _channels;

    /// <summary>The model, the shape of its samples, and what it has.</summary>
    public (ModelProto Model, int[] Shape, IReadOnlySet<string> Had) Create()
    {
        var (height, width) = (2 + Next(6), 2 + Next(6));
        _channels = 1 + Next(4);
        var last = Next(3) == 0;
        Shape = last ? [height, width, _channels] : [_channels, height, width];
        Had.Add(last ? "channels last" : "channels first");
        if (last)
            Add("Transpose", [], Ints("perm", 0, 3, 1, 2));
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
        switch (Next(13))
        {
            case 9 or 10: Transposed(); break;
            case 8: Larger(); break;
            case 7: Had.Add("Pad alone"); Add("Pad", [Whole(0, 0, Next(3), Next(2), 0, 0, Next(2), Next(3))]); break;
            case 0 or 1: Convolution(); break;
            case 2: Pool(); break;
            case 3: Had.Add("batch norm"); Add("BatchNormalization", [Tensor([_channels]), Tensor([_channels]), Tensor([_channels]), Tensor([_channels], 1)]); break;
            case 4: Residual(); break;
            case 5: Pixels(); break;
            case 6: Had.Add("softmax"); Convolution(activated: false); Add("Softmax", [], Int("axis", Next(2) == 0 ? 1 : -3)); break;
            default: MaybeActivate(); break;
        }
    }

    void Convolution(bool activated = true)
    {
        var (filters, height, width) = (1 + Next(4), 1 + Next(3), 1 + Next(3));
        var attributes = Windows(isPool: false, height, width);
        if (Next(6) == 0)
        {
            Had.Add("Pad");
            var pad = Next(2);
            Add("Pad", [Whole(0, 0, pad, pad, 0, 0, pad + Next(2), Next(3))]);
        }
        var groups = _channels % 2 == 0 && Next(3) == 0 ? Next(2) == 0 ? 2 : _channels : 1;
        if (groups > 1)
        {
            Had.Add("groups");
            filters = Math.Max(1, filters / groups) * groups;
            attributes = [.. attributes, Int("group", groups)];
        }
        var weights = Tensor([filters, _channels / groups, height, width]);
        _channels = filters;
        switch (Next(3))
        {
            case 0:
                Had.Add("added biases");
                Add("Conv", [weights], attributes);
                Add("Add", [Tensor([filters, 1, 1])]);
                break;
            case 1:
                Had.Add("no biases");
                Add("Conv", [weights], attributes);
                break;
            default:
                Add("Conv", [weights, Tensor([filters])], attributes);
                break;
        }
        if (activated)
            MaybeActivate();
    }

    void Pool()
    {
        var (height, width) = (1 + Next(3), 1 + Next(3));
        var attributes = Windows(isPool: true, height, width);
        if (Next(2) == 0)
        {
            Had.Add("MaxPool");
            Add("MaxPool", [], [.. attributes, Ints("kernel_shape", height, width), Int("ceil_mode", Next(8) == 0 ? 1 : 0)]);
            return;
        }
        Had.Add("AveragePool");
        var counts = Next(2);
        if (counts == 1)
            Had.Add("counts padding");
        if (Next(2) == 0)
        {
            Had.Add("counts Pad");
            Add("Pad", [Whole(0, 0, 1, 1, 0, 0, 1, 1)]);
        }
        Add("AveragePool", [], [.. attributes, Ints("kernel_shape", height, width), Int("count_include_pad", counts)]);
    }

    void Transposed()
    {
        Had.Add("ConvTranspose");
        var (filters, height, width, stride) = (1 + Next(3), 1 + Next(3), 1 + Next(3), 1 + Next(3));
        var attributes = new List<AttributeProto>();
        if (stride > 1)
            attributes.Add(Ints("strides", stride, Next(10) == 0 ? 1 : stride));
        if (Next(4) == 0)
            attributes.Add(Ints("dilations", 2, 2));
        if (Next(2) == 0)
        {
            Had.Add("cut off");
            var (before, behind) = (Next(2), Next(2));
            attributes.Add(Ints("pads", before, before, behind, Next(6) == 0 ? 1 : behind));
        }
        if (stride > 1 && Next(2) == 0)
        {
            Had.Add("output padding");
            var more = 1 + Next(stride - 1);
            attributes.Add(Ints("output_padding", more, Next(6) == 0 ? 0 : more));
        }
        var weights = Tensor([_channels, filters, height, width]);
        _channels = filters;
        switch (Next(3))
        {
            case 0: Add("ConvTranspose", [weights], [.. attributes]); Add("Add", [Tensor([1, filters, 1, 1])]); break;
            case 1: Add("ConvTranspose", [weights], [.. attributes]); break;
            default: Add("ConvTranspose", [weights, Tensor([filters])], [.. attributes]); break;
        }
        MaybeActivate();
    }

    void Larger()
    {
        string[] places = ["asymmetric", "half_pixel", "pytorch_half_pixel", "align_corners"], roundings = ["floor", "ceil", "round_prefer_floor", "round_prefer_ceil"];
        float[] factors = [1, 2, 3, 4, 2.5f];
        var name = $"t{Tensors.Count}";
        Tensors.Add(Model.Tensor(name, [4], 1, Next(30) == 0 ? 2 : 1, factors[Next(Next(4) == 0 ? 5 : 4)], factors[Next(4)]));
        Add("Resize", ["", name], Text("mode", Next(2) == 0 ? "nearest" : "linear"), Named("coordinate_transformation_mode", places[Next(4)]), Named("nearest_mode", roundings[Next(4)]));
    }

    static AttributeProto Named(string name, string value) => new() { Name = name, S = Google.Protobuf.ByteString.CopyFromUtf8(value) };

    AttributeProto[] Windows(bool isPool, int height, int width)
    {
        var attributes = new List<AttributeProto>();
        if (Next(3) == 0)
        {
            Had.Add("strides");
            attributes.Add(Ints("strides", 2, Next(8) == 0 ? 1 : 2));
        }
        if (!isPool && Next(4) == 0)
        {
            Had.Add("dilations");
            attributes.Add(Ints("dilations", 2, Next(8) == 0 ? 1 : 2));
        }
        switch (Next(7))
        {
            case 0: attributes.Add(Text("auto_pad", "SAME_UPPER")); break;
            case 1: attributes.Add(Text("auto_pad", "SAME_LOWER")); break;
            case 2: attributes.Add(Text("auto_pad", "VALID")); break;
            case 3: Had.Add("pads"); attributes.Add(Ints("pads", height / 2, height / 2, height / 2, height / 2)); break;
            case 4: Had.Add("uneven pads"); attributes.Add(Ints("pads", (height - 1) / 2, (width - 1) / 2, height / 2, width / 2)); break;
            case 5: attributes.Add(Ints("pads", Next(2), Next(2), Next(2), Next(2))); break;
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
        Add("Conv", [Tensor([_channels, _channels, 1, 1])]);
        Add("Add", [skip]);
    }

    void Pixels()
    {
        Add("Transpose", [], Ints("perm", 0, 2, 3, 1));
        if (Next(2) == 0)
        {
            Had.Add("pixels");
            var units = 1 + Next(4);
            Add("MatMul", [Tensor([_channels, units])]);
            Add("Add", [Tensor([units])]);
            _channels = units;
        }
        else
        {
            Had.Add("pixel norm");
            Add("LayerNormalization", [Tensor([_channels]), Tensor([_channels])], Int("axis", -1));
        }
        Add("Transpose", [], Ints("perm", 0, 3, 1, 2));
        MaybeActivate();
    }

    void End()
    {
        var flat = false;
        switch (Next(10))
        {
            case 0: Had.Add("Flatten"); flat = true; Add("Flatten", [], Int("axis", 1)); break;
            case 1: Had.Add("Flatten of pixels"); flat = true; Add("Transpose", [], Ints("perm", 0, 2, 3, 1)); Add("Flatten", []); break;
            case 2: Had.Add("Reshape"); flat = true; Add("Reshape", [Whole(0, -1)]); break;
            case 3: Had.Add("Reshape of all"); flat = true; Add("Reshape", [Whole(-1, All())]); break;
            case 4: Had.Add("global average"); Add("GlobalAveragePool", []); Add("Flatten", []); break;
            case 5: Had.Add("global max"); Add("GlobalMaxPool", []); Add("Squeeze", [Whole(2, 3)]); break;
            case 6: Had.Add("mean"); Add("ReduceMean", [], Ints("axes", -1, -2), Int("keepdims", Next(2))); break;
            case 7: Had.Add("max"); Add("ReduceMax", [], Ints("axes", 2, 3), Int("keepdims", 0)); break;
            case 8: Had.Add("mean of pixels"); Add("Transpose", [], Ints("perm", 0, 2, 3, 1)); Add("ReduceMean", [], Ints("axes", 1, 2), Int("keepdims", 0)); break;
            default: return;
        }
        if (Nodes[^1].OpType == "ReduceMean" && Nodes[^1].Attribute[1].I == 1)
            return;
        var units = flat ? All() : _channels;
        if (Next(3) == 0)
        {
            Had.Add("row norm");
            Add("LayerNormalization", [Tensor([units]), Tensor([units])]);
        }
        if (Next(4) > 0)
            Add("Gemm", [Tensor([3, units]), Tensor([3])], Int("transB", 1));
    }

    void MaybeActivate()
    {
        if (Nodes[^1].OpType is not ("Tanh" or "Relu" or "Softmax") && Nodes.Count > 1 && (Nodes[^1].OpType is not ("MaxPool" or "AveragePool") || Next(4) == 0))
            Add(Next(2) == 0 ? "Tanh" : "Relu", []);
    }
}
