using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Weights that were compiled into a program, laid out as networks hold them: for generated code, which knows where each tensor lies and copies it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe ref struct CompiledWeights
{
    readonly ReadOnlySpan<byte> _tensors;

    /// <summary>Finds the weights.</summary>
    /// <param name="network">The network's class, in whose assembly they are.</param>
    /// <param name="resource">The resource that the file became.</param>
    /// <param name="length">Its bytes when the class was compiled.</param>
    /// <exception cref="InvalidDataException">The assembly has no such resource or another one.</exception>
    public CompiledWeights(Type network, string resource, int length)
    {
        // The runtime keeps a loaded assembly's resources in memory for as long as the assembly: there is nothing to copy or to release.
        var stream = network.Assembly.GetManifestResourceStream(resource) as UnmanagedMemoryStream;
        if (stream?.Length != length)
            throw new InvalidDataException($"{network.Name}.Pretrained: the program was built without {resource} as it was when {network.Name} was compiled. Build it again.");
        _tensors = new ReadOnlySpan<byte>(stream.PositionPointer, length);
    }

    /// <summary>Copies a tensor to its place.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="first">The tensor's first float there.</param>
    /// <param name="length">Its floats there.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="offset">Its first byte in the resource.</param>
    public void CopyTo(ParameterBlock parameters, int first, int length, SafeTensorType type, int offset) =>
        type.ToFloats(_tensors.Slice(offset, length * type.Size()), parameters.Span.Slice(first, length));

    /// <summary>Copies a tensor of a layer that takes a row made of an image's pixels: files have it channel by channel, the network pixel by pixel.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="first">The tensor's first float there.</param>
    /// <param name="length">Its floats there.</param>
    /// <param name="rows">Rows of a matrix, or elements of a vector.</param>
    /// <param name="columns">Columns of a matrix, 0 for a vector.</param>
    /// <param name="pixels">The image's pixels.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="offset">Its first byte in the resource.</param>
    public void CopyTo(ParameterBlock parameters, int first, int length, int rows, int columns, int pixels, SafeTensorType type, int offset)
    {
        CopyTo(parameters, first, length, type, offset);
        var place = new TensorPlace("", ParameterKind.Weight, first, rows, columns) { Positions = pixels };
        var inputs = Math.Max(columns, 1);
        if (columns == 0)
            Sort(parameters.Span.Slice(first, rows), rows, 1, place);
        else
            for (var panel = 0; panel < rows; panel += PanelLayout.Width)
            {
                var width = PanelLayout.PanelWidth(rows, panel);
                Sort(parameters.Span.Slice(first + panel * inputs, inputs * width), inputs, width, place);
            }
    }

    /// <summary>Puts blocks of floats from a file's order into the network's.</summary>
    static void Sort(Span<float> values, int count, int width, TensorPlace place)
    {
        var sorted = new float[values.Length];
        for (var i = 0; i < count; i++)
            values.Slice(i * width, width).CopyTo(sorted.AsSpan(place.Own(i) * width));
        sorted.CopyTo(values);
    }
}
