using GenNet.Kernels;

namespace GenNet;

/// <summary>A view of a layer's weights as the matrix [outputs, inputs], PyTorch's and Keras's transposed kernel, whatever their layout in memory.</summary>
public readonly ref struct WeightMatrix
{
    readonly Span<float> _panels;

    internal WeightMatrix(Span<float> panels, int inputs, int outputs)
    {
        _panels = panels;
        Inputs = inputs;
        Outputs = outputs;
    }

    /// <summary>Columns.</summary>
    public int Inputs { get; }

    /// <summary>Rows.</summary>
    public int Outputs { get; }

    /// <summary>The weight from input <paramref name="input"/> to output <paramref name="output"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the matrix.</exception>
    public ref float this[int output, int input]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)output, (uint)Outputs, nameof(output));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)input, (uint)Inputs, nameof(input));
            return ref _panels[PanelLayout.WeightOffset(Inputs, Outputs, output, input)];
        }
    }

    /// <summary>Writes the matrix row by row, [outputs, inputs].</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> does not have outputs × inputs elements.</exception>
    public void CopyTo(Span<float> destination)
    {
        CheckLength(destination.Length, nameof(destination));
        PanelCopy.ToRows(_panels, destination, Inputs, Outputs);
    }

    /// <summary>Reads the matrix row by row, [outputs, inputs].</summary>
    /// <exception cref="ArgumentException"><paramref name="source"/> does not have outputs × inputs elements.</exception>
    public void CopyFrom(ReadOnlySpan<float> source)
    {
        CheckLength(source.Length, nameof(source));
        PanelCopy.FromRows(source, _panels, Inputs, Outputs);
    }

    void CheckLength(int length, string parameter)
    {
        if (length != Outputs * Inputs)
            throw new ArgumentException($"The weights [{Outputs}, {Inputs}] have {Outputs * Inputs} elements, got {length}.", parameter);
    }
}
