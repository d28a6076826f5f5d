using System.Buffers.Binary;
using GenNet.Onnx.Schema;
using static GenNet.Onnx.Schema.TensorProto.Types;

namespace GenNet.Onnx.Reading;

/// <summary>Computes what nodes make of a few constant integers: PyTorch writes the numbers of a padding, which are constant, as nodes that put them in ONNX's order.</summary>
static class IntegerFolding
{
    /// <summary>More numbers are not those of axes.</summary>
    const int Most = 64;

    sealed record Integers(long[] Shape, long[] Values);

    /// <summary>The tensor that a node gives, or null where it does not work on such constants.</summary>
    public static TensorProto? Of(Value node)
    {
        if (node.Operator is not ("Concat" or "ConstantOfShape" or "Reshape" or "Slice" or "Transpose" or "Cast") || node.Inputs.Length == 0)
            return null;
        Integers[] inputs = [.. node.Inputs.Select(input => input?.Constant is { Transposed: false } constant ? Read(constant.Tensor) : null).OfType<Integers>()];
        return inputs.Length == node.Inputs.Length && Run(node, inputs) is { Values.Length: <= Most } result
            ? new TensorProto { Name = node.Name, DataType = DataType.Int64, Dims = { result.Shape }, Int64Data = { result.Values } }
            : null;
    }

    static Integers? Read(TensorProto tensor)
    {
        if (tensor.DataType != DataType.Int64 || tensor.DataLocation == DataLocation.External || tensor.Dims.Count > 2 || tensor.Dims.Any(size => size is < 0 or > Most))
            return null;
        var length = (int)tensor.Dims.Aggregate(1L, (product, size) => product * size);
        if (!tensor.HasRawData)
            return tensor.Int64Data.Count == length && length <= Most ? new([.. tensor.Dims], [.. tensor.Int64Data]) : null;
        if (length > Most || tensor.RawData.Length != length * sizeof(long))
            return null;
        var values = new long[length];
        for (var i = 0; i < length; i++)
            values[i] = BinaryPrimitives.ReadInt64LittleEndian(tensor.RawData.Span[(i * sizeof(long))..]);
        return new([.. tensor.Dims], values);
    }

    static Integers? Run(Value node, Integers[] x) => node.Operator switch
    {
        "Cast" when node.Int("to", 0) == (long)DataType.Int64 => x[0],
        "ConstantOfShape" when x[0].Values is [>= 0 and <= Most and var count] && Filling(node) is [var value] => new([count], [.. Enumerable.Repeat(value, (int)count)]),
        "Concat" when node.Int("axis", 0) == 0 && x.All(part => part.Shape.Length == 1) && x.Sum(part => part.Values.Length) is <= Most and var length => new([length], [.. x.SelectMany(part => part.Values)]),
        "Reshape" when x.Length == 2 => Reshaped(x[0], x[1].Values),
        "Transpose" when x[0].Shape is [var rows, var columns] && node.Ints("perm") is [] or [1, 0] => new([columns, rows], [.. Enumerable.Range(0, x[0].Values.Length).Select(i => x[0].Values[i % rows * columns + i / rows])]),
        "Slice" when x is [{ Shape.Length: > 0 } data, { Values: [var start] }, { Values: [var end] }, { Values: [0] }, { Values: [var step] }] && step is 1 or -1 => Sliced(data, start, end, step),
        _ => null,
    };

    static long[]? Filling(Value node) => node.Node!.Attribute.FirstOrDefault(attribute => attribute.Name == "value")?.T is { } tensor ? Read(tensor)?.Values : null;

    static Integers? Reshaped(Integers x, long[] shape)
    {
        if (shape.Length is 0 or > 2 || shape.Any(size => size is 0 or < -1 or > Most) || shape.Count(size => size == -1) > 1)
            return null;
        var known = shape.Where(size => size > 0).Aggregate(1L, (product, size) => product * size);
        long[] sizes = [.. shape.Select(size => size == -1 ? x.Values.Length / known : size)];
        return sizes.Aggregate(1L, (product, size) => product * size) == x.Values.Length ? new(sizes, x.Values) : null;
    }

    /// <summary>Rows from one to before another, forwards or backwards.</summary>
    static Integers? Sliced(Integers x, long start, long end, long step)
    {
        var count = x.Shape[0];
        if (x.Values.Length == 0)
            return null;
        var row = x.Values.Length / count;
        start = Math.Clamp(start < 0 ? start + count : start, 0, step < 0 ? count - 1 : count);
        end = Math.Clamp(end < 0 ? end + count : end, step < 0 ? -1 : 0, count);
        var values = new List<long>();
        for (var at = start; step < 0 ? at > end : at < end; at += step)
            values.AddRange(x.Values.Skip((int)(at * row)).Take((int)row));
        return new([values.Count / row, .. x.Shape.Skip(1)], [.. values]);
    }
}
