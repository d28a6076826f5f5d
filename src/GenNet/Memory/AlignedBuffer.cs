using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GenNet;

/// <summary>Zeroed floats that start at a cache line and never move, freed by the garbage collector like any array.</summary>
sealed unsafe class AlignedBuffer
{
    const int Alignment = 64;

    /// <summary>The most floats that fit one.</summary>
    public static readonly int MostFloats = Array.MaxLength - Alignment / sizeof(float);

    public readonly int Length;

    /// <summary>The first float. Valid while this buffer is reachable.</summary>
    public readonly float* Pointer;

    readonly float[] _array;
    readonly int _start;

    public AlignedBuffer(int length)
    {
        Length = length;
        _array = GC.AllocateArray<float>(length + Alignment / sizeof(float), pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_array));
        _start = (int)((0 - address) % Alignment / sizeof(float));
        Pointer = (float*)address + _start;
    }

    AlignedBuffer(AlignedBuffer whole, int start, int length)
    {
        (_array, _start, Length) = (whole._array, whole._start + start, length);
        Pointer = whole.Pointer + start;
    }

    /// <summary>A part of this buffer, which keeps the whole alive.</summary>
    public AlignedBuffer Slice(int start, int length) => new(this, start, length);

    public Span<float> Span => _array.AsSpan(_start, Length);
}
