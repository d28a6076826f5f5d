using GenNet.Onnx.Schema;
using Google.Protobuf;
using static GenNet.Onnx.Schema.AttributeProto.Types;

namespace GenNet.Onnx.Writing;

/// <summary>Attributes of nodes.</summary>
static class Attributes
{
    public static AttributeProto Int(string name, long value) => new() { Name = name, Type = AttributeType.Int, I = value };

    public static AttributeProto Ints(string name, params long[] values) => new() { Name = name, Type = AttributeType.Ints, Ints = { values } };

    public static AttributeProto Ints(string name, ReadOnlySpan<int> values) => Ints(name, [.. values.ToArray().Select(value => (long)value)]);

    public static AttributeProto Text(string name, string value) => new() { Name = name, Type = AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    public static AttributeProto Texts(string name, params string[] values) => new() { Name = name, Type = AttributeType.Strings, Strings = { values.Select(ByteString.CopyFromUtf8) } };

    public static AttributeProto Float(string name, float value) => new() { Name = name, Type = AttributeType.Float, F = value };
}
