using System.Buffers.Binary;

namespace GenNet.Images;

/// <summary>The chunks of a PNG file (ISO/IEC 15948): the decoder neither compares their checksums nor misses the last one.</summary>
static class PngContainer
{
    const int ChunkOverhead = 12;

    static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Whether a file says that it is one.</summary>
    public static bool Starts(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <summary>Goes from chunk to chunk, to the last.</summary>
    /// <returns>The size of the image.</returns>
    /// <exception cref="InvalidDataException">A chunk is damaged or missing.</exception>
    public static (int Height, int Width) Check(ReadOnlySpan<byte> file)
    {
        (int Height, int Width)? size = null;
        for (var at = Signature.Length; ;)
        {
            if (file.Length - at < ChunkOverhead)
                throw new InvalidDataException("the PNG file ends before its last chunk: it was cut off.");
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - ChunkOverhead)
                throw new InvalidDataException("the PNG file ends within a chunk: it was cut off.");
            var chunk = file.Slice(at + 4, 4 + (int)length);
            var checksum = new Crc32();
            checksum.Add(chunk);
            if (checksum.Value != BinaryPrimitives.ReadUInt32BigEndian(file[(at + 8 + (int)length)..]))
                throw new InvalidDataException($"the checksum at byte {at} of the PNG file does not fit: the file was damaged.");
            if (size is null)
                size = chunk.StartsWith("IHDR"u8) && length >= 8 ? (Side(chunk[8..]), Side(chunk[4..])) : throw new InvalidDataException("the PNG file does not begin with its size.");
            if (chunk.StartsWith("IEND"u8))
                return size.Value;
            at += ChunkOverhead + (int)length;
        }

        static int Side(ReadOnlySpan<byte> bytes) => (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(bytes), int.MaxValue);
    }
}
