using System.Buffers.Binary;

namespace GenNet;

/// <summary>A 64-bit fingerprint of bytes, against accidents: SplitMix64's finaliser, chained over 64-bit words.</summary>
sealed class Checksum
{
    public ulong Value { get; private set; }

    /// <summary>Adds some bytes and their number.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        AddWord((ulong)bytes.Length);
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            AddWord(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        Span<byte> rest = stackalloc byte[sizeof(ulong)];
        rest.Clear();
        bytes.CopyTo(rest);
        AddWord(BinaryPrimitives.ReadUInt64LittleEndian(rest));
    }

    void AddWord(ulong word) => Value = RandomStream.Mix((Value ^ word) + 0x9E3779B97F4A7C15);
}
