using GenNet.Onnx.Schema;
using Google.Protobuf;

namespace GenNet.Onnx.Reading;

/// <summary>From bytes to a model whose layers are known.</summary>
static class ModelReader
{
    /// <summary>Broadcasting had attributes before this version of the operator set.</summary>
    const int OldestOpset = 7;

    static readonly MessageParser<ModelProto> Parser = ModelProto.Parser.WithDiscardUnknownFields(true);

    /// <exception cref="InvalidDataException">The bytes are no model that GenNet has layers for.</exception>
    public static OnnxModel Read(byte[] bytes, string name)
    {
        try
        {
            var model = Parse(bytes);
            var opset = Opset(model);
            if (model.Graph is null)
                throw new InvalidDataException("not an ONNX model, it has no graph.");
            StateGraph.TakeOut(model);
            EmbeddingGraph.PutInPlace(model.Graph);
            RecurrentGraph.PutStepsInOrder(model.Graph);
            var sequence = SequenceGraph.AsImages(model.Graph);
            return new OnnxModel(name, model, opset, GraphWalk.Outputs(new Graph(model.Graph, opset, sequence), 2L * bytes.Length), sequence is not null);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{name}: {e.Message}", e);
        }
    }

    static ModelProto Parse(byte[] bytes)
    {
        try
        {
            FieldCount.Check(bytes);
            return Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException($"not an ONNX model, or a damaged one. {e.Message}", e);
        }
    }

    static long Opset(ModelProto model)
    {
        foreach (var set in model.OpsetImport)
        {
            if (set.Domain is not ("" or "ai.onnx"))
                continue;
            return set.Version >= OldestOpset
                ? set.Version
                : throw new InvalidDataException($"written for version {set.Version} of ONNX's operator set, versions from {OldestOpset} on can be read.");
        }
        throw new InvalidDataException("not an ONNX model, it names no version of ONNX's operator set.");
    }
}
