using System.Runtime.InteropServices;
using GenNet.Onnx;
using GenNet.Onnx.Schema;
using Google.Protobuf;
using static GenNet.Onnx.Schema.TensorProto.Types;

namespace GenNet.Tests.Onnx;

/// <summary>Models made and changed by hand.</summary>
static class Model
{
    /// <summary>A model of two inputs x.</summary>
    public static ModelProto Create(params NodeProto[] nodes) => new()
    {
        OpsetImport = { new OperatorSetIdProto { Version = 13 } },
        Graph = new GraphProto
        {
            Input = { new ValueInfoProto { Name = "x" } },
            Output = { new ValueInfoProto { Name = nodes[^1].Output[0] } },
            Node = { nodes },
        },
    };

    /// <summary>A model of images x, of three sizes behind the samples.</summary>
    public static ModelProto Imaged(long[] sizes, params NodeProto[] nodes)
    {
        var model = Create(nodes);
        model.OpsetImport[0].Version = OnnxFile.Opset;
        model.Graph.Input[0].Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor { Shape = new TensorShapeProto { Dim = { sizes.Prepend(0).Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }) } } },
        };
        return model;
    }

    /// <summary>The model with its numbers as such, not as bytes.</summary>
    public static ModelProto Unpacked(ModelProto model)
    {
        foreach (var tensor in model.Graph.Initializer.Where(tensor => tensor.DataType == DataType.Float))
        {
            tensor.FloatData.Add(MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray());
            tensor.ClearRawData();
        }
        return model;
    }

    public static TensorProto Integers(string name, params long[] values) => new() { Name = name, DataType = DataType.Int64, Dims = { values.Length }, Int64Data = { values } };

    public static ModelProto Of(INetwork network)
    {
        var stream = new MemoryStream();
        OnnxFile.Save(network, stream);
        return ModelProto.Parser.ParseFrom(stream.ToArray());
    }

    /// <summary>A model that was read, as it is written again.</summary>
    public static ModelProto Of(OnnxModel model)
    {
        var path = Path.GetTempFileName();
        try
        {
            OnnxFile.Save(model.Architecture, model.Parameters, path);
            return ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static byte[] Bytes(this ModelProto model) => model.ToByteArray();

    public static ByteString Bytes(params float[] values) => ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan()));

    /// <summary>The model with another tensor.</summary>
    public static ModelProto With(this ModelProto model, string name, long[] shape, params float[] values)
    {
        model.Graph.Initializer.Add(Tensor(name, shape, values));
        return model;
    }

    public static TensorProto Tensor(string name, long[] shape, params float[] values) =>
        new() { Name = name, DataType = DataType.Float, Dims = { shape }, FloatData = { values } };

    /// <summary>A node, in the form <c>y = Add(x, b)</c>; its name is y.</summary>
    public static NodeProto Node(string text, params AttributeProto[] attributes)
    {
        var parts = text.Split([" = ", "(", ", ", ")"], StringSplitOptions.None);
        return new NodeProto { Name = parts[0], Output = { parts[0] }, OpType = parts[1], Input = { parts[2..^1] }, Attribute = { attributes } };
    }

    public static AttributeProto Float(string name, float value) => new() { Name = name, F = value };

    public static AttributeProto Int(string name, long value) => new() { Name = name, I = value };

    public static AttributeProto Text(string name, string value) => new() { Name = name, S = ByteString.CopyFromUtf8(value) };

    public static AttributeProto Texts(string name, params string[] values) => new() { Name = name, Strings = { values.Select(ByteString.CopyFromUtf8) } };

    public static AttributeProto Ints(string name, params long[] values) => new() { Name = name, Ints = { values } };

    public static AttributeProto Tensor(string name, TensorProto value) => new() { Name = name, T = value };
}
