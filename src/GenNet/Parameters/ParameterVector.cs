using GenNet.Kernels;

namespace GenNet;

/// <summary>A view of a layer's biases, scales, shifts or running statistics. What is written through it counts at once; reading changes nothing, so any number of threads may read while others predict.</summary>
public sealed class ParameterVector
{
    readonly ParameterBlock _block;
    readonly int _offset;

    internal ParameterVector(ParameterBlock block, int offset, int length) => (_block, _offset, Length) = (block, offset, length);

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>One element.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    public float this[int index]
    {
        get => Values[Check(index)];
        set
        {
            Values[Check(index)] = value;
            _block.MarkChanged();
        }
    }

    Span<float> Values => _block.Span.Slice(_offset, Length);

    /// <summary>The elements as a span to read from.</summary>
    public static implicit operator ReadOnlySpan<float>(ParameterVector vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        return vector.Values;
    }

    /// <summary>The elements as a span to read from.</summary>
    public ReadOnlySpan<float> AsSpan() => Values;

    /// <summary>The elements, copied.</summary>
    public float[] ToArray() => Values.ToArray();

    /// <summary>Writes the elements to a span.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> does not have <see cref="Length"/> elements.</exception>
    public void CopyTo(Span<float> destination)
    {
        CheckLength(destination.Length, nameof(destination));
        Values.CopyTo(destination);
    }

    /// <summary>Reads the elements from a span.</summary>
    /// <exception cref="ArgumentException"><paramref name="source"/> does not have <see cref="Length"/> elements.</exception>
    public void CopyFrom(ReadOnlySpan<float> source)
    {
        CheckLength(source.Length, nameof(source));
        source.CopyTo(Values);
        _block.MarkChanged();
    }

    /// <summary>Sets every element.</summary>
    public void Fill(float value)
    {
        Values.SetAll(value);
        _block.MarkChanged();
    }

    /// <summary>Sets every element to zero.</summary>
    public void Clear()
    {
        Values.Clear();
        _block.MarkChanged();
    }

    int Check(int index) => (uint)index < (uint)Length
        ? index
        : throw Outside(index);

    ArgumentOutOfRangeException Outside(int index) => new(nameof(index), index, $"The vector has {Length} elements, counted from 0.");

    void CheckLength(int length, string parameter)
    {
        if (length != Length)
            throw new ArgumentException($"The vector has {Length} elements, got {length}.", parameter);
    }
}
