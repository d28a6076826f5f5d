using System.Buffers.Binary;

namespace GenNet;

/// <summary>
/// Reads the IDX files of MNIST and its successors (unsigned bytes), plain or compressed with gzip, whatever their name ends with.
/// Of a compressed file the checksum must fit, and nothing may follow it.
/// </summary>
/// <remarks>
/// The format: two zero bytes, the element type (8 is an unsigned byte), the number of dimensions, each dimension as a
/// big-endian 32-bit number, then the elements (Y. LeCun, C. Cortes, C. Burges, <i>The MNIST database</i>).
/// A header is not believed: memory grows only as data arrives.
/// </remarks>
public static class IdxReader
{
    /// <summary>The most element bytes that are read unless more are allowed: 1 GiB.</summary>
    public const int DefaultMaximumBytes = 1 << 30;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maximumBytes">The most element bytes to read, so that a small compressed file cannot fill the memory.</param>
    /// <exception cref="InvalidDataException">The file is not an IDX file of unsigned bytes, is damaged or is larger than <paramref name="maximumBytes"/>. The message names the file and the fault.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IdxArray Read(string path, int maximumBytes = DefaultMaximumBytes)
    {
        using var file = Permission.Needed(path, () => File.OpenRead(path));
        return Read(file, path, maximumBytes);
    }

    /// <summary>Reads a stream from where it stands. It need not be seekable and is left open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="maximumBytes">The most element bytes to read, so that a small compressed file cannot fill the memory.</param>
    /// <exception cref="InvalidDataException">The stream is not an IDX file of unsigned bytes, is damaged or is larger than <paramref name="maximumBytes"/>. The message holds <paramref name="name"/> and the fault.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static IdxArray Read(Stream stream, string name, int maximumBytes = DefaultMaximumBytes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumBytes);
        try
        {
            Span<byte> magic = stackalloc byte[4];
            FillHeader(stream, magic);
            if (magic is not [0x1F, 0x8B, ..])
                return ReadArray(stream, magic, maximumBytes);
            using var unzipped = new GzipMember(stream, magic);
            FillHeader(unzipped, magic);
            return ReadArray(unzipped, magic, maximumBytes);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{name}: {e.Message}", e);
        }
    }

    /// <summary>Reads samples and their labels. The samples stay bytes; a batch has features 0…1. A file of three dimensions has images of one channel.</summary>
    /// <param name="imagesPath">A file of two or more dimensions, the first of which counts the samples.</param>
    /// <param name="labelsPath">A file of one dimension.</param>
    /// <param name="classCount">How many classes there are: labels go from 0 to <paramref name="classCount"/> − 1.</param>
    /// <exception cref="InvalidDataException">A file is damaged or of the wrong kind, or the two do not belong together. The message names the file and the fault.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static Dataset LoadDataset(string imagesPath, string labelsPath, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classCount);
        var labels = Read(labelsPath);
        if (labels.Dimensions.Count != 1)
            throw new InvalidDataException($"{labelsPath}: labels have 1 dimension, this file has {labels.Dimensions.Count}.");
        var images = Read(imagesPath);
        if (images.Dimensions.Count < 2)
            throw new InvalidDataException($"{imagesPath}: images have 2 or more dimensions, this file has 1.");
        if (images.Dimensions[0] != labels.Dimensions[0])
            throw new InvalidDataException($"{imagesPath} holds {images.Dimensions[0]} images but {labelsPath} {labels.Dimensions[0]} labels.");

        var classes = new int[labels.Data.Length];
        for (var i = 0; i < classes.Length; i++)
        {
            classes[i] = labels.Data.Span[i];
            if (classes[i] >= classCount)
                throw new InvalidDataException($"{labelsPath}: label {classes[i]} of sample {i} is not in 0…{classCount - 1}.");
        }
        var data = new Dataset(images.Data, images.Data.Length / classes.Length, classes, classCount);
        return images.Dimensions is [_, var height, var width] ? data.AsImages(height, width) : data;
    }

    static IdxArray ReadArray(Stream stream, ReadOnlySpan<byte> magic, int maximumBytes)
    {
        if (magic is not [0, 0, var type, var rank and > 0])
            throw new InvalidDataException($"not an IDX file, it starts with {Convert.ToHexString(magic)}.");
        if (type != 8)
            throw new InvalidDataException($"elements are of type 0x{type:X2}, only unsigned bytes (0x08) can be read.");

        var dimensions = new int[rank];
        var size = 1L;
        Span<byte> bytes = stackalloc byte[4];
        for (var i = 0; i < rank; i++)
        {
            FillHeader(stream, bytes);
            var dimension = BinaryPrimitives.ReadUInt32BigEndian(bytes);
            if (dimension == 0)
                throw new InvalidDataException($"dimension {i} is 0.");
            size *= dimension;
            if (dimension > int.MaxValue || size > maximumBytes)
                throw new InvalidDataException($"dimension {i} of {dimension} makes the data larger than the {maximumBytes} bytes allowed.");
            dimensions[i] = (int)dimension;
        }
        return new IdxArray(dimensions, ReadElements(stream, (int)size));
    }

    static byte[] ReadElements(Stream stream, int size)
    {
        var data = GrowingBuffer.Read(stream, size, "the header");
        if (stream.ReadByte() >= 0)
            throw new InvalidDataException($"more data follows the {size} bytes that the header promises.");
        return data;
    }

    static void FillHeader(Stream stream, Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InvalidDataException("the file ends within its header.");
    }
}
