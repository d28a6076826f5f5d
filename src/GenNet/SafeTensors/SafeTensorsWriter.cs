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
    readonly bool _checksum;
    readonly StoredBytes? _bytes;

    /// <param name="tensors">What the file holds.</param>
    /// <param name="metadata">Texts that go with it.</param>
    /// <param name="checksum">Whether another tensor follows, <see cref="FileKeys.Checksum"/>.</param>
    /// <param name="bytes">Bytes that the file holds behind these tensors; null where there are none.</param>
    /// <exception cref="ArgumentException">Two tensors have the same name, or the header could not be read again.</exception>
    public SafeTensorsWriter(IEnumerable<StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata, bool checksum = false, StoredBytes? bytes = null)
    {
        // The widest elements first, so that all are aligned.
        _tensors = [.. tensors.OrderByDescending(tensor => tensor.Type.Size()), .. bytes?.Tensors ?? []];
        (_checksum, _bytes) = (checksum, bytes);
        if (checksum)
            _tensors = [.. _tensors, StoredTensor.Of(FileKeys.Checksum, new byte[sizeof(ulong)])];
        var names = new HashSet<string>();
        foreach (var tensor in _tensors)
            if (!names.Add(tensor.Name))
                throw new ArgumentException($"Two tensors are called {tensor.Name}.", nameof(tensors));
        _header = Header(_tensors, metadata);
        CheckHeader(metadata);
    }

    public void WriteTo(Stream stream)
    {
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)_header.Length);
        stream.Write(length);
        stream.Write(_header);
        WriteTensors(stream);
    }

    void WriteTensors(Stream stream)
    {
        var checksum = new Checksum();
        if (_checksum)
            checksum.Add(_header);
        var (pieces, last) = (_bytes?.Tensors.Count() ?? 0, _tensors.Length - (_checksum ? 1 : 0));
        var buffer = new byte[_tensors.Where(tensor => !FileKeys.IsPieceOfBytes(tensor.Name)).Select(tensor => tensor.ByteLength).DefaultIfEmpty().Max()];
        for (var i = 0; i < last - pieces; i++)
        {
            _tensors[i].Fill(buffer);
            Write(buffer, _tensors[i].ByteLength);
        }
        _bytes?.WriteTo(Write);
        if (_checksum)
            stream.Write(BitConverter.GetBytes(BitConverter.IsLittleEndian ? checksum.Value : BinaryPrimitives.ReverseEndianness(checksum.Value)));

        void Write(byte[] bytes, int count)
        {
            stream.Write(bytes, 0, count);
            if (_checksum)
                checksum.Add(bytes.AsSpan(0, count));
        }
    }

    /// <summary>What is written can be read: too long a header, or a name that is no Unicode, is noticed before there is a file.</summary>
    void CheckHeader(IReadOnlyDictionary<string, string> metadata)
    {
        if (_header.Length > SafeTensorsHeader.MaximumLength)
            throw new ArgumentException($"The names, shapes and texts make a header of {_header.Length} bytes; {SafeTensorsHeader.MaximumLength} is the most that is read again. Nothing was written.", nameof(metadata));
        SafeTensorsHeader header;
        try
        {
            header = SafeTensorsHeader.Parse(_header);
        }
        catch (InvalidDataException e)
        {
            throw new ArgumentException($"The file could not be read again: {e.Message} Nothing was written.", nameof(metadata), e);
        }
        foreach (var (tensor, entry) in _tensors.Zip(header.Tensors))
            if (tensor.Name != entry.Name)
                throw new ArgumentException($"The tensor's name {TensorEntry.Shorten(tensor.Name)} is not valid Unicode. Nothing was written.", nameof(metadata));
        foreach (var (key, value) in metadata)
            if (header.Metadata.GetValueOrDefault(key) != value)
                throw new ArgumentException($"The text {TensorEntry.Shorten(key)} is not valid Unicode. Nothing was written.", nameof(metadata));
    }

    /// <summary>Writes floats as the format has them, in place or elsewhere.</summary>
    public static void ToBytes(ReadOnlySpan<float> floats, Span<byte> bytes)
    {
        if (BitConverter.IsLittleEndian)
            MemoryMarshal.AsBytes(floats).CopyTo(bytes);
        else
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(floats), MemoryMarshal.Cast<byte, int>(bytes));
    }

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
