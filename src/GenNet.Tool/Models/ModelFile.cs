using System.Globalization;
using GenNet.Onnx;

namespace GenNet.Tool.Models;

/// <summary>A model file of either format.</summary>
abstract class ModelFile(string path)
{
    public string Path { get; } = path;

    /// <summary>What the file says of itself.</summary>
    public abstract IEnumerable<(string Key, string Value)> Facts { get; }

    /// <summary>Its layers, or null where the file does not tell.</summary>
    public abstract NetworkArchitecture? Architecture { get; }

    public abstract IReadOnlyList<ModelTensor> Tensors { get; }

    /// <exception cref="InvalidDataException">The file is damaged or of neither format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ModelFile Open(string path)
    {
        if (!File.Exists(path))
            throw new UserErrorException($"there is no file {path}.");
        return IsSafeTensors(path) ? new SafeTensorsModel(SafeTensorsFile.Open(path)) : new OnnxModelFile(path, OnnxFile.Read(path));
    }

    /// <summary>The file's parameters for a network.</summary>
    /// <exception cref="InvalidDataException">The file is of another network.</exception>
    public abstract ParameterBlock Match(NetworkArchitecture network);

    /// <summary>A header's length and the brace that every header starts with; an ONNX file cannot start with them.</summary>
    static bool IsSafeTensors(string path)
    {
        Span<byte> start = stackalloc byte[9];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start[^1] == '{' && start[5] == 0 && start[6] == 0 && start[7] == 0;
    }

    protected static string Count(IReadOnlyCollection<ModelTensor> tensors) =>
        string.Create(CultureInfo.InvariantCulture, $"{tensors.Count} tensors, {tensors.Sum(tensor => (long)tensor.Length):N0} elements");
}
