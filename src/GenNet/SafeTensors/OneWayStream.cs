namespace GenNet;

/// <summary>A stream that is gone through once, from its beginning to its end.</summary>
/// <param name="length">Bytes of it.</param>
abstract class OneWayStream(long length) : Stream
{
    /// <summary>Bytes read or written.</summary>
    private protected long Done { get; set; }

    public override bool CanRead => false;

    public override bool CanWrite => false;

    public override bool CanSeek => false;

    public override long Length => length;

    public override long Position
    {
        get => Done;
        set => throw new NotSupportedException();
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
