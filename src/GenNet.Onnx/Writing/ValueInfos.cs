using GenNet.Onnx.Schema;
using static GenNet.Onnx.Schema.TensorProto.Types;
using static GenNet.Onnx.Schema.TensorShapeProto.Types;

namespace GenNet.Onnx.Writing;

/// <summary>What a graph takes and gives.</summary>
static class ValueInfos
{
    /// <summary>A tensor of so many samples.</summary>
    public static ValueInfoProto Batch(string name, params int[] sizes) => Of(name, [Free("batch"), .. sizes.Select(Fixed)]);

    /// <summary>A tensor of so many samples and steps.</summary>
    public static ValueInfoProto Steps(string name, int features) => Of(name, [Free("batch"), Free("steps"), Fixed(features)]);

    /// <summary>The states of a recurrent layer, [directions, batch, units].</summary>
    public static ValueInfoProto State(string name, int units) => Of(name, [Fixed(1), Free("batch"), Fixed(units)]);

    static Dimension Free(string name) => new() { DimParam = name };

    static Dimension Fixed(int size) => new() { DimValue = size };

    static ValueInfoProto Of(string name, Dimension[] sizes) => new()
    {
        Name = name,
        Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = DataType.Float, Shape = new TensorShapeProto { Dim = { sizes } } } },
    };
}
