namespace GenNet;

/// <summary>The checksum of gzip files (RFC 1952, section 8): the polynomial 0x04C11DB7, bits reversed, eight bytes at a time.</summary>
sealed class Crc32
{
    const int Slices = 8;

    static readonly uint[] Table = CreateTable();

    uint _state = uint.MaxValue;

    public uint Value => ~_state;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var (state, table) = (_state, Table);
        for (; bytes.Length >= Slices; bytes = bytes[Slices..])
        {
            var sum = 0u;
            for (var i = 0; i < Slices; i++)
                sum ^= table[(Slices - 1 - i) * 256 + (bytes[i] ^ (i < 4 ? (byte)(state >> 8 * i) : (byte)0))];
            state = sum;
        }
        foreach (var value in bytes)
            state = table[(byte)(state ^ value)] ^ state >> 8;
        _state = state;
    }

    /// <summary>What a byte becomes when 0 to 7 zero bytes follow it.</summary>
    static uint[] CreateTable()
    {
        var table = new uint[Slices * 256];
        for (var value = 0u; value < 256; value++)
        {
            var remainder = value;
            for (var bit = 0; bit < 8; bit++)
                remainder = (remainder & 1) != 0 ? remainder >> 1 ^ 0xEDB88320 : remainder >> 1;
            table[value] = remainder;
        }
        for (var i = 256; i < table.Length; i++)
            table[i] = table[(byte)table[i - 256]] ^ table[i - 256] >> 8;
        return table;
    }
}
