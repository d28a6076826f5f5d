using System.Buffers.Binary;
using System.Runtime.InteropServices;
using GenNet.Onnx.Schema;
using static GenNet.Onnx.Schema.TensorProto.Types;

namespace GenNet.Onnx.Reading;

/// <summary>A constant tensor of a graph.</summary>
/// <param name="Tensor">As the file has it.</param>
/// <param name="Transposed">Whether a node transposes it.</param>
sealed record Constant(TensorProto Tensor, bool Transposed = false)
{
    public string Name => Tensor.Name;

    /// <summary>The tensor as messages call it.</summary>
    public string Description => $"tensor \"{Messages.Short(Name)}\" {Messages.Shape(Shape, Tensor.Dims.Count)}";

    /// <summary>Sizes, after a transposition.</summary>
    public IEnumerable<long> Shape => Transposed ? Tensor.Dims.Reverse() : Tensor.Dims;

    /// <summary>The only element, or null where there are more, or it is no float.</summary>
    public float? Scalar => Tensor.DataType == DataType.Float && Tensor.Dims.All(size => size == 1) ? Elements(1)[0] : null;

    /// <summary>The only integer, or null.</summary>
    public long? Integer => Tensor is { DataType: DataType.Int64, RawData.Length: sizeof(long) }
        ? BinaryPrimitives.ReadInt64LittleEndian(Tensor.RawData.Span)
        : Tensor is { DataType: DataType.Int64, Int64Data.Count: 1 } ? Tensor.Int64Data[0] : null;

    /// <summary>A few integers, or null.</summary>
    public IReadOnlyList<long>? Integers
    {
        get
        {
            if (Tensor is not { DataType: DataType.Int64, Dims: [<= MostIntegers and var length] })
                return null;
            if (!Tensor.HasRawData)
                return Tensor.Int64Data.Count == length ? Tensor.Int64Data : null;
            if (Tensor.RawData.Length != length * sizeof(long))
                return null;
            var numbers = new long[length];
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = BinaryPrimitives.ReadInt64LittleEndian(Tensor.RawData.Span[(i * sizeof(long))..]);
            return numbers;
        }
    }

    /// <summary>Axes, and what is added before and behind them.</summary>
    const int MostIntegers = 16;

    /// <summary>Whether it is the truth value false.</summary>
    public bool IsFalse => Tensor is { DataType: DataType.Bool, RawData: [0] } or { DataType: DataType.Bool, Int32Data: [0] };

    /// <summary>Whether it has elements, all of them zero.</summary>
    public bool IsZero => _isZero ??= Tensor is { DataType: DataType.Float, DataLocation: not DataLocation.External }
        && (Tensor.HasRawData
            ? Tensor.RawData.Length > 0 && Tensor.RawData.Length % sizeof(float) == 0 && !MemoryMarshal.Cast<byte, float>(Tensor.RawData.Span).ContainsAnyExcept(0f)
            : Tensor.FloatData.Count > 0 && Tensor.FloatData.All(value => value == 0));

    /// <summary>Tensors may be shared by many nodes.</summary>
    bool? _isZero;

    /// <summary>Whether all of its elements, whole numbers, are the given one.</summary>
    public bool IsAll(int value) => Tensor is { DataType: DataType.Int32, HasRawData: true }
        ? Tensor.RawData.Length > 0 && Tensor.RawData.Length % sizeof(int) == 0 && !MemoryMarshal.Cast<byte, int>(Tensor.RawData.Span).ContainsAnyExcept(value)
        : Tensor is { DataType: DataType.Int32, Int32Data.Count: > 0 } && Tensor.Int32Data.All(element => element == value);

    /// <summary>The elements of a tensor of any axes.</summary>
    /// <exception cref="InvalidDataException">It has other sizes.</exception>
    public float[] OfShape(params long[] sizes)
    {
        var length = LengthOf(sizes);
        if (Tensor.Dims.Count != sizes.Length || length > Array.MaxLength || !sizes.SequenceEqual(Tensor.Dims))
            throw new InvalidDataException($"{Description} should be [{string.Join(", ", sizes)}].");
        return Elements((int)length);
    }

    /// <summary>A vector's elements.</summary>
    /// <exception cref="InvalidDataException">It is no vector of <paramref name="length"/> floats.</exception>
    public float[] Vector(int length)
    {
        if (Tensor.Dims.Count == 0 || Tensor.Dims[^1] != length || Tensor.Dims.Take(Tensor.Dims.Count - 1).Any(size => size != 1))
            throw new InvalidDataException($"{Description} should be [{length}].");
        return Elements(length);
    }

    /// <summary>A vector's elements, or a single number as often as it takes part in a sum with one.</summary>
    /// <exception cref="InvalidDataException">It is neither.</exception>
    public float[] Broadcast(int length)
    {
        if (Tensor.Dims.Any(size => size != 1))
            return Vector(length);
        var elements = new float[length];
        Array.Fill(elements, Elements(1)[0]);
        return elements;
    }

    /// <summary>A matrix's elements, row by row, as the matrix [outputs, inputs] that a dense layer has.</summary>
    /// <param name="transpose">Whether the matrix is [inputs, outputs] instead.</param>
    /// <exception cref="InvalidDataException">It is no matrix of floats.</exception>
    public (int Outputs, int Inputs, float[] Elements) Matrix(bool transpose)
    {
        if (Tensor.Dims.Count != 2 || Tensor.Dims.Any(size => size is <= 0 or > int.MaxValue) || Tensor.Dims[0] * Tensor.Dims[1] > Array.MaxLength)
            throw new InvalidDataException($"{Description} should be a matrix, the weights of a dense layer.");
        var (rows, columns) = ((int)Tensor.Dims[0], (int)Tensor.Dims[1]);
        var elements = Elements(rows * columns);
        if (transpose == Transposed)
            return (rows, columns, elements);
        var result = new float[elements.Length];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
                result[column * rows + row] = elements[row * columns + column];
        return (columns, rows, result);
    }

    /// <summary>Why it cannot be the weights of a convolution, or null.</summary>
    public string? KernelFault
    {
        get
        {
            var length = LengthOf([.. Tensor.Dims]);
            return Tensor.Dims.Count != 4 || Transposed || length > Array.MaxLength ? $"{Description} should be [filters, channels, height, width], the weights of a convolution of images." : null;
        }
    }

    /// <summary>The elements of a convolution's weights, [filters, channels, height, width].</summary>
    /// <exception cref="InvalidDataException">It has other axes.</exception>
    public (int Filters, int Channels, int Height, int Width, float[] Elements) Kernels()
    {
        if (KernelFault is { } fault)
            throw new InvalidDataException(fault);
        var (filters, channels, height, width) = ((int)Tensor.Dims[0], (int)Tensor.Dims[1], (int)Tensor.Dims[2], (int)Tensor.Dims[3]);
        return (filters, channels, height, width, Elements(filters * channels * height * width));
    }

    /// <summary>A number for each channel of an image, or one for all, as it takes part in a sum with one.</summary>
    /// <exception cref="InvalidDataException">It is neither.</exception>
    public float[] BroadcastToChannels(int channels)
    {
        if (Tensor.Dims.All(size => size == 1))
            return Broadcast(channels);
        long[] sizes = [.. Tensor.Dims];
        if (!sizes.AsSpan().SequenceEqual([channels, 1, 1]) && !sizes.AsSpan().SequenceEqual([1, channels, 1, 1]))
            throw new InvalidDataException($"{Description} should be [{channels}, 1, 1].");
        return Elements(channels);
    }

    /// <summary>Elements of a tensor of such sizes; more than fit an array where one of them is no size.</summary>
    static long LengthOf(ReadOnlySpan<long> sizes)
    {
        var length = 1L;
        foreach (var size in sizes)
            length = size is <= 0 or > int.MaxValue || length > Array.MaxLength ? long.MaxValue : length * size;
        return length;
    }

    float[] Elements(int count)
    {
        if (Tensor.DataLocation == DataLocation.External)
            throw new InvalidDataException($"{Description} lies in another file; write the model to one file, with its data in it.");
        if (Tensor.DataType != DataType.Float)
            throw new InvalidDataException($"{Description} has elements of type {Tensor.DataType}, only Float can be read; export the model in single precision.");
        var (stored, unit) = Tensor.HasRawData ? (Tensor.RawData.Length, sizeof(float)) : (Tensor.FloatData.Count, 1);
        if (stored != (long)count * unit)
            throw new InvalidDataException($"{Description} has {(Tensor.HasRawData ? $"{stored} bytes" : $"{stored} elements")} of data, {(long)count * unit} would fit its shape.");
        var elements = new float[count];
        if (!Tensor.HasRawData)
            Tensor.FloatData.CopyTo(elements, 0);
        else
            for (var i = 0; i < count; i++)
                elements[i] = BinaryPrimitives.ReadSingleLittleEndian(Tensor.RawData.Span[(i * sizeof(float))..]);
        return elements;
    }
}
