using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace GenNet;

/// <summary>Sizes and conversions of <see cref="SafeTensorType"/>.</summary>
static class SafeTensorTypes
{
    public static int Size(this SafeTensorType type) => type switch
    {
        SafeTensorType.F64 or SafeTensorType.I64 or SafeTensorType.U64 => 8,
        SafeTensorType.F32 or SafeTensorType.I32 or SafeTensorType.U32 => 4,
        SafeTensorType.F16 or SafeTensorType.BF16 or SafeTensorType.I16 or SafeTensorType.U16 => 2,
        _ => 1,
    };

    /// <summary>Whether <see cref="ToFloats"/> takes elements of this type.</summary>
    public static bool IsFloat(this SafeTensorType type) => type is SafeTensorType.F32 or SafeTensorType.F16 or SafeTensorType.BF16 or SafeTensorType.F64;

    /// <summary>Whether the bytes are floats as this machine has them.</summary>
    public static bool IsNative(this SafeTensorType type) => type == SafeTensorType.F32 && BitConverter.IsLittleEndian;

    /// <summary>The elements as floats: without a copy where the bytes are floats already.</summary>
    public static ReadOnlySpan<float> AsFloats(this SafeTensorType type, ReadOnlySpan<byte> bytes)
    {
        if (type.IsNative())
            return MemoryMarshal.Cast<byte, float>(bytes);
        var floats = new float[bytes.Length / type.Size()];
        type.ToFloats(bytes, floats);
        return floats;
    }

    /// <summary>Converts little-endian elements of a floating-point type, rounded to the nearest float.</summary>
    public static void ToFloats(this SafeTensorType type, ReadOnlySpan<byte> bytes, Span<float> floats)
    {
        if (type.IsNative())
        {
            bytes.CopyTo(MemoryMarshal.AsBytes(floats));
            return;
        }
        var size = type.Size();
        for (var i = 0; i < floats.Length; i++)
        {
            var element = bytes.Slice(i * size, size);
            floats[i] = type switch
            {
                SafeTensorType.F32 => BinaryPrimitives.ReadSingleLittleEndian(element),
                SafeTensorType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(element),
                SafeTensorType.BF16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(element) << 16),
                SafeTensorType.F64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
                _ => throw new InvalidOperationException($"{type} is no floating-point type."),
            };
        }
    }
}
