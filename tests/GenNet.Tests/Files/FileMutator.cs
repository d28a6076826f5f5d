using System.Buffers.Binary;
using System.Text;

namespace GenNet.Tests.Files;

/// <summary>Damages a safetensors file in all the ways that a transfer, a crash or an attacker might. Equal seeds give equal files.</summary>
sealed class FileMutator(byte[] good, ulong seed)
{
    const int HeaderStart = 8;

    static readonly string[] Tokens =
    [
        "0", "1", "-1", "4", "8", "2147483647", "2147483648", "4294967296", "9223372036854775807", "-9223372036854775808", "18446744073709551616", "1e400", "1.5",
        "\"\"", "null", "true", "[]", "{}", "[[[[[[[[", "{\"a\":{\"a\":{\"a\":", "\"F32\"", "\"F64\"", "\"I8\"", "\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"__metadata__\"",
        "\"\\ud800\"", "\"\\u0000\"", "\u0001", ",", ":", "}", "]", "\"", "//", " ",
    ];

    readonly string _header = Encoding.Latin1.GetString(good, HeaderStart, (int)BinaryPrimitives.ReadInt64LittleEndian(good));
    RandomStream _random = new(seed);

    /// <summary>The next damaged file.</summary>
    public byte[] Next() => _random.NextInt32(12) switch
    {
        0 => FlipBits(good, 1 + _random.NextInt32(8)),
        1 => good[.._random.NextInt32(good.Length)],
        2 => [.. good, .. new byte[1 + _random.NextInt32(64)]],
        3 => LieAboutHeader(),
        4 => Float(float.NaN),
        5 => Float(BitConverter.UInt32BitsToSingle(0x7F800000u | (uint)_random.NextUInt64())),
        6 => WithHeader(Repeat("[", "{\"a\":", "{\"a\":{\"dtype\":\"F32\",\"shape\":[", " ", "1,")),
        7 => WithHeader(Replaced(isDigit: true)),
        8 => WithHeader(DoubledPart()),
        9 => FlipBits(good.AsSpan(0, HeaderStart + _header.Length).ToArray(), 1 + _random.NextInt32(3)).Concat(good[(HeaderStart + _header.Length)..]).ToArray(),
        _ => WithHeader(Replaced(isDigit: false)),
    };

    byte[] FlipBits(byte[] bytes, int count)
    {
        var copy = (byte[])bytes.Clone();
        for (; count > 0; count--)
            copy[_random.NextInt32(copy.Length)] ^= (byte)(1 << _random.NextInt32(8));
        return copy;
    }

    byte[] LieAboutHeader()
    {
        var copy = (byte[])good.Clone();
        var length = _random.NextInt32(4) switch
        {
            0 => _random.NextUInt64(),
            1 => (ulong)_random.NextInt32(1 << 21),
            2 => (ulong)(_header.Length + _random.NextInt32(33) - 16),
            _ => 1UL << _random.NextInt32(64),
        };
        BinaryPrimitives.WriteUInt64LittleEndian(copy, length);
        return copy;
    }

    byte[] Float(float value)
    {
        var copy = (byte[])good.Clone();
        var floats = (good.Length - HeaderStart - _header.Length) / sizeof(float);
        BinaryPrimitives.WriteSingleLittleEndian(copy.AsSpan(good.Length - sizeof(float) * (1 + _random.NextInt32(floats))), value);
        return copy;
    }

    string Repeat(params string[] parts)
    {
        var part = parts[_random.NextInt32(parts.Length)];
        return new StringBuilder().Insert(0, part, 1 << _random.NextInt32(11)).ToString();
    }

    /// <summary>The header with a token, or a digit, replaced by something else.</summary>
    string Replaced(bool isDigit)
    {
        var header = new StringBuilder(_header);
        for (var count = 1 + _random.NextInt32(3); count > 0; count--)
        {
            var start = _random.NextInt32(header.Length);
            if (isDigit)
            {
                while (start < header.Length - 1 && !char.IsAsciiDigit(header[start]))
                    start++;
                header[start] = (char)('0' + _random.NextInt32(10));
            }
            else
                header.Remove(start, Math.Min(_random.NextInt32(4), header.Length - start)).Insert(start, Tokens[_random.NextInt32(Tokens.Length)]);
        }
        return header.ToString();
    }

    string DoubledPart()
    {
        var start = _random.NextInt32(_header.Length);
        var part = _header.Substring(start, _random.NextInt32(_header.Length - start));
        return _header.Insert(_random.NextInt32(_header.Length), part);
    }

    byte[] WithHeader(string header)
    {
        var text = Encoding.Latin1.GetBytes(header);
        var length = new byte[HeaderStart];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. good[(HeaderStart + _header.Length)..]];
    }
}
