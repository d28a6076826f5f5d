using GenNet.Onnx;

namespace GenNet.Tool.Models;

/// <summary>An ONNX file.</summary>
sealed class OnnxModelFile(string path, OnnxModel model) : ModelFile(path)
{
    public override NetworkArchitecture Architecture => model.Architecture;

    public override IReadOnlyList<ModelTensor> Tensors { get; } = [.. model.Parameters.Tensors.Select(tensor => new ModelTensor(tensor.Name, "F32", tensor.Shape, tensor.Length, Values(tensor)))];

    public override IEnumerable<(string Key, string Value)> Facts =>
    [
        ("format", $"ONNX, operator set {model.Opset}, {Count(Tensors)}"),
        .. model.Producer.Length > 0 ? new[] { ("producer", model.Producer) } : [],
        .. model.Architecture.Name.Length > 0 ? new[] { ("graph", model.Architecture.Name) } : [],
    ];

    public override ParameterBlock Match(NetworkArchitecture network)
    {
        var parameters = new ParameterBlock(network);
        model.CopyTo(network, parameters);
        return parameters;
    }

    static float[] Values(ParameterTensor tensor)
    {
        var values = new float[tensor.Length];
        tensor.CopyTo(values);
        return values;
    }
}
