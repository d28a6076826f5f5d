using GenNet.Kernels;

namespace GenNet;

/// <summary>The weights and biases of one dense layer, or the gradients of them.</summary>
public readonly struct DenseParameters
{
    readonly ParameterBlock? _block;
    readonly DenseShape _shape;

    internal DenseParameters(ParameterBlock block, DenseShape shape) => (_block, _shape) = (block, shape);

    /// <summary>Inputs of the layer.</summary>
    public int Inputs => _shape.Inputs;

    /// <summary>Outputs of the layer.</summary>
    public int Outputs => _shape.Outputs;

    /// <summary>The weights as a matrix [<see cref="Outputs"/>, <see cref="Inputs"/>].</summary>
    public WeightMatrix Weights => new(Block.Mutable(_shape.Offset, _shape.BiasOffset - _shape.Offset), Inputs, Outputs);

    /// <summary>The biases, [<see cref="Outputs"/>].</summary>
    public Span<float> Biases => Block.Mutable(_shape.BiasOffset, Outputs);

    ParameterBlock Block => _block ?? throw new InvalidOperationException("This DenseParameters is the default, of no layer: take those of a layer, network.Parameters[0].");
}

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
