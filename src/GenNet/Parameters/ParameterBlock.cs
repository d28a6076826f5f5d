using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet;

/// <summary>
/// One value for each parameter of a network (its weights and biases, or their gradients, or an optimiser's state)
/// in one block of memory, in the order in which the kernels read them. <see cref="this[int]"/> shows a layer as ordinary matrices.
/// </summary>
public sealed class ParameterBlock
{
    readonly DenseShape[] _layers;
    readonly AlignedBuffer _buffer;

    /// <summary>Allocates a block of zeros for the given layers.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ParameterBlock(params DenseShape[] layers)
    {
        _layers = layers;
        _buffer = new AlignedBuffer(layers[^1].End);
    }

    /// <summary>Number of layers.</summary>
    public int LayerCount => _layers.Length;

    /// <summary>The layer number <paramref name="layer"/>, from 0.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such layer.</exception>
    public DenseParameters this[int layer] => new(_buffer, _layers[layer]);

    /// <summary>The first float of the block, for generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ref float Reference => ref _buffer.Reference;

    internal unsafe float* Pointer => _buffer.Pointer;

    internal int Length => _buffer.Length;

    internal ReadOnlySpan<DenseShape> Layers => _layers;

    /// <summary>Copies the values of a block of the same layers.</summary>
    /// <exception cref="ArgumentException"><paramref name="source"/> has other layers.</exception>
    public void CopyFrom(ParameterBlock source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!_layers.AsSpan().SequenceEqual(source._layers))
            throw new ArgumentException($"These parameters are of {Describe(_layers)}, the source's of {Describe(source._layers)}.", nameof(source));
        source._buffer.Span.CopyTo(_buffer.Span);

        static string Describe(DenseShape[] layers) => string.Join("→", layers.Select(layer => layer.Inputs).Append(layers[^1].Outputs));
    }

    internal ParameterBlock Like() => new(_layers);

    /// <summary>Sets every value to zero.</summary>
    public void Clear() => _buffer.Span.Clear();
}
