using System.Globalization;
using GenNet.Onnx;

namespace GenNet.Tool.Models;

/// <summary>A model file of any format.</summary>
abstract class ModelFile(string path)
{
    public string Path { get; } = path;

    /// <summary>What the file says of itself.</summary>
    public abstract IEnumerable<(string Key, string Value)> Facts { get; }

    /// <summary>Its layers, or null where the file does not tell.</summary>
    public abstract NetworkArchitecture? Architecture { get; }

    public abstract IReadOnlyList<ModelTensor> Tensors { get; }

    /// <summary>Layers that may be those where the file does not tell.</summary>
    /// <exception cref="UserErrorException">Nobody can guess them.</exception>
    public virtual NetworkArchitecture Guessed => Guess.Layers(this);

    /// <summary>What to do where the file does not tell.</summary>
    public virtual string Unknown => $"{Path} does not say what its layers compute; say so with --network, such as --network \"{Guessed.Schema}\".";

    /// <exception cref="InvalidDataException">The file is damaged or of no format that can be read.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <param name="path">The file.</param>
    /// <param name="steps">Steps of a sequence, where the file leaves that open and somebody says so.</param>
    public static ModelFile Open(string path, int? steps = null)
    {
        if (!File.Exists(path))
            throw new UserErrorException($"there is no file {path}.");
        if (IsSafeTensors(path))
            return Known(new SafeTensorsModel(SafeTensorsFile.Open(path)));
        return IsJson(path) ? new RTNeuralModel(path, steps) : Known(new OnnxModelFile(path, OnnxFile.Read(path)));

        ModelFile Known(ModelFile file) => steps is null ? file : throw new UserErrorException($"{path} is no JSON file of RTNeural's: leave --steps out.");
    }

    /// <summary>The brace that an object starts with, behind white space; an ONNX file starts with a field's number.</summary>
    static bool IsJson(string path)
    {
        using var file = File.OpenRead(path);
        int first;
        do
            first = file.ReadByte();
        while (first is ' ' or '\t' or '\r' or '\n');
        return first == '{';
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
