using System.Buffers.Binary;

namespace GenNet;

/// <summary>
/// A safetensors file in memory: named tensors and texts. <see cref="NetworkFiles"/> moves the weights of a network in and out of one.
/// </summary>
/// <remarks>
/// The format: the header's length as a little-endian 64-bit number, the header (JSON), then the tensors without gaps
/// (Hugging Face, <i>Safetensors</i>). A header is not believed: memory grows only as data arrives.
/// </remarks>
public sealed class SafeTensorsFile
{
    readonly Dictionary<string, SafeTensor> _byName;

    SafeTensorsFile(string name, byte[] json, SafeTensorsHeader header, byte[] data)
    {
        (Name, HeaderBytes) = (name, json);
        var dataStart = sizeof(ulong) + json.Length;
        Metadata = header.Metadata;
        Tensors = [.. header.Tensors.Select(entry => new SafeTensor(entry, dataStart, data.AsMemory((int)entry.Begin, (int)(entry.End - entry.Begin))))];
        _byName = Tensors.ToDictionary(tensor => tensor.Name);
    }

    /// <summary>The path, or what the stream is called.</summary>
    public string Name { get; }

    /// <summary>The tensors, in the order of the header.</summary>
    public IReadOnlyList<SafeTensor> Tensors { get; }

    /// <summary>The texts that come with them.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The header as the file has it.</summary>
    internal ReadOnlyMemory<byte> HeaderBytes { get; }

    /// <summary>The tensor of a name, or null.</summary>
    public SafeTensor? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Reads a file. Allocates the size of the file.</summary>
    /// <exception cref="InvalidDataException">The file is not a safetensors file or is damaged. The message names the file and the fault.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SafeTensorsFile Open(string path)
    {
        using var file = Permission.Needed(path, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0));
        return Read(file, path);
    }

    /// <summary>Reads a stream from where it stands to its end. It need not be seekable and is left open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="InvalidDataException">The stream is not a safetensors file or is damaged. The message holds <paramref name="name"/> and the fault.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static SafeTensorsFile Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            var json = ReadHeader(stream);
            var header = SafeTensorsHeader.Parse(json);
            return new SafeTensorsFile(name, json, header, ReadData(stream, header));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{name}: {e.Message}", e);
        }
    }

    /// <summary>Writes a file in one go: after a crash there is the old one or the new one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">What it holds.</param>
    /// <param name="metadata">Texts to put with them.</param>
    /// <exception cref="ArgumentException">Two tensors have the same name, a text is not valid Unicode, or the header is longer than what is read again. Nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<SafeTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var writer = new SafeTensorsWriter([.. tensors.Select(tensor => StoredTensor.Of(tensor ?? throw new ArgumentException("One of the tensors is null.", nameof(tensors))))], metadata ?? new Dictionary<string, string>());
        AtomicFile.Write(path, writer.WriteTo);
    }

    static byte[] ReadHeader(Stream stream)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InvalidDataException("not a safetensors file, it is shorter than 8 bytes.");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > SafeTensorsHeader.MaximumLength)
            throw new InvalidDataException($"not a safetensors file, or one with a header of {length} bytes: {SafeTensorsHeader.MaximumLength} is the most that is read.");
        return GrowingBuffer.Read(stream, (long)length, "the first number");
    }

    static byte[] ReadData(Stream stream, SafeTensorsHeader header)
    {
        var data = GrowingBuffer.Read(stream, header.DataLength, "the header");
        if (stream.ReadByte() >= 0)
            throw new InvalidDataException($"more data follows the {data.Length} bytes that the header promises.");
        return data;
    }
}
