namespace GenNet.Tool.Models;

/// <summary>A safetensors file.</summary>
sealed class SafeTensorsModel : ModelFile
{
    readonly SafeTensorsFile _file;

    public SafeTensorsModel(SafeTensorsFile file) : base(file.Name)
    {
        _file = file;
        Tensors = [.. file.Tensors.Select(tensor => new ModelTensor(tensor.Name, tensor.Type.ToString(), tensor.Shape, tensor.Length, tensor.IsFloat ? tensor.ToArray() : null))];
        if (file.Metadata.TryGetValue(FileKeys.Schema, out var schema))
            Architecture = NetworkText.Parse(
                schema, file.Metadata.GetValueOrDefault(FileKeys.Network, ""), file.Metadata.GetValueOrDefault(FileKeys.Inputs), file.Metadata.GetValueOrDefault(FileKeys.Outputs));
    }

    public override NetworkArchitecture? Architecture { get; }

    public override IReadOnlyList<ModelTensor> Tensors { get; }

    public override IEnumerable<(string Key, string Value)> Facts =>
        [("format", $"safetensors, {Count(Tensors)}"), .. _file.Metadata.Where(pair => pair.Key is not (FileKeys.Schema or FileKeys.SchemaHash)).Select(pair => (pair.Key, pair.Value))];

    public override ParameterBlock Match(NetworkArchitecture network)
    {
        var parameters = new ParameterBlock(network);
        NetworkFiles.Load(network, parameters, _file);
        return parameters;
    }
}
