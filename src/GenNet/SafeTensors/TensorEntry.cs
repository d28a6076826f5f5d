namespace GenNet;

/// <summary>What the header of a safetensors file says of one tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
sealed record TensorEntry(string Name, SafeTensorType Type, int[] Shape, long Begin, long End)
{
    const int LongestNameShown = 80;

    /// <summary>0.weight [128, 784].</summary>
    public static string Describe(string name, IReadOnlyList<int> shape) => $"{Shorten(name)} [{string.Join(", ", shape)}]";

    /// <summary>A name from a file, fit for a message.</summary>
    public static string Shorten(string name, int longest = LongestNameShown) => name.Length <= longest ? name : name[..longest] + "…";

    public override string ToString() => Describe(Name, Shape);

    /// <summary>Checks what the entry says of itself.</summary>
    /// <exception cref="InvalidDataException">Its size is not that of its shape.</exception>
    public void Check()
    {
        var bytes = (UInt128)Type.Size();
        foreach (var dimension in Shape)
            bytes = UInt128.Min(bytes * (UInt128)dimension, UInt128.MaxValue >> 32);
        if (Begin < 0 || End < Begin)
            throw new InvalidDataException($"tensor {this} goes from byte {Begin} to byte {End}.");
        if (bytes != (UInt128)(End - Begin))
            throw new InvalidDataException($"tensor {this} of type {Type} takes {bytes} bytes, but its data_offsets hold {End - Begin}.");
    }
}
