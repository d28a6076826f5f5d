namespace GenNet;

/// <summary>Reads as many bytes as a file promises, without believing it: memory grows only as data arrives.</summary>
static class GrowingBuffer
{
    const int ChunkSize = 1 << 16;

    /// <summary>Reads <paramref name="size"/> bytes.</summary>
    /// <param name="stream">Where from.</param>
    /// <param name="size">How many.</param>
    /// <param name="promise">What promises them, for messages.</param>
    /// <param name="before">Bytes that it promised before these, which have been read.</param>
    /// <exception cref="InvalidDataException">The stream ends before, or no array is as large.</exception>
    public static byte[] Read(Stream stream, long size, string promise, long before = 0)
    {
        if (size > Array.MaxLength)
            throw new InvalidDataException($"{promise} promises {size} bytes, more than the {Array.MaxLength} that fit one array.");
        if (stream.CanSeek && stream.Length - stream.Position is var left && left < size)
            throw EndsAfter(left);

        // A stream that knows its length has been asked: its data are there.
        var data = GC.AllocateUninitializedArray<byte>((int)(stream.CanSeek ? size : Math.Min(size, ChunkSize)));
        var length = 0;
        while (true)
        {
            length += stream.ReadAtLeast(data.AsSpan(length), data.Length - length, throwOnEndOfStream: false);
            if (length < data.Length)
                throw EndsAfter(length);
            if (length == size)
                return data;
            Array.Resize(ref data, (int)Math.Min(size, 2L * length));
        }

        InvalidDataException EndsAfter(long end) => new($"{promise} promises {before + size} bytes, the file ends after {before + end}.");
    }
}
