namespace GenNet;

/// <summary>Gathers what is written into pieces.</summary>
/// <param name="length">Bytes that will be written.</param>
/// <param name="pieceLength">Bytes of a piece; the last may have fewer.</param>
/// <param name="take">Is given an array that begins with a piece, and how long this is.</param>
sealed class PieceWriter(long length, int pieceLength, Action<byte[], int> take) : OneWayStream(length)
{
    readonly byte[] _piece = new byte[Math.Min(length, pieceLength)];
    int _filled;

    public override bool CanWrite => true;

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > Length - Done)
            throw new InvalidOperationException($"More than the {Length} bytes that were announced are written. Nothing was kept.");
        while (!buffer.IsEmpty)
        {
            var count = Math.Min(buffer.Length, _piece.Length - _filled);
            buffer[..count].CopyTo(_piece.AsSpan(_filled));
            buffer = buffer[count..];
            (_filled, Done) = (_filled + count, Done + count);
            if (_filled < _piece.Length && Done < Length)
                continue;
            take(_piece, _filled);
            _filled = 0;
        }
    }

    /// <exception cref="InvalidOperationException">Not all has been written.</exception>
    public void CheckComplete()
    {
        if (Done < Length)
            throw new InvalidOperationException($"{Done} bytes were written of the {Length} that were announced. Nothing was kept.");
    }
}
