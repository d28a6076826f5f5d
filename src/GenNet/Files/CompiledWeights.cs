using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet;

/// <summary>Weights that were compiled into a program, for generated code, which knows where each tensor lies in the file and in the network: nothing is read or looked up again.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe ref struct CompiledWeights
{
    readonly ReadOnlySpan<byte> _file;

    /// <summary>Finds the file.</summary>
    /// <param name="network">The network's class, in whose assembly the file is.</param>
    /// <param name="resource">The resource that the file became.</param>
    /// <param name="length">Its length when the class was compiled.</param>
    /// <exception cref="InvalidDataException">The assembly has no such file or another one.</exception>
    public CompiledWeights(Type network, string resource, int length)
    {
        // The runtime keeps a loaded assembly's resources in memory for as long as the assembly: there is nothing to copy or to release.
        var stream = network.Assembly.GetManifestResourceStream(resource) as UnmanagedMemoryStream;
        if (stream?.Length != length)
            throw new InvalidDataException($"{network.Name}.Pretrained: the program was built without {resource} as it was when {network.Name} was compiled. Build it again.");
        _file = new ReadOnlySpan<byte>(stream.PositionPointer, length);
    }

    /// <summary>Copies the weights of a dense layer to their place.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="type">The type of the file's elements.</param>
    /// <param name="offset">The tensor's first byte in the file.</param>
    public void CopyWeights(ParameterBlock parameters, DenseShape shape, SafeTensorType type, int offset) =>
        PanelCopy.FromRows(Floats(type, offset, shape.Outputs * shape.Inputs), parameters.Span[shape.Offset..], shape.Inputs, shape.Outputs);

    /// <summary>Copies biases, or a vector of a normalisation, to their place.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="first">Their first float there.</param>
    /// <param name="length">How many they are.</param>
    /// <param name="type">The type of the file's elements.</param>
    /// <param name="offset">The tensor's first byte in the file.</param>
    public void CopyVector(ParameterBlock parameters, int first, int length, SafeTensorType type, int offset) =>
        Floats(type, offset, length).CopyTo(parameters.Span[first..]);

    ReadOnlySpan<float> Floats(SafeTensorType type, int offset, int length) => type.AsFloats(_file.Slice(offset, length * type.Size()));
}
