using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using GenNet.Kernels;
using GenNet.Simd;

namespace GenNet;

/// <summary>
/// One value for each parameter of a network (its weights and biases, or their gradients, or an optimiser's state)
/// in one block of memory, in the order in which the kernels read them. <see cref="Tensors"/> shows them as ordinary matrices and vectors.
/// Reading (views, <see cref="Hash"/>, files) changes nothing, so it may go on while other threads predict; writing may not.
/// </summary>
[JsonConverter(typeof(NoJsonConverter))]
public sealed unsafe class ParameterBlock
{
    readonly NetworkArchitecture _architecture;
    readonly AlignedBuffer _buffer;
    readonly float* _pointer;
    ParameterTensor[]? _tensors;
    LayerViews?[]? _views;

    /// <summary>Allocates a block of zeros for the given layers.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ParameterBlock(NetworkArchitecture architecture) : this(architecture, new AlignedBuffer(architecture.BlockLength)) { }

    ParameterBlock(NetworkArchitecture architecture, AlignedBuffer buffer)
    {
        _architecture = architecture;
        _buffer = buffer;
        _pointer = buffer.Pointer;

        // Kernels are chosen while their callers are compiled, so the width is known before any of them is.
        RuntimeHelpers.RunClassConstructor(typeof(SimdWidth).TypeHandle);
    }

    /// <summary>Number of layers.</summary>
    public int LayerCount => Layers.Length;

    /// <summary>All tensors, with the names and shapes that PyTorch gives them, in the order of the layers.</summary>
    public IReadOnlyList<ParameterTensor> Tensors => TensorArray;

    ParameterTensor[] TensorArray => _tensors ??= NameTensors();

    /// <summary>The first float of the block, for generated code, which keeps the block alive while it uses it.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ref float Reference => ref *_pointer;

    internal float* Pointer => _pointer;

    /// <summary>The layer number <paramref name="index"/>, from 0, which must be of a kind.</summary>
    internal TLayer LayerAs<TLayer>(int index) where TLayer : Layer
    {
        if ((uint)index >= (uint)LayerCount)
            throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {LayerCount} layers, counted from 0.");
        return Layers[index].Weighted as TLayer ?? throw new InvalidOperationException($"Layer {index}, counted from 0, is a {Layers[index].GetType().Name}, not a {typeof(TLayer).Name}.");
    }

    internal NetworkArchitecture Architecture => _architecture;

    internal ReadOnlySpan<Layer> Layers => _architecture.LayerArray;

    internal Span<float> Span => _buffer.Span;

    /// <summary>Floats of the trained parameters, which come first; statistics that are kept but not trained follow.</summary>
    internal int TrainedLength => _architecture.TrainedLength;

    /// <summary>Counts the times that values may have changed, for what is derived from them.</summary>
    internal int Version { get; private set; }

    /// <summary>Tells what is derived from the values (folded batch normalisation) that they changed. Whoever writes calls it, and nobody who reads: others may be predicting.</summary>
    internal void MarkChanged() => Version++;

    internal LayerViews Views(int layer) => (_views ??= new LayerViews?[LayerCount])[layer] ??= new LayerViews();

    /// <summary>Copies the values of a block of the same layers.</summary>
    /// <exception cref="ArgumentException"><paramref name="source"/> has other layers.</exception>
    public void CopyFrom(ParameterBlock source)
    {
        CheckLayers(source, nameof(source));
        source._buffer.Span.CopyTo(_buffer.Span);
        MarkChanged();
    }

    /// <summary>Copies the values of some layers from a block in which the layers of the same numbers compute the same of the same layers, and belong to no heads of different names: the trunk of a network that has another head.</summary>
    /// <param name="source">The block.</param>
    /// <param name="layers">Which layers, counted from 0: <c>..2</c> are the first two.</param>
    /// <exception cref="ArgumentException"><paramref name="source"/> has others in their place. Nothing is changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no such layers.</exception>
    public void CopyFrom(ParameterBlock source, Range layers)
    {
        ArgumentNullException.ThrowIfNull(source);
        int first = layers.Start.GetOffset(LayerCount), end = layers.End.GetOffset(LayerCount);
        if (first < 0 || end > LayerCount || first > end)
            throw new ArgumentOutOfRangeException(nameof(layers), layers, $"{_architecture.Name} has {LayerCount} layers, counted from 0.");
        for (var layer = first; layer < end; layer++)
        {
            var (mine, theirs) = (_architecture.DescriptionOf(layer), layer < source.LayerCount ? source._architecture.DescriptionOf(layer) : "not there");
            if (layer >= source.LayerCount || Layers[layer].Schema != source.Layers[layer].Schema || !_architecture.IsInPlaceOf(source._architecture, layer))
                throw new ArgumentException($"Layer {layer}, counted from 0, is {mine} in {_architecture.Name}, and {theirs} in the {nameof(source)}.", nameof(source));
        }
        var others = source.TensorArray.Where(tensor => tensor.Layer >= first && tensor.Layer < end);
        foreach (var (mine, other) in TensorArray.Where(tensor => tensor.Layer >= first && tensor.Layer < end).Zip(others))
            mine.CopyValues(other);
    }

    /// <summary>
    /// Copies the tensors that a block of any layers has under the same names and of the same shapes, as PyTorch's <c>load_state_dict(strict=False)</c>, and says what was left out.
    /// What layers compute of their parameters is compared where it decides what they mean: a GRU's with another <see cref="GRULayer.ResetAfter"/> are left out.
    /// </summary>
    /// <param name="source">The block.</param>
    /// <param name="names">What the source calls a tensor of this block (see <see cref="Tensors"/>), or null for one to leave as it is; the same names where it is left out.</param>
    /// <exception cref="ArgumentException">No tensor can be copied. Nothing is changed.</exception>
    public CopyReport CopyMatching(ParameterBlock source, Func<string, string?>? names = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        var matching = new Matching<ParameterTensor>(this, source.TensorArray, tensor => tensor.Name, tensor => tensor.Shape, names, meansAs: (mine, theirs) => mine.MeansAs(theirs));
        if (matching.Pairs.Count == 0)
            throw new ArgumentException($"None of {_architecture.Name}'s tensors has the name and shape of one of {source._architecture.Name}'s: {matching.Report}. Pass names to say what belongs together.", nameof(source));
        foreach (var (mine, theirs) in matching.Pairs)
            mine.CopyFrom(theirs);
        return matching.Report;
    }

    /// <summary>
    /// Moves every value towards that of a block of the same layers, w + τ(v − w), running statistics included: a soft target's update
    /// (<c>torch.lerp</c>). Allocates nothing.
    /// </summary>
    /// <param name="source">Where to.</param>
    /// <param name="amount">τ, from 0, which changes nothing, to 1, which copies.</param>
    /// <exception cref="ArgumentException"><paramref name="source"/> has other layers.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is not from 0 to 1.</exception>
    public void Lerp(ParameterBlock source, float amount)
    {
        CheckLayers(source, nameof(source));
        if (!(amount is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(amount), amount, "The amount of a Lerp must be from 0 to 1.");
        BlockMath.Lerp(_pointer, source._pointer, _buffer.Span.Length, amount);
        MarkChanged();
        GC.KeepAlive(source);
    }

    /// <summary>√Σw² of what is trained, in double precision.</summary>
    public double Norm() => Math.Sqrt(SumOfSquares(null));

    /// <summary>√Σ(w − v)² of what is trained, in double precision: how far the values are from those of a block of the same layers.</summary>
    /// <exception cref="ArgumentException"><paramref name="other"/> has other layers.</exception>
    public double DistanceTo(ParameterBlock other)
    {
        CheckLayers(other, nameof(other));
        return Math.Sqrt(SumOfSquares(other));
    }

    /// <summary>Σ(w − v)², or Σw² without another block.</summary>
    double SumOfSquares(ParameterBlock? other)
    {
        var sum = 0.0;
        foreach (var tensor in TensorArray)
            if (tensor.Place.Trained)
                sum += tensor.SumOfSquares(other);
        return sum;
    }

    /// <summary>Number of values, padding apart: of all <see cref="Tensors"/>.</summary>
    public int Length
    {
        get
        {
            var length = 0;
            foreach (var tensor in TensorArray)
                length += tensor.Length;
            return length;
        }
    }

    /// <summary>Writes all values, tensor by tensor in the order of <see cref="Tensors"/>, each row by row.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> does not have <see cref="Length"/> elements.</exception>
    public void CopyTo(Span<float> destination)
    {
        CheckLength(destination.Length, nameof(destination));
        foreach (var tensor in TensorArray)
        {
            tensor.CopyTo(destination[..tensor.Length]);
            destination = destination[tensor.Length..];
        }
    }

    /// <summary>Reads all values in the order of <see cref="CopyTo"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="source"/> does not have <see cref="Length"/> elements.</exception>
    public void CopyFrom(ReadOnlySpan<float> source)
    {
        CheckLength(source.Length, nameof(source));
        foreach (var tensor in TensorArray)
        {
            tensor.CopyFrom(source[..tensor.Length]);
            source = source[tensor.Length..];
        }
    }

    void CheckLength(int length, string parameter)
    {
        if (length != Length)
            throw new ArgumentException($"{_architecture.Name} has {Length} parameters in all, got {length}.", parameter);
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

    /// <summary>
    /// Adds normally distributed numbers to some of the trained values, or to all of them: the mutation of a genetic algorithm or the perturbation of an evolution strategy.
    /// Running statistics stay as they are. The same bits on every machine; allocates nothing.
    /// </summary>
    /// <remarks>
    /// Values are taken in the order of the block: tensor by tensor as in <see cref="Tensors"/>; a vector's in their order; a weight matrix's in panels of 32 outputs,
    /// the last may be narrower, of a panel input by input, and of an input the panel's outputs. The inputs of a convolution go by rows of the kernel, its columns and channels,
    /// those behind a flattened image pixel by pixel; a transposed convolution's panels are of 32 inputs.
    /// With a rate of 1 each becomes w + deviation·number, rounded twice, with the numbers of one call of <see cref="RandomStream.NextNormals"/>.
    /// With a rate between 0 and 1 64 gaps are drawn at a time, until one leads behind the last value: with s the upper half of a 64-bit number as a signed integer, its lowest bit set,
    /// ⌊ln(|s|/2³¹)/ln(1 − rate)⌋ values are passed over before the next that is changed, computed in single precision without fused multiply-adds. After each 64 gaps
    /// comes a call of <see cref="RandomStream.NextNormals"/> for as many values as they lead to. With a rate of 0 nothing is drawn.
    /// </remarks>
    /// <param name="random">Where the numbers come from. It moves on.</param>
    /// <param name="rate">The probability that a value is changed, from 0 to 1.</param>
    /// <param name="deviation">The standard deviation of what is added; a negative one subtracts the same numbers, as the other of an antithetic pair needs.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is not from 0 to 1, or <paramref name="deviation"/> is no finite number.</exception>
    [SkipLocalsInit]
    public void Mutate(ref RandomStream random, double rate, float deviation)
    {
        if (!(rate is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "The rate of a mutation must be from 0 to 1: 0.1 changes a tenth of the values.");
        if (!float.IsFinite(deviation))
            throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "The deviation of a mutation must be a finite number.");
        if (rate == 0)
            return;
        var normals = stackalloc float[ValueGroups.Size];
        if (rate == 1)
        {
            var mutation = new MutationOfAll(_pointer, deviation, random, normals);
            ValueGroups.Run(_architecture, ref mutation);
            random = mutation.Random;
        }
        else
        {
            var gaps = stackalloc int[MutationOfSome.AtOnce];
            random = new MutationOfSome(deviation, Gaps.Factor(rate), random, gaps, normals).Run(_pointer, _architecture.TrainedRuns);
        }
        MarkChanged();
        GC.KeepAlive(this);
    }

    /// <summary>
    /// Takes each trained value from one of two blocks of the same layers, from either with probability ½: uniform crossover. Running statistics become the means of
    /// both. The same bits on every machine; allocates nothing.
    /// </summary>
    /// <remarks>
    /// For every 64 values, in the order of <see cref="Mutate"/>, a 64-bit number is drawn, the lowest bit for the first: a bit that is set takes the value of <paramref name="a"/>.
    /// </remarks>
    /// <param name="a">A parent. It may be this block.</param>
    /// <param name="b">The other, which may be this block too.</param>
    /// <param name="random">Where the numbers come from. It moves on.</param>
    /// <exception cref="ArgumentException"><paramref name="a"/> or <paramref name="b"/> has other layers.</exception>
    [SkipLocalsInit]
    public void CrossOver(ParameterBlock a, ParameterBlock b, ref RandomStream random)
    {
        CheckLayers(a, nameof(a));
        CheckLayers(b, nameof(b));
        var bits = stackalloc ulong[ValueGroups.Words + 1];
        var cross = new CrossOverWork(_pointer, a._pointer, b._pointer, random, bits);
        ValueGroups.Run(_architecture, ref cross);
        random = cross.Random;
        for (var i = TrainedLength; i < _buffer.Length; i++)
            _pointer[i] = 0.5f * (a._pointer[i] + b._pointer[i]);
        MarkChanged();
        GC.KeepAlive(this);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
    }

    internal void CheckLayers(ParameterBlock other, string parameter)
    {
        ArgumentNullException.ThrowIfNull(other, parameter);
        if (_architecture == other._architecture)
            return;
        var layersAreEqual = Layers.SequenceEqual(other.Layers);
        if (layersAreEqual && _architecture.HasBranchesOf(other._architecture))
            return;
        var (mine, theirs) = layersAreEqual ? (_architecture.Schema, other._architecture.Schema) : (Sizes(_architecture), Sizes(other._architecture));
        if (mine == theirs && !layersAreEqual)
        {
            var differs = 0;
            while (Layers[differs] == other.Layers[differs])
                differs++;
            var (first, second) = (Layers[differs], other.Layers[differs]);
            var inWords = first.Schema != second.Schema;
            (mine, theirs) = ($"{mine} with {(inWords ? first.Schema : first.ToString())}", $"{theirs} with {(inWords ? second.Schema : second.ToString())}");
        }
        throw new ArgumentException($"These parameters are of {mine}, the {parameter}'s of {theirs}.", parameter);

        static string Sizes(NetworkArchitecture network) => string.Join("→", network.Layers.Select(layer => layer.Inputs).Append(network.OutputSize));
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

    /// <summary>Whose they are and how many: <c>101770 parameters of FashionNet in 4 tensors: 0.weight [128, 784], 0.bias [128], 2.weight [10, 128], 2.bias [10]</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Length} parameters of {_architecture.Name} in {TensorArray.Length} tensors: {string.Join(", ", TensorArray.Select(tensor => tensor.ToString()))}");

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
    ParameterTensor[] NameTensors()
    {
        var tensors = new List<ParameterTensor>();
        foreach (var (prefix, layers) in _architecture.Modules)
        {
            var module = 0;
            for (var layer = layers.Start.Value; layer < layers.End.Value; layer++)
            {
                foreach (var place in _architecture.Layers[layer].Tensors)
                    tensors.Add(new ParameterTensor(this, layer, $"{prefix}{module}.{place.Name}", place));
                module += _architecture.Layers[layer].Activation.IsIdentity ? 1 : 2;
            }
        }
        return [.. tensors];
    }
}
