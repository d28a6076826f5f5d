using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GenNet;

/// <summary>Writes a safetensors file, tensor by tensor.</summary>
sealed class SafeTensorsWriter
{
    const int Alignment = 8;

    public static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly StoredTensor[] _tensors;
    readonly byte[] _header;

    /// <exception cref="ArgumentException">Two tensors have the same name.</exception>
    public SafeTensorsWriter(IEnumerable<StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        _tensors = InOrder(tensors);
        var names = new HashSet<string>();
        foreach (var tensor in _tensors)
            if (!names.Add(tensor.Name))
                throw new ArgumentException($"Two tensors are called {tensor.Name}.", nameof(tensors));
        _header = Header(_tensors, metadata);
    }

    public void WriteTo(Stream stream)
    {
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)_header.Length);
        stream.Write(length);
        stream.Write(_header);
        ForEach(_tensors, bytes => stream.Write(bytes));
    }

    /// <summary>Writes floats as the format has them, in place or elsewhere.</summary>
    public static void ToBytes(ReadOnlySpan<float> floats, Span<byte> bytes)
    {
        if (BitConverter.IsLittleEndian)
            MemoryMarshal.AsBytes(floats).CopyTo(bytes);
        else
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(floats), MemoryMarshal.Cast<byte, int>(bytes));
    }

    /// <summary>A fingerprint of what the tensors hold and of a text, in the order of the file.</summary>
    public static ulong Checksum(IEnumerable<StoredTensor> tensors, string text)
    {
        var checksum = new Checksum(text);
        ForEach(InOrder(tensors), checksum.Add);
        return checksum.Value;
    }

    // The widest elements first, so that all are aligned.
    static StoredTensor[] InOrder(IEnumerable<StoredTensor> tensors) => [.. tensors.OrderByDescending(tensor => tensor.Type.Size())];

    static void ForEach(StoredTensor[] tensors, BytesAction action)
    {
        if (tensors.Length == 0)
            return;
        var bytes = new byte[tensors.Max(tensor => tensor.ByteLength)];
        foreach (var tensor in tensors)
        {
            tensor.Fill(bytes);
            action(bytes.AsSpan(0, tensor.ByteLength));
        }
    }

    delegate void BytesAction(ReadOnlySpan<byte> bytes);

    static byte[] Header(StoredTensor[] tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonOptions))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                json.WriteString(key, value);
            json.WriteEndObject();
            var begin = 0L;
            foreach (var tensor in tensors)
            {
                WriteTensor(json, tensor, begin);
                begin += tensor.ByteLength;
            }
            json.WriteEndObject();
        }

        // Blanks after the object make the tensors start at a multiple of their element's size.
        var padded = new byte[(buffer.WrittenCount + Alignment - 1) / Alignment * Alignment];
        padded.AsSpan().Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(padded);
        return padded;
    }

    static void WriteTensor(Utf8JsonWriter json, StoredTensor tensor, long begin)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.Type.ToString());
        json.WriteStartArray("shape");
        foreach (var dimension in tensor.Shape)
            json.WriteNumberValue(dimension);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(begin + tensor.ByteLength);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
