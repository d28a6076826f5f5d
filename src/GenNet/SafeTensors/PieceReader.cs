namespace GenNet;

/// <summary>Pieces that follow one another, as a stream.</summary>
/// <param name="length">Bytes of all.</param>
/// <param name="pieces">The pieces, each of which is asked for when those before it have been read.</param>
sealed class PieceReader(long length, IEnumerable<byte[]> pieces) : OneWayStream(length)
{
    readonly IEnumerator<byte[]> _pieces = pieces.GetEnumerator();
    ReadOnlyMemory<byte> _left;

    public override bool CanRead => true;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (_left.IsEmpty)
        {
            if (!_pieces.MoveNext())
                return 0;
            _left = _pieces.Current;
        }
        var count = Math.Min(buffer.Length, _left.Length);
        _left.Span[..count].CopyTo(buffer);
        _left = _left[count..];
        Done += count;
        return count;
    }
}
