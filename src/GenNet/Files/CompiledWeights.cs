using System.ComponentModel;

namespace GenNet;

/// <summary>Weights that were compiled into a program, for generated code, which knows where each tensor lies: the file is not read again.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe ref struct CompiledWeights
{
    const string Prefix = "GenNet.Weights/";

    readonly ReadOnlySpan<byte> _file;

    /// <summary>Finds the file.</summary>
    /// <param name="network">The network's class, in whose assembly the file is.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="length">Its length when the class was compiled.</param>
    /// <param name="architecture">The network's layers.</param>
    /// <param name="schemaHash">The <see cref="NetworkArchitecture.SchemaHash"/> of the network that wrote the file; null where it does not say.</param>
    /// <exception cref="InvalidDataException">The assembly has no such file or another one, or the file was written by a network that computes something else.</exception>
    public CompiledWeights(Type network, string name, long length, NetworkArchitecture architecture, ulong? schemaHash)
    {
        // The runtime keeps a loaded assembly's resources in memory for as long as the assembly: there is nothing to copy or to release.
        var stream = network.Assembly.GetManifestResourceStream(Prefix + name) as UnmanagedMemoryStream;
        if (stream?.Length != length)
            throw new InvalidDataException($"{network.Name}.Pretrained: the program was built without {name} as it was when {network.Name} was compiled. Build it again.");
        if (schemaHash is { } hash && hash != architecture.SchemaHash)
            throw new InvalidDataException($"{network.Name}.Pretrained: {name} was written by a network that computes something else than {architecture.Schema}. Declare the same activations.");
        _file = new ReadOnlySpan<byte>(stream.PositionPointer, checked((int)length));
    }

    /// <summary>Copies a tensor to its place.</summary>
    /// <param name="tensor">The network's tensor.</param>
    /// <param name="type">The type of the file's elements.</param>
    /// <param name="offset">Its first byte in the file.</param>
    public void CopyTo(ParameterTensor tensor, SafeTensorType type, long offset) =>
        tensor.CopyFrom(type.AsFloats(_file.Slice((int)offset, tensor.Length * type.Size())));
}
