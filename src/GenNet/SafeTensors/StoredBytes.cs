namespace GenNet;

/// <summary>Bytes that are about to be written, more than one tensor may hold: they become several.</summary>
/// <param name="Length">How many there are.</param>
/// <param name="Write">Writes them.</param>
sealed record StoredBytes(long Length, Action<Stream> Write)
{
    /// <summary>Bytes of a tensor: few enough that a thousand tensors and more fit the header.</summary>
    public const int PieceLength = 1 << 24;

    /// <summary>The tensors that they become, whose bytes <see cref="WriteTo"/> gives.</summary>
    public IEnumerable<StoredTensor> Tensors
    {
        get
        {
            for (var first = 0L; first < Length; first += PieceLength)
                yield return new StoredTensor(FileKeys.PieceOfBytes(first / PieceLength), SafeTensorType.U8, [(int)Math.Min(Length - first, PieceLength)], _ => { });
        }
    }

    /// <summary>Writes the tensors, one after another.</summary>
    /// <param name="take">Is given an array that begins with the bytes of one, and how many these are.</param>
    public void WriteTo(Action<byte[], int> take)
    {
        var writer = new PieceWriter(Length, PieceLength, take);
        Write(writer);
        writer.CheckComplete();
    }
}
