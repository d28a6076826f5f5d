using GenNet.Onnx;

namespace GenNet.Tool.Models;

/// <summary>An ONNX file.</summary>
sealed class OnnxModelFile(string path, OnnxModel model) : ModelFile(path)
{
    public override NetworkArchitecture Architecture => model.Architecture;

    public override IReadOnlyList<ModelTensor> Tensors { get; } = ModelTensor.Of(model.Parameters);

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
}
