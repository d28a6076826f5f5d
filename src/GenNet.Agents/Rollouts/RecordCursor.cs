using System.Runtime.InteropServices;

namespace GenNet.Agents;

/// <summary>Goes through a record of bytes, and writes values to it or reads them from it: the same code does both.</summary>
/// <param name="record">The record.</param>
/// <param name="reads">Whether values are read.</param>
ref struct RecordCursor(Span<byte> record, bool reads)
{
    Span<byte> _rest = record;

    /// <summary>The next values of the record.</summary>
    public void Next<T>(Span<T> values) where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        if (reads)
            _rest[..bytes.Length].CopyTo(bytes);
        else
            bytes.CopyTo(_rest);
        _rest = _rest[bytes.Length..];
    }
}
