using GenNet.Onnx.Schema;
using Google.Protobuf;

namespace GenNet.Tests.Onnx;

/// <summary>Damages an ONNX model: its bytes, its lengths, and what its fields say. Equal seeds give equal files.</summary>
sealed class ModelMutator(byte[] good, ulong seed)
{
    static readonly byte[][] Numbers = [[0x7F], [0x80, 0x01], [0xFF, 0xFF, 0xFF, 0xFF, 0x07], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80]];

    RandomStream _random = new(seed);

    /// <summary>The next damaged file.</summary>
    public byte[] Next() => _random.NextInt32(10) switch
    {
        0 or 1 => FlipBits(1 + _random.NextInt32(8)),
        2 => good[.._random.NextInt32(good.Length)],
        3 => Spliced(Bytes(1 + _random.NextInt32(16)), 0),
        4 => Spliced(Numbers[_random.NextInt32(Numbers.Length)], 1),
        5 => Spliced(good.AsSpan(_random.NextInt32(good.Length - 64), _random.NextInt32(64)).ToArray(), _random.NextInt32(64)),
        6 => Spliced(Repeated(), 0),
        7 => Spliced([], 1 + _random.NextInt32(40)),
        _ => Rewritten(),
    };

    byte[] FlipBits(int count)
    {
        var copy = (byte[])good.Clone();
        for (; count > 0; count--)
            copy[Place(copy.Length)] ^= (byte)(1 << _random.NextInt32(8));
        return copy;
    }

    /// <summary>Puts bytes in the place of others.</summary>
    byte[] Spliced(byte[] bytes, int removed)
    {
        var place = Place(good.Length - removed);
        return [.. good[..place], .. bytes, .. good[(place + removed)..]];
    }

    /// <summary>A bomb: the same small field again and again, or groups or messages in each other.</summary>
    byte[] Repeated()
    {
        byte[][] parts = [[0x0A, 0x00], [0x3A, 0x02, 0x0A, 0x00], [0x0B], [0x2A, 0x00], [0x3A, 0x7F], [0x42, 0x00], [0x72, 0x00]];
        var part = parts[_random.NextInt32(parts.Length)];
        return [.. Enumerable.Repeat(part, 1 << _random.NextInt32(11)).SelectMany(bytes => bytes)];
    }

    /// <summary>A well-formed file that says something else.</summary>
    byte[] Rewritten()
    {
        var model = ModelProto.Parser.ParseFrom(good);
        for (var count = 1 + _random.NextInt32(2); count > 0; count--)
            Change(model.Graph, model.Graph.Node[_random.NextInt32(model.Graph.Node.Count)], model.Graph.Initializer[_random.NextInt32(model.Graph.Initializer.Count)]);
        return model.ToByteArray();
    }

    void Change(GraphProto graph, NodeProto node, TensorProto tensor)
    {
        string[] operators = ["Gemm", "MatMul", "Add", "Mul", "Relu", "Softmax", "BatchNormalization", "LayerNormalization", "Identity", "Transpose", "Constant", "Dropout", "Clip", "Erf", "Loop", "", "Conv", "ConvTranspose", "MaxPool", "AveragePool", "GlobalMaxPool", "GlobalAveragePool", "Flatten", "Reshape", "Squeeze", "Unsqueeze", "Pad", "Resize", "ReduceMean", "GRU", "LSTM", "RNN", "Gather", "Concat", "Slice", "Cast", "Shape", "ConstantOfShape"];
        long[] sizes = [0, 1, -1, 2, 9, 1 << 16, int.MaxValue, 1L << 32, long.MaxValue, long.MinValue];
        var others = graph.Node[_random.NextInt32(graph.Node.Count)];
        switch (_random.NextInt32(graph.Output.Count > 1 ? 20 : 17))
        {
            case 0: node.OpType = operators[_random.NextInt32(operators.Length)]; break;
            case 1: if (node.Input.Count > 0) node.Input[_random.NextInt32(node.Input.Count)] = others.Output.FirstOrDefault(""); break;
            case 2: if (node.Output.Count > 0 && others.Output.Count > 0) node.Output[0] = others.Output[0]; break;
            case 3: node.Input.Clear(); break;
            case 4: node.Output.Clear(); break;
            case 5: graph.Node.Remove(others); graph.Node.Add(others); break;
            case 6: foreach (var attribute in node.Attribute) (attribute.I, attribute.F) = (_random.NextInt32(5) - 2, BitConverter.UInt32BitsToSingle((uint)_random.NextUInt64())); break;
            case 7: graph.Output[0].Name = tensor.Name; break;
            case 8: tensor.Dims.Add(sizes[_random.NextInt32(sizes.Length)]); break;
            case 9: if (tensor.Dims.Count > 0) tensor.Dims[_random.NextInt32(tensor.Dims.Count)] = sizes[_random.NextInt32(sizes.Length)]; break;
            case 10: tensor.DataType = (TensorProto.Types.DataType)_random.NextInt32(20); break;
            case 11: tensor.RawData = Model.Bytes(BitConverter.UInt32BitsToSingle(0x7F800000u | (uint)_random.NextUInt64())); tensor.Dims.Clear(); break;
            case 12: if (tensor.RawData.Length >= 4) tensor.RawData = ByteString.CopyFrom([.. tensor.RawData.Span[4..], .. BitConverter.GetBytes(0x7F800000u | (uint)_random.NextUInt64())]); break;
            case 14: foreach (var attribute in node.Attribute) if (attribute.Ints.Count > 0) attribute.Ints[_random.NextInt32(attribute.Ints.Count)] = sizes[_random.NextInt32(sizes.Length)]; break;
            case 15: foreach (var attribute in node.Attribute) for (var i = 0; i < attribute.Ints.Count; i++) attribute.Ints[i] = sizes[_random.NextInt32(sizes.Length)]; break;
            case 16: foreach (var dimension in graph.Input[0].Type.TensorType.Shape.Dim) if (_random.NextInt32(2) == 0) dimension.DimValue = sizes[_random.NextInt32(sizes.Length)]; break;
            case 17: graph.Output.RemoveAt(_random.NextInt32(graph.Output.Count)); break;
            case 18: graph.Output[_random.NextInt32(graph.Output.Count)].Name = others.Output.FirstOrDefault(""); break;
            case 19: graph.Output.Add(new ValueInfoProto { Name = others.Output.FirstOrDefault("") }); break;
            default: tensor.Name = new string('n', _random.NextInt32(2000)); break;
        }
    }

    /// <summary>Half of all places are near the start or the end, where few bytes are weights.</summary>
    int Place(int length) => _random.NextInt32(4) switch
    {
        0 => _random.NextInt32(Math.Min(length, 100)),
        1 => length - 1 - _random.NextInt32(Math.Min(length, 100)),
        _ => _random.NextInt32(length),
    };

    byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(_ => (byte)_random.NextInt32(256))];
}
