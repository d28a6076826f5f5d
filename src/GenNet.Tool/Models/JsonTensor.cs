using System.Text.Json;

namespace GenNet.Tool.Models;

/// <summary>Numbers in nested arrays of JSON.</summary>
static class JsonTensor
{
    /// <summary>The numbers, row by row.</summary>
    /// <param name="element">The outermost array.</param>
    /// <param name="what">What they are, in messages.</param>
    /// <param name="shape">Lengths of the arrays, from the outermost.</param>
    /// <exception cref="InvalidDataException">It has other lengths, or an element is no finite number.</exception>
    public static float[] Read(JsonElement element, string what, params int[] shape)
    {
        // What a file says of lengths is believed when it has as many numbers.
        var values = new List<float>();
        Add(element, what, shape, values);
        return [.. values];
    }

    static void Add(JsonElement element, string what, ReadOnlySpan<int> shape, List<float> values)
    {
        if (shape.IsEmpty)
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetSingle(out var value) || !float.IsFinite(value))
                throw new InvalidDataException($"{what} has an element that is no finite number.");
            values.Add(value);
            return;
        }
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() != shape[0])
            throw new InvalidDataException($"{what} has {(element.ValueKind == JsonValueKind.Array ? $"an array of {element.GetArrayLength()}" : "no array")} where one of {shape[0]} should be.");
        foreach (var inner in element.EnumerateArray())
            Add(inner, what, shape[1..], values);
    }
}
