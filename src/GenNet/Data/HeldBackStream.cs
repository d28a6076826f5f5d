namespace GenNet;

/// <summary>
/// Gives away the end of another stream byte by byte: a <see cref="System.IO.Compression.DeflateStream"/> takes whole buffers, and what it took
/// beyond the end of its data is lost; of this one it has taken exactly its data, where no more than <see cref="Held"/> bytes follow them.
/// </summary>
/// <param name="rest">The other stream.</param>
/// <param name="start">Bytes that come before it.</param>
sealed class HeldBackStream(Stream rest, ReadOnlySpan<byte> start) : Stream
{
    const int Held = 64;

    readonly byte[] _buffer = Start(start);
    int _first, _end = start.Length;
    bool _ended;

    static byte[] Start(ReadOnlySpan<byte> start)
    {
        var buffer = new byte[1 << 14];
        start.CopyTo(buffer);
        return buffer;
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        Fill();
        var available = _end - _first;
        var count = Math.Min(Math.Min(buffer.Length, available), Math.Max(1, available - Held));
        _buffer.AsSpan(_first, count).CopyTo(buffer);
        _first += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Reads on until there is more than is held back, or no more.</summary>
    void Fill()
    {
        if (_ended || _end - _first > Held)
            return;
        _buffer.AsSpan(_first, _end - _first).CopyTo(_buffer);
        (_first, _end) = (0, _end - _first);
        while (!_ended && _end - _first <= Held)
        {
            var count = rest.Read(_buffer.AsSpan(_end));
            _ended = count == 0;
            _end += count;
        }
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
