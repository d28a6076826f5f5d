namespace GenNet;

/// <summary>The contents of an IDX file of unsigned bytes.</summary>
public sealed class IdxArray
{
    internal IdxArray(int[] dimensions, byte[] data) => (Dimensions, Data) = (dimensions, data);

    /// <summary>The size of each dimension, the slowest first: samples, rows, columns for images. All are positive.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>The bytes, last dimension fastest.</summary>
    public ReadOnlyMemory<byte> Data { get; }
}
