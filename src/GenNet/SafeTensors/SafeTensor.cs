using System.Buffers.Binary;

namespace GenNet;

/// <summary>One tensor of a safetensors file.</summary>
public sealed class SafeTensor
{
    readonly Func<byte[]> _data;

    /// <param name="entry">What the header says of it.</param>
    /// <param name="dataStart">Where in the file tensors begin.</param>
    /// <param name="data">Its bytes: those in memory, or in the file each time that they are asked for.</param>
    internal SafeTensor(TensorEntry entry, long dataStart, Func<byte[]> data) =>
        (Name, Type, Shape, Offset, Length, _data) = (entry.Name, entry.Type, entry.Shape, dataStart + entry.Begin, (int)((entry.End - entry.Begin) / entry.Type.Size()), data);

    /// <summary>Describes single-precision values to write.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its dimensions, outermost first.</param>
    /// <param name="values">Its elements, row by row.</param>
    /// <exception cref="ArgumentException">The shape has a negative dimension, or another number of elements than there are values.</exception>
    public SafeTensor(string name, IReadOnlyList<int> shape, ReadOnlySpan<float> values)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(shape);
        foreach (var dimension in shape)
            if (dimension < 0)
                throw new ArgumentException($"The shape {TensorEntry.Describe(name, shape)} has a dimension of {dimension}.", nameof(shape));
        var elements = shape.Aggregate(UInt128.One, (product, dimension) => UInt128.Min(product * (UInt128)dimension, UInt128.MaxValue >> 32));
        if (elements != (UInt128)values.Length)
            throw new ArgumentException($"The shape {TensorEntry.Describe(name, shape)} has {elements} elements, got {values.Length} values.", nameof(values));
        var data = new byte[sizeof(float) * (long)values.Length];
        SafeTensorsWriter.ToBytes(values, data);
        (Name, Type, Shape, Length, _data) = (name, SafeTensorType.F32, [.. shape], values.Length, () => data);
    }

    /// <summary>Its name, <c>0.weight</c> for example.</summary>
    public string Name { get; }

    /// <summary>The type of its elements.</summary>
    public SafeTensorType Type { get; }

    /// <summary>Its dimensions, outermost first; empty for a single number.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Its first byte in the file that it was read from, counted from the file's start.</summary>
    public long Offset { get; }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>The elements as the file has them, little-endian, row by row.</summary>
    public ReadOnlySpan<byte> Bytes => _data();

    /// <summary>The same bytes as an array.</summary>
    internal byte[] Data => _data();

    /// <summary>Whether the elements are floating-point numbers, as <see cref="CopyTo"/> and <see cref="ToArray"/> need.</summary>
    public bool IsFloat => Type.IsFloat();

    /// <summary>Writes the elements, rounded to single precision.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> does not have <see cref="Length"/> elements.</exception>
    /// <exception cref="InvalidOperationException">The elements are not floating-point numbers.</exception>
    public void CopyTo(Span<float> destination)
    {
        if (destination.Length != Length)
            throw new ArgumentException($"{this} has {Length} elements, got room for {destination.Length}.", nameof(destination));
        if (!IsFloat)
            throw new InvalidOperationException($"{this} is of type {Type}, not of floating-point numbers.");
        Type.ToFloats(Bytes, destination);
    }

    /// <summary>The elements, rounded to single precision, row by row.</summary>
    /// <exception cref="InvalidOperationException">The elements are not floating-point numbers.</exception>
    public float[] ToArray()
    {
        var values = new float[Length];
        CopyTo(values);
        return values;
    }

    /// <summary>The elements without a copy where the file has them as this machine does.</summary>
    internal ReadOnlySpan<float> Floats => Type.AsFloats(Bytes);

    /// <summary>The elements in double precision; null where the file has them in another.</summary>
    internal double[]? Doubles()
    {
        if (Type != SafeTensorType.F64)
            return null;
        var values = new double[Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(Bytes[(i * sizeof(double))..]);
        return values;
    }

    /// <inheritdoc/>
    public override string ToString() => TensorEntry.Describe(Name, Shape);
}
