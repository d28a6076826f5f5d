using GenNet.Kernels;

namespace GenNet;

/// <summary>
/// A view of a layer's weights as the matrix [outputs, inputs], PyTorch's and Keras's transposed kernel, whatever their layout in memory.
/// What is written through it counts at once; reading changes nothing, so any number of threads may read while others predict.
/// </summary>
public sealed class WeightMatrix
{
    readonly ParameterBlock _block;
    readonly int _offset;
    readonly (string Rows, string Columns) _names;

    /// <param name="block">The network's parameters, or such as belong to them.</param>
    /// <param name="offset">Where the matrix begins among them.</param>
    /// <param name="inputs">Columns.</param>
    /// <param name="outputs">Rows.</param>
    /// <param name="names">What messages call rows and columns; null for outputs and inputs.</param>
    internal WeightMatrix(ParameterBlock block, int offset, int inputs, int outputs, (string Rows, string Columns)? names = null) =>
        (_block, _offset, Inputs, Outputs, _names) = (block, offset, inputs, outputs, names ?? ("outputs", "inputs"));

    /// <summary>Columns.</summary>
    public int Inputs { get; }

    /// <summary>Rows.</summary>
    public int Outputs { get; }

    /// <summary>The weight from input <paramref name="input"/> to output <paramref name="output"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the matrix.</exception>
    public float this[int output, int input]
    {
        get => Panels[Index(output, input)];
        set
        {
            Panels[Index(output, input)] = value;
            _block.MarkChanged();
        }
    }

    Span<float> Panels => _block.Span.Slice(_offset, PanelLayout.BiasOffset(Inputs, Outputs));

    /// <summary>Writes the matrix row by row, [outputs, inputs].</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> does not have outputs × inputs elements.</exception>
    public void CopyTo(Span<float> destination)
    {
        CheckLength(destination.Length, nameof(destination));
        PanelCopy.ToRows(Panels, destination, Inputs, Outputs);
    }

    /// <summary>Reads the matrix row by row, [outputs, inputs].</summary>
    /// <exception cref="ArgumentException"><paramref name="source"/> does not have outputs × inputs elements.</exception>
    public void CopyFrom(ReadOnlySpan<float> source)
    {
        CheckLength(source.Length, nameof(source));
        PanelCopy.FromRows(source, Panels, Inputs, Outputs);
        _block.MarkChanged();
    }

    int Index(int output, int input)
    {
        if ((uint)output >= (uint)Outputs || (uint)input >= (uint)Inputs)
            throw Outside(output, input);
        return PanelLayout.WeightOffset(Inputs, Outputs, output, input);
    }

    ArgumentOutOfRangeException Outside(int output, int input) => (uint)output >= (uint)Outputs
        ? new(nameof(output), output, $"The weights [{Outputs}, {Inputs}] have {Outputs} {_names.Rows}, counted from 0.")
        : new(nameof(input), input, $"The weights [{Outputs}, {Inputs}] have {Inputs} {_names.Columns}, counted from 0.");

    void CheckLength(int length, string parameter)
    {
        if (length != Outputs * Inputs)
            throw new ArgumentException($"The weights [{Outputs}, {Inputs}] have {Outputs * Inputs} elements, got {length}.", parameter);
    }
}
