using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet;

/// <summary>
/// One value for each parameter of a network (its weights and biases, or their gradients, or an optimiser's state)
/// in one block of memory, in the order in which the kernels read them. <see cref="this[int]"/> shows a layer as ordinary matrices.
/// </summary>
public sealed unsafe class ParameterBlock
{
    readonly DenseShape[] _layers;
    readonly AlignedBuffer _buffer;
    readonly float* _pointer;

    /// <summary>Allocates a block of zeros for the given layers.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ParameterBlock(params DenseShape[] layers) : this(layers, new AlignedBuffer(layers[^1].End)) { }

    ParameterBlock(DenseShape[] layers, AlignedBuffer buffer)
    {
        _layers = layers;
        _buffer = buffer;
        _pointer = buffer.Pointer;
    }

    /// <summary>Number of layers.</summary>
    public int LayerCount => _layers.Length;

    /// <summary>The layer number <paramref name="layer"/>, from 0.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such layer.</exception>
    public DenseParameters this[int layer] => new(_buffer, _layers[layer]);

    /// <summary>The first float of the block, for generated code, which keeps the block alive while it uses it.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ref float Reference => ref *_pointer;

    internal float* Pointer => _pointer;

    internal int Length => _buffer.Length;

    internal ReadOnlySpan<DenseShape> Layers => _layers;

    /// <summary>Copies the values of a block of the same layers.</summary>
    /// <exception cref="ArgumentException"><paramref name="source"/> has other layers.</exception>
    public void CopyFrom(ParameterBlock source)
    {
        CheckLayers(source, nameof(source));
        source._buffer.Span.CopyTo(_buffer.Span);
    }

    /// <summary>Exchanges the values with those of a block of the same layers: a network's weights with their average, and back. Allocates nothing.</summary>
    /// <exception cref="ArgumentException"><paramref name="other"/> has other layers.</exception>
    public void Swap(ParameterBlock other)
    {
        CheckLayers(other, nameof(other));
        var (mine, theirs) = (_buffer.Span, other._buffer.Span);
        for (var i = 0; i < mine.Length; i++)
            (mine[i], theirs[i]) = (theirs[i], mine[i]);
    }

    void CheckLayers(ParameterBlock other, string parameter)
    {
        ArgumentNullException.ThrowIfNull(other, parameter);
        if (!_layers.AsSpan().SequenceEqual(other._layers))
            throw new ArgumentException($"These parameters are of {Describe(_layers)}, the {parameter}'s of {Describe(other._layers)}.", parameter);

        static string Describe(DenseShape[] layers) => string.Join("→", layers.Select(layer => layer.Inputs).Append(layers[^1].Outputs));
    }

    /// <summary>
    /// A 64-bit fingerprint of every value's bits, for lockstep checks: equal values have equal fingerprints on every machine.
    /// It is the sum over all values, counted layer by layer (weights [outputs, inputs] row by row, then biases),
    /// of SplitMix64's finaliser of the value's bits and, above them, its number. Allocates nothing.
    /// </summary>
    public ulong Hash()
    {
        var hash = 0UL;
        var first = 0U;
        foreach (var layer in _layers)
        {
            var values = _buffer.Span[layer.Offset..layer.End];
            for (var panel = 0; panel < layer.Outputs; panel += PanelLayout.Width)
            {
                var width = PanelLayout.PanelWidth(layer.Outputs, panel);
                var outputs = Math.Min(width, layer.Outputs - panel);
                for (var input = 0; input < layer.Inputs; input++)
                {
                    var row = values.Slice(panel * layer.Inputs + input * width, outputs);
                    var number = first + (uint)(panel * layer.Inputs + input);
                    foreach (var value in row)
                    {
                        hash += Fingerprint(value, number);
                        number += (uint)layer.Inputs;
                    }
                }
            }
            first += (uint)(layer.Outputs * layer.Inputs);
            foreach (var bias in values.Slice(layer.BiasOffset - layer.Offset, layer.Outputs))
                hash += Fingerprint(bias, first++);
        }
        return hash;

        static ulong Fingerprint(float value, uint number) => RandomStream.Mix(((ulong)number << 32) | BitConverter.SingleToUInt32Bits(value));
    }

    internal ParameterBlock Like() => new(_layers);

    /// <summary>Such a block in memory of the caller's.</summary>
    internal ParameterBlock Like(AlignedBuffer buffer) => new(_layers, buffer);

    /// <summary>Sets every value to zero.</summary>
    public void Clear() => _buffer.Span.Clear();
}
