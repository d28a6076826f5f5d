using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace GenNet.Tests.Images;

/// <summary>Writes PNG files of every kind of colour, row by row without filters.</summary>
static class PngWriter
{
    public const byte Grey = 0, Rgb = 2, Palette = 3, GreyAlpha = 4, Rgba = 6;

    /// <param name="height">Rows.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="colour">One of the kinds.</param>
    /// <param name="bits">Bits of a channel.</param>
    /// <param name="samples">The rows' bytes.</param>
    /// <param name="palette">[colours, 3] bytes.</param>
    public static byte[] Write(int height, int width, byte colour, byte bits, byte[] samples, byte[]? palette = null)
    {
        var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (bits, colour);
        Chunk(file, "IHDR", header);
        if (palette is not null)
            Chunk(file, "PLTE", palette);
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            for (var row = 0; row < height; row++)
            {
                zlib.WriteByte(0);
                zlib.Write(samples, row * samples.Length / height, samples.Length / height);
            }
        Chunk(file, "IDAT", packed.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    static void Chunk(MemoryStream file, string name, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        file.Write(length);
        byte[] content = [.. Encoding.ASCII.GetBytes(name), .. data];
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(length, Checksum(content));
        file.Write(length);
    }

    /// <summary>The checksum bit by bit, as the standard has it.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var state = uint.MaxValue;
        foreach (var value in bytes)
        {
            state ^= value;
            for (var bit = 0; bit < 8; bit++)
                state = (state & 1) != 0 ? 0xEDB88320 ^ state >> 1 : state >> 1;
        }
        return ~state;
    }
}
