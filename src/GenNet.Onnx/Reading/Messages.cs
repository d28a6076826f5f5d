namespace GenNet.Onnx.Reading;

/// <summary>Text of a file in messages.</summary>
static class Messages
{
    const int Longest = 100;

    /// <summary>A name, cut if it is absurdly long.</summary>
    public static string Short(string name) => name.Length <= Longest ? name : $"{name.AsSpan(0, Longest)}…";

    /// <summary>A shape, cut if it has absurdly many dimensions.</summary>
    public static string Shape(IEnumerable<long> sizes, int rank) => rank <= 8 ? $"[{string.Join(", ", sizes)}]" : $"[of {rank} dimensions]";
}
