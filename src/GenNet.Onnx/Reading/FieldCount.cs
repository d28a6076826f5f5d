using GenNet.Onnx.Schema;

namespace GenNet.Onnx.Reading;

/// <summary>Counts what is in a file before any of it is created: two bytes of it can ask for an object of two hundred.</summary>
static class FieldCount
{
    /// <summary>A network of a thousand layers has less than half of it.</summary>
    const int Maximum = 50_000;

    /// <summary>Messages of the schema that hold other messages.</summary>
    enum Message { None, Model, Graph, Node, Attribute, Value, Type, TensorType, Shape }

    /// <exception cref="InvalidDataException">The file has too many messages and strings, or is damaged.</exception>
    public static void Check(ReadOnlySpan<byte> file)
    {
        var count = 0;
        Check(file, Message.Model, ref count);
    }

    static void Check(ReadOnlySpan<byte> bytes, Message message, ref int count)
    {
        while (!bytes.IsEmpty)
        {
            var tag = Varint(ref bytes);
            switch (tag & 7)
            {
                case 0: Varint(ref bytes); break;
                case 1: Take(ref bytes, 8); break;
                case 5: Take(ref bytes, 4); break;
                case 2:
                    if (++count > Maximum)
                        throw new InvalidDataException($"has more than {Maximum} nodes, tensors, attributes and names: too many for a network of GenNet's layers.");
                    var content = Take(ref bytes, Varint(ref bytes));
                    if (Child(message, (int)(tag >> 3)) is var child and not Message.None)
                        Check(content, child, ref count);
                    break;
                default:
                    throw new InvalidDataException($"not an ONNX model, or a damaged one: a field has the unknown type {tag & 7}.");
            }
        }
    }

    static Message Child(Message message, int field) => (message, field) switch
    {
        (Message.Model, ModelProto.GraphFieldNumber) => Message.Graph,
        (Message.Graph, GraphProto.NodeFieldNumber) => Message.Node,
        (Message.Graph, GraphProto.InputFieldNumber or GraphProto.OutputFieldNumber) => Message.Value,
        (Message.Node, NodeProto.AttributeFieldNumber) => Message.Attribute,
        (Message.Value, ValueInfoProto.TypeFieldNumber) => Message.Type,
        (Message.Type, TypeProto.TensorTypeFieldNumber) => Message.TensorType,
        (Message.TensorType, TypeProto.Types.Tensor.ShapeFieldNumber) => Message.Shape,
        _ => Message.None,
    };

    static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        var value = 0UL;
        for (var i = 0; i < Math.Min(10, bytes.Length); i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return value;
            }
        }
        throw new InvalidDataException("not an ONNX model, or a damaged one: it ends within a number, or a number is too long.");
    }

    static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, ulong length)
    {
        if (length > (ulong)bytes.Length)
            throw new InvalidDataException($"not an ONNX model, or a damaged one: a field of {length} bytes stands where {bytes.Length} are left.");
        var taken = bytes[..(int)length];
        bytes = bytes[(int)length..];
        return taken;
    }
}
