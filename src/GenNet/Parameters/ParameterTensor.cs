using GenNet.Kernels;

namespace GenNet;

/// <summary>One tensor of a <see cref="ParameterBlock"/>, in PyTorch's shape and order whatever its layout in memory.</summary>
public sealed class ParameterTensor
{
    readonly ParameterBlock _block;
    readonly TensorPlace _place;

    internal ParameterTensor(ParameterBlock block, int layer, string name, TensorPlace place)
    {
        (_block, _place) = (block, place);
        (Layer, Name) = (layer, name);
        Shape = place.Shape;
    }

    /// <summary>The name that PyTorch gives it in an <c>nn.Sequential</c> of the same modules: <c>0.weight</c>, <c>0.bias</c>, <c>2.weight</c> …</summary>
    public string Name { get; }

    /// <summary>What it is for.</summary>
    public ParameterKind Kind => _place.Kind;

    internal TensorPlace Place => _place;

    /// <summary>The number of its layer, from 0.</summary>
    public int Layer { get; }

    /// <summary>Whether its values mean to the layer of a tensor of the same shape what they mean to its own.</summary>
    internal bool MeansAs(ParameterTensor other) => _block.Layers[Layer].UsesWeightsAs(other._block.Layers[other.Layer]);

    /// <summary>[outputs, inputs] for weights, [filters, channels, height, width] for those of a convolution, [channels, filters, height, width] of a transposed one, [units] for all others.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Number of elements.</summary>
    public int Length => _place.Outputs * Math.Max(1, _place.Inputs);

    /// <summary>One element of a matrix: the weight from input <paramref name="input"/> to output <paramref name="output"/>; of a convolution's weights, the input counts channels × height × width.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the matrix.</exception>
    /// <exception cref="InvalidOperationException">This is a vector, whose elements have one index.</exception>
    public float this[int output, int input]
    {
        get => _block.Span[Position(output, input)];
        set
        {
            _block.Span[Position(output, input)] = value;
            _block.MarkChanged();
        }
    }

    /// <summary>One element of a vector: the bias, scale, shift, mean or variance of unit <paramref name="unit"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit.</exception>
    /// <exception cref="InvalidOperationException">This is a matrix, whose elements have two indices.</exception>
    public float this[int unit]
    {
        get => _block.Span[Position(unit)];
        set
        {
            _block.Span[Position(unit)] = value;
            _block.MarkChanged();
        }
    }

    int Position(int output, int input)
    {
        if (_place.Inputs == 0)
            throw new InvalidOperationException($"{this} is a vector: its elements have one index.");
        if ((uint)output >= (uint)_place.Outputs)
            throw new ArgumentOutOfRangeException(nameof(output), output, $"{this} has {_place.Outputs} {_block.Layers[Layer].WeightNames.Rows}, counted from 0.");
        if ((uint)input >= (uint)_place.Inputs)
            throw new ArgumentOutOfRangeException(nameof(input), input, $"{this} has {_place.Inputs} {_block.Layers[Layer].WeightNames.Columns}, counted from 0.");
        return _place.Offset + PanelLayout.WeightOffset(_place.Inputs, _place.Outputs, output, _place.Own(input));
    }

    int Position(int unit)
    {
        if (_place.Inputs != 0)
            throw new InvalidOperationException($"{this} is a matrix: its elements have two indices, output and input.");
        if ((uint)unit >= (uint)_place.Outputs)
            throw new ArgumentOutOfRangeException(nameof(unit), unit, $"{this} has {_place.Outputs} elements, counted from 0.");
        return _place.Offset + _place.Own(unit);
    }

    /// <summary>Writes the elements row by row.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> does not have <see cref="Length"/> elements.</exception>
    public void CopyTo(Span<float> destination)
    {
        CheckLength(destination.Length, nameof(destination));
        if (_place.Positions > 1)
            for (var i = 0; i < Length; i++)
                destination[i] = _block.Span[PositionOf(i)];
        else if (_place.Inputs == 0)
            Vector.CopyTo(destination);
        else
            PanelCopy.ToRows(Panels, destination, _place.Inputs, _place.Outputs);
    }

    /// <summary>Where an element of a file lies in the block.</summary>
    int PositionOf(int element) => _place.Inputs == 0
        ? _place.Offset + _place.Own(element)
        : _place.Offset + PanelLayout.WeightOffset(_place.Inputs, _place.Outputs, element / _place.Inputs, _place.Own(element % _place.Inputs));

    /// <summary>Reads the elements row by row.</summary>
    /// <exception cref="ArgumentException"><paramref name="source"/> does not have <see cref="Length"/> elements.</exception>
    public void CopyFrom(ReadOnlySpan<float> source)
    {
        CheckLength(source.Length, nameof(source));
        if (_place.Positions > 1)
            for (var i = 0; i < Length; i++)
                _block.Span[PositionOf(i)] = source[i];
        else if (_place.Inputs == 0)
            source.CopyTo(Vector);
        else
            PanelCopy.FromRows(source, Panels, _place.Inputs, _place.Outputs);
        _block.MarkChanged();
    }

    /// <summary>Copies the elements of a tensor of the same shape, in the order that files have them.</summary>
    internal void CopyFrom(ParameterTensor source)
    {
        if (source._place.Positions == _place.Positions)
        {
            CopyValues(source);
            return;
        }
        var elements = new float[Length];
        source.CopyTo(elements);
        CopyFrom(elements);
    }

    /// <summary>Copies the values of a tensor of the same shape as they are used: what they multiply is in the same order, whatever files have.</summary>
    internal void CopyValues(ParameterTensor source)
    {
        var length = _place.End - _place.Offset;
        source._block.Span.Slice(source._place.Offset, length).CopyTo(_block.Span.Slice(_place.Offset, length));
        _block.MarkChanged();
    }

    /// <summary>The tensor's part of <see cref="ParameterBlock.Hash"/>; its first value has number <paramref name="first"/>, which moves on to the next tensor's.</summary>
    internal ulong Hash(ref uint first)
    {
        var (hash, start, inputs) = (0UL, first, Math.Max(1, _place.Inputs));
        first += (uint)Length;
        for (var panel = 0; panel < _place.Outputs; panel += PanelLayout.Width)
        {
            for (var input = 0; input < inputs; input++)
            {
                var number = start + (uint)(panel * inputs + input);
                foreach (var value in Column(_block, panel, input))
                {
                    hash += RandomStream.Mix(((ulong)number << 32) | BitConverter.SingleToUInt32Bits(value));
                    number += (uint)inputs;
                }
            }
        }
        return hash;
    }

    /// <summary>Σ(w − v)² in double precision, v the same tensor of another block, or Σw² without one.</summary>
    internal double SumOfSquares(ParameterBlock? other)
    {
        var sum = 0.0;
        var inputs = Math.Max(1, _place.Inputs);
        for (var panel = 0; panel < _place.Outputs; panel += PanelLayout.Width)
        {
            for (var input = 0; input < inputs; input++)
            {
                ReadOnlySpan<float> mine = Column(_block, panel, input), theirs = other is null ? [] : Column(other, panel, input);
                for (var i = 0; i < mine.Length; i++)
                {
                    var difference = mine[i] - (double)(other is null ? 0 : theirs[i]);
                    sum += difference * difference;
                }
            }
        }
        return sum;
    }

    /// <summary>
    /// The values from one input to the outputs of a panel, without padding. A vector's panels lie one after the other without padding between,
    /// as those of a matrix of one column.
    /// </summary>
    ReadOnlySpan<float> Column(ParameterBlock block, int panel, int input)
    {
        var width = PanelLayout.PanelWidth(_place.Outputs, panel);
        return block.Span.Slice(_place.Offset + panel * Math.Max(1, _place.Inputs) + input * width, Math.Min(width, _place.Outputs - panel));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}]";

    Span<float> Vector => _block.Span.Slice(_place.Offset, Length);

    Span<float> Panels => _block.Span[_place.Offset..];

    void CheckLength(int length, string parameter)
    {
        if (length != Length)
            throw new ArgumentException($"{this} has {Length} elements, got {length}.", parameter);
    }
}
