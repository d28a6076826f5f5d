using System.Buffers.Binary;

namespace GenNet.Images;

/// <summary>The segments of a JPEG file (ITU-T T.81): where one was cut off, the decoder would make up the rest.</summary>
static class JpegContainer
{
    const byte StartOfImage = 0xD8, EndOfImage = 0xD9, StartOfScan = 0xDA;

    /// <summary>Whether a file says that it is one.</summary>
    public static bool Starts(ReadOnlySpan<byte> file) => file is [0xFF, StartOfImage, 0xFF, ..];

    /// <summary>Goes from segment to segment up to the first scan, and looks for the end behind it.</summary>
    /// <returns>The size of the image.</returns>
    /// <exception cref="InvalidDataException">The end or the size is missing.</exception>
    public static (int Height, int Width) Check(ReadOnlySpan<byte> file)
    {
        (int Height, int Width)? size = null;
        var at = 2;
        while (true)
        {
            // Any number of bytes 0xFF may stand before a marker.
            while (at + 1 < file.Length && file[at] == 0xFF && file[at + 1] == 0xFF)
                at++;
            if (file.Length - at < 4)
                throw new InvalidDataException("the JPEG file ends before its image: it was cut off.");
            var (marker, length) = (file[at + 1], BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]));
            if (file[at] != 0xFF || length < 2)
                throw new InvalidDataException($"no segment begins at byte {at} of the JPEG file: it was damaged.");
            if (length > file.Length - at - 2)
                throw new InvalidDataException("the JPEG file ends within a segment: it was cut off.");
            if (IsFrame(marker) && length >= 7)
                size = (BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]), BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]));
            at += 2 + length;
            if (marker == StartOfScan)
                break;
        }
        if (file[at..].IndexOf([(byte)0xFF, EndOfImage]) < 0)
            throw new InvalidDataException("the JPEG file has no end: it was cut off.");
        return size ?? throw new InvalidDataException("the JPEG file does not say how large its image is.");
    }

    /// <summary>Frames' markers are C0 to CF, but for those of tables (C4, CC) and of what is reserved (C8).</summary>
    static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}
