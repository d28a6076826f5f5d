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

    SafeTensorsFile(string name, byte[] json, SafeTensorsHeader header, Dictionary<string, Func<byte[]>> data)
    {
        (Name, HeaderBytes) = (name, json);
        Metadata = header.Metadata;
        Tensors = [.. header.Tensors.Select(entry => new SafeTensor(entry, sizeof(ulong) + json.Length, data[entry.Name]))];
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
        using var file = OpenStream(path);
        return Read(file, path);
    }

    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static FileStream OpenStream(string path) => Permission.Needed(path, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0));

    /// <summary>Reads a stream from where it stands to its end. It need not be seekable and is left open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="InvalidDataException">The stream is not a safetensors file or is damaged. The message holds <paramref name="name"/> and the fault.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static SafeTensorsFile Read(Stream stream, string name) => Read(stream, name, _ => false);

    /// <param name="stream">The stream.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="stays">Whether the bytes of a tensor stay in the stream, of a file that is open as long as they are asked for.</param>
    internal static SafeTensorsFile Read(Stream stream, string name, Predicate<string> stays)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            var json = ReadHeader(stream);
            var header = SafeTensorsHeader.Parse(json);
            return new SafeTensorsFile(name, json, header, ReadData(stream, header, stays));
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

    /// <summary>The bytes of each tensor: all of a file are more than one array may hold.</summary>
    static Dictionary<string, Func<byte[]>> ReadData(Stream stream, SafeTensorsHeader header, Predicate<string> stays)
    {
        var data = new Dictionary<string, Func<byte[]>>();
        foreach (var entry in header.Tensors.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End))
        {
            var length = entry.End - entry.Begin;
            if (stream.CanSeek && stays(entry.Name) && stream.Length - stream.Position >= length)
            {
                var place = stream.Position;
                data[entry.Name] = () => ReadAgain(stream, place, (int)length);
                stream.Position += length;
                continue;
            }
            var bytes = GrowingBuffer.Read(stream, length, "the header", entry.Begin);
            data[entry.Name] = () => bytes;
        }
        if (stream.ReadByte() >= 0)
            throw new InvalidDataException($"more data follows the {header.DataLength} bytes that the header promises.");
        return data;
    }

    static byte[] ReadAgain(Stream stream, long place, int length)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(length);
        stream.Position = place;
        stream.ReadExactly(bytes);
        return bytes;
    }
}
