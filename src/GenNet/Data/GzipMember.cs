using System.Buffers.Binary;
using System.IO.Compression;

namespace GenNet;

/// <summary>
/// Reads the one member of a gzip file (RFC 1952). At its end it sees to what <see cref="GZipStream"/> does not miss where it is missing:
/// the checksum and the length behind the data, and that nothing follows them.
/// </summary>
sealed class GzipMember : Stream
{
    const int TrailerLength = 8;

    const byte HeaderChecksum = 2, ExtraField = 4, FileName = 8, Comment = 16, Reserved = 0xE0;

    readonly HeldBackStream _source;
    readonly DeflateStream _deflated;
    readonly Crc32 _checksum = new();
    uint _length;
    bool _ended;

    /// <summary>Reads the header.</summary>
    /// <param name="source">The file.</param>
    /// <param name="start">Its first bytes, which were read from it already.</param>
    /// <exception cref="InvalidDataException">The header is damaged.</exception>
    public GzipMember(Stream source, ReadOnlySpan<byte> start)
    {
        _source = new HeldBackStream(source, start);
        ReadHeader();
        _deflated = new DeflateStream(_source, CompressionMode.Decompress, leaveOpen: true);
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="InvalidDataException">The data are damaged or, at their end, the checksum or the length is missing or does not fit, or more follows.</exception>
    public override int Read(Span<byte> buffer)
    {
        var count = _deflated.Read(buffer);
        _checksum.Add(buffer[..count]);
        _length += (uint)count;
        if (count == 0 && !buffer.IsEmpty && !_ended)
        {
            CheckEnd();
            _ended = true;
        }
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    void CheckEnd()
    {
        Span<byte> trailer = stackalloc byte[TrailerLength];
        if (_source.ReadAtLeast(trailer, TrailerLength, throwOnEndOfStream: false) < TrailerLength)
            throw new InvalidDataException("the file ends before gzip's checksum: it was cut off.");
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != _checksum.Value || BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != _length)
            throw new InvalidDataException("gzip's checksum does not fit the data: the file was damaged, or has more than one gzip member.");
        if (_source.ReadByte() >= 0)
            throw new InvalidDataException("more follows gzip's checksum. Files of several gzip members are not read: unzip it, or compress it in one piece.");
    }

    void ReadHeader()
    {
        Span<byte> header = stackalloc byte[10];
        Fill(header);
        var flags = header[3];
        if (header[2] != 8 || (flags & Reserved) != 0)
            throw new InvalidDataException($"its gzip header, {Convert.ToHexString(header)}, is damaged or of an unknown kind.");
        if ((flags & ExtraField) != 0)
            for (var left = NextByte() | NextByte() << 8; left > 0; left--)
                NextByte();
        for (var texts = ((flags & FileName) != 0 ? 1 : 0) + ((flags & Comment) != 0 ? 1 : 0); texts > 0; texts--)
            while (NextByte() != 0)
            {
            }
        if ((flags & HeaderChecksum) != 0)
            Fill(header[..2]);
    }

    void Fill(Span<byte> bytes)
    {
        foreach (ref var value in bytes)
            value = NextByte();
    }

    byte NextByte() => _source.ReadByte() is >= 0 and var value ? (byte)value : throw new InvalidDataException("the file ends within its gzip header.");

    protected override void Dispose(bool disposing)
    {
        _deflated.Dispose();
        base.Dispose(disposing);
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
