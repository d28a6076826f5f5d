using System.ComponentModel;
using System.Text.Json.Serialization;
using GenNet.Kernels;

namespace GenNet;

/// <summary>
/// One value for each parameter of a network (its weights and biases, or their gradients, or an optimiser's state)
/// in one block of memory, in the order in which the kernels read them. <see cref="this[int]"/> and <see cref="Tensors"/>
/// show them as ordinary matrices and vectors.
/// </summary>
[JsonConverter(typeof(NoJsonConverter))]
public sealed unsafe class ParameterBlock
{
    readonly NetworkArchitecture _architecture;
    readonly AlignedBuffer _buffer;
    readonly float* _pointer;
    ParameterTensor[]? _tensors;

    /// <summary>Allocates a block of zeros for the given layers.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ParameterBlock(NetworkArchitecture architecture) : this(architecture, new AlignedBuffer(architecture.BlockLength)) { }

    ParameterBlock(NetworkArchitecture architecture, AlignedBuffer buffer)
    {
        _architecture = architecture;
        _buffer = buffer;
        _pointer = buffer.Pointer;
    }

    /// <summary>Number of layers.</summary>
    public int LayerCount => Layers.Length;

    /// <summary>The dense layer number <paramref name="layer"/>, from 0.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such layer.</exception>
    /// <exception cref="InvalidOperationException">The layer is not dense.</exception>
    public DenseParameters this[int layer] => Layers[layer] is DenseLayer dense
        ? new(this, dense.Shape)
        : throw new InvalidOperationException($"Layer {layer} has no weights: it is a {Layers[layer].GetType().Name}.");

    /// <summary>The normalisation layer number <paramref name="layer"/>, from 0.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such layer.</exception>
    /// <exception cref="InvalidOperationException">The layer is no normalisation.</exception>
    public NormParameters Norm(int layer) => Layers[layer] switch
    {
        BatchNormLayer norm => new(this, norm.Shape),
        LayerNormLayer norm => new(this, norm.Shape),
        var other => throw new InvalidOperationException($"Layer {layer} is no normalisation: it is a {other.GetType().Name}."),
    };

    /// <summary>All tensors, with the names and shapes that PyTorch gives them, in the order of the layers.</summary>
    public IReadOnlyList<ParameterTensor> Tensors => TensorArray;

    ParameterTensor[] TensorArray => _tensors ??= [.. NameTensors()];

    /// <summary>The first float of the block, for generated code, which keeps the block alive while it uses it.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ref float Reference => ref *_pointer;

    internal float* Pointer => _pointer;

    internal ReadOnlySpan<Layer> Layers => _architecture.LayerArray;

    internal Span<float> Span => _buffer.Span;

    /// <summary>Floats of the trained parameters, which come first; statistics that are kept but not trained follow.</summary>
    internal int TrainedLength => _architecture.TrainedLength;

    /// <summary>Counts the times that values may have changed, for what is derived from them.</summary>
    internal int Version { get; private set; }

    /// <summary>Tells what is derived from the values (folded batch normalisation) that they changed. Needed only after writing through a span kept from before.</summary>
    public void MarkChanged() => Version++;

    /// <summary>A part of the block that the caller may change.</summary>
    internal Span<float> Mutable(int offset, int length)
    {
        MarkChanged();
        return _buffer.Span.Slice(offset, length);
    }

    /// <summary>Copies the values of a block of the same layers.</summary>
    /// <exception cref="ArgumentException"><paramref name="source"/> has other layers.</exception>
    public void CopyFrom(ParameterBlock source)
    {
        CheckLayers(source, nameof(source));
        source._buffer.Span.CopyTo(_buffer.Span);
        MarkChanged();
    }

    /// <summary>Exchanges the values with those of a block of the same layers: a network's weights with their average, and back. Allocates nothing.</summary>
    /// <exception cref="ArgumentException"><paramref name="other"/> has other layers.</exception>
    public void Swap(ParameterBlock other)
    {
        CheckLayers(other, nameof(other));
        Span<float> mine = _buffer.Span, theirs = other._buffer.Span;
        for (var i = 0; i < mine.Length; i++)
            (mine[i], theirs[i]) = (theirs[i], mine[i]);
        MarkChanged();
        other.MarkChanged();
    }

    void CheckLayers(ParameterBlock other, string parameter)
    {
        ArgumentNullException.ThrowIfNull(other, parameter);
        if (_architecture != other._architecture && !Layers.SequenceEqual(other.Layers))
            throw new ArgumentException($"These parameters are of {Describe(_architecture)}, the {parameter}'s of {Describe(other._architecture)}.", parameter);

        static string Describe(NetworkArchitecture network) => string.Join("→", network.Layers.Select(layer => layer.Inputs).Append(network.OutputSize));
    }

    /// <summary>
    /// A 64-bit fingerprint of every value's bits, for lockstep checks: equal values have equal fingerprints on every machine.
    /// It is the sum over all values, counted tensor by tensor (weights [outputs, inputs] row by row, then biases),
    /// of SplitMix64's finaliser of the value's bits and, above them, its number. Allocates nothing.
    /// </summary>
    public ulong Hash()
    {
        var hash = 0UL;
        var first = 0U;
        foreach (var tensor in TensorArray)
            hash += tensor.Hash(ref first);
        return hash;
    }

    internal ParameterBlock Like()
    {
        var block = new ParameterBlock(_architecture);

        // Made now, because a training step that reads gradients tensor by tensor allocates nothing.
        _ = block.Tensors;
        return block;
    }

    /// <summary>Such a block in memory of the caller's.</summary>
    internal ParameterBlock Like(AlignedBuffer buffer) => new(_architecture, buffer);

    /// <summary>Sets every value to zero.</summary>
    public void Clear()
    {
        _buffer.Span.Clear();
        MarkChanged();
    }

    /// <summary>Modules count as PyTorch counts them: a layer is one, and its activation another.</summary>
    IEnumerable<ParameterTensor> NameTensors()
    {
        var module = 0;
        for (var layer = 0; layer < LayerCount; layer++)
        {
            foreach (var place in _architecture.Layers[layer].Tensors)
                yield return new ParameterTensor(this, layer, $"{module}.{place.Name}", place);
            module += _architecture.Layers[layer].Activation.IsIdentity ? 1 : 2;
        }
    }
}
