using System.Text.Json;

namespace GenNet;

/// <summary>The header of a safetensors file: JSON that gives the name, type, shape and place of each tensor.</summary>
sealed class SafeTensorsHeader
{
    /// <summary>The longest header that is read: 1 MiB, about ten thousand tensors.</summary>
    public const int MaximumLength = 1 << 20;

    const int MaximumRank = 8;
    const string MetadataKey = "__metadata__";

    SafeTensorsHeader(List<TensorEntry> tensors, Dictionary<string, string> metadata)
    {
        (Tensors, Metadata) = (tensors, metadata);
        DataLength = CheckPlaces(tensors);
    }

    /// <summary>The tensors, in the order of the header.</summary>
    public IReadOnlyList<TensorEntry> Tensors { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Bytes that follow the header.</summary>
    public long DataLength { get; }

    /// <summary>Reads a header.</summary>
    /// <exception cref="InvalidDataException">It is damaged. The message holds the fault.</exception>
    public static SafeTensorsHeader Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return ParseObject(json);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"the header is not valid JSON: {TensorEntry.Shorten(e.Message, longest: 200)}", e);
        }
    }

    static SafeTensorsHeader ParseObject(ReadOnlySpan<byte> json)
    {
        var tensors = new List<TensorEntry>();
        var names = new HashSet<string>();
        var metadata = new Dictionary<string, string>();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 3 });
        Expect(ref reader, JsonTokenType.StartObject, "the header");
        while (NextKey(ref reader) is { } key)
        {
            if (!names.Add(key))
                throw new InvalidDataException($"{TensorEntry.Shorten(key)} stands twice in the header.");
            if (key == MetadataKey)
                ReadMetadata(ref reader, metadata);
            else
                tensors.Add(ReadTensor(ref reader, key));
        }
        reader.Read(); // anything but blanks after the object is an error
        return new SafeTensorsHeader(tensors, metadata);
    }

    static void ReadMetadata(ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        Expect(ref reader, JsonTokenType.StartObject, MetadataKey);
        while (NextKey(ref reader) is { } key)
        {
            Expect(ref reader, JsonTokenType.String, $"{MetadataKey}.{TensorEntry.Shorten(key)}");
            if (!metadata.TryAdd(key, Text(ref reader)))
                throw new InvalidDataException($"{TensorEntry.Shorten(key)} stands twice in {MetadataKey}.");
        }
    }

    static TensorEntry ReadTensor(ref Utf8JsonReader reader, string name)
    {
        var what = $"tensor {TensorEntry.Shorten(name)}";
        SafeTensorType? type = null;
        int[]? shape = null;
        long[]? offsets = null;
        Expect(ref reader, JsonTokenType.StartObject, what);
        while (NextKey(ref reader) is { } key)
        {
            var repeated = (key == "dtype" && type is not null) || (key == "shape" && shape is not null) || (key == "data_offsets" && offsets is not null);
            if (repeated)
                throw new InvalidDataException($"{what} has its {key} twice.");
            if (key == "dtype")
                type = ReadType(ref reader, what);
            else if (key == "shape")
                shape = ReadShape(ref reader, what);
            else if (key == "data_offsets")
                offsets = ReadNumbers(ref reader, $"{what}'s data_offsets", 2);
            else
                reader.Skip();
        }
        if (type is null || shape is null || offsets is not { Length: 2 })
            throw new InvalidDataException($"{what} needs a dtype, a shape and two data_offsets.");
        var entry = new TensorEntry(name, type.Value, shape, offsets[0], offsets[1]);
        entry.Check();
        return entry;
    }

    static SafeTensorType ReadType(ref Utf8JsonReader reader, string what)
    {
        Expect(ref reader, JsonTokenType.String, $"{what}'s dtype");
        var text = Text(ref reader);
        foreach (var type in Enum.GetValues<SafeTensorType>())
            if (type.ToString() == text)
                return type;
        throw new InvalidDataException($"{what} is of type {TensorEntry.Shorten(text)}, which is not known here.");
    }

    static int[] ReadShape(ref Utf8JsonReader reader, string what)
    {
        var dimensions = ReadNumbers(ref reader, $"{what}'s shape", MaximumRank);
        foreach (var dimension in dimensions)
            if (dimension is < 0 or > int.MaxValue)
                throw new InvalidDataException($"{what} has a dimension of {dimension}.");
        return Array.ConvertAll(dimensions, dimension => (int)dimension);
    }

    static long[] ReadNumbers(ref Utf8JsonReader reader, string what, int most)
    {
        Expect(ref reader, JsonTokenType.StartArray, what);
        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number))
                throw new InvalidDataException($"{what} should be whole numbers.");
            if (numbers.Count == most)
                throw new InvalidDataException($"{what} has more than {most} numbers.");
            numbers.Add(number);
        }
        return [.. numbers];
    }

    static void Expect(ref Utf8JsonReader reader, JsonTokenType token, string what)
    {
        reader.Read();
        if (reader.TokenType != token)
            throw new InvalidDataException($"{what} is not {Words(token)}.");

        static string Words(JsonTokenType token) => token switch
        {
            JsonTokenType.StartObject => "a JSON object",
            JsonTokenType.StartArray => "a JSON array",
            _ => "a JSON string",
        };
    }

    /// <summary>The next key of the object, or null at its end.</summary>
    static string? NextKey(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.EndObject ? null : Text(ref reader);
    }

    static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException($"the text that ends at byte {reader.BytesConsumed} of the header is not valid UTF-8.", e);
        }
    }

    /// <summary>Checks that the tensors fill the data without gap or overlap; returns its length.</summary>
    static long CheckPlaces(List<TensorEntry> tensors)
    {
        TensorEntry? previous = null;
        foreach (var tensor in tensors.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End))
        {
            var end = previous?.End ?? 0;
            if (tensor.Begin < end)
                throw new InvalidDataException($"tensor {tensor} starts at byte {tensor.Begin}, within {previous}, which ends at {end}.");
            if (tensor.Begin > end)
                throw new InvalidDataException($"tensor {tensor} starts at byte {tensor.Begin}, but the data before it ends at {end}.");
            previous = tensor;
        }
        return previous?.End ?? 0;
    }
}
