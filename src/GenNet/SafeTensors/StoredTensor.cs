using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace GenNet;

/// <summary>A tensor that is about to be written.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Fill">Writes its bytes.</param>
sealed record StoredTensor(string Name, SafeTensorType Type, IReadOnlyList<int> Shape, Action<byte[]> Fill)
{
    public int ByteLength { get; } = Shape.Aggregate(Type.Size(), (product, dimension) => checked(product * dimension));

    public static StoredTensor Of(SafeTensor tensor) => new(tensor.Name, tensor.Type, tensor.Shape, bytes => tensor.Bytes.CopyTo(bytes));

    /// <summary>A network's tensor under another name.</summary>
    public static StoredTensor Of(ParameterTensor tensor, string name) => new(name, SafeTensorType.F32, tensor.Shape, bytes =>
    {
        var floats = MemoryMarshal.Cast<byte, float>(bytes)[..tensor.Length];
        tensor.CopyTo(floats);
        SafeTensorsWriter.ToBytes(floats, bytes);
    });

    /// <summary>A table of numbers, row by row.</summary>
    public static StoredTensor Of(string name, double[] values, int columns) => new(name, SafeTensorType.F64, [values.Length / columns, columns], bytes =>
    {
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
    });

    /// <summary>Numbers in double precision.</summary>
    public static StoredTensor Of(string name, ReadOnlySpan<double> values)
    {
        var copy = values.ToArray();
        return Of(name, copy, columns: 1) with { Shape = [copy.Length] };
    }

    /// <summary>Bytes.</summary>
    public static StoredTensor Of(string name, byte[] bytes) => new(name, SafeTensorType.U8, [bytes.Length], buffer => bytes.CopyTo(buffer, 0));

    /// <summary>A single whole number.</summary>
    public static StoredTensor Of(string name, long value) => new(name, SafeTensorType.I64, [], bytes => BinaryPrimitives.WriteInt64LittleEndian(bytes, value));
}
