using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>Masks that tell a row's elements from the padding behind them.</summary>
static unsafe class LaneMask
{
    static readonly AlignedBuffer Table = CreateTable();

    /// <summary>All bits set in the lanes from <paramref name="first"/> on that are below <paramref name="length"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Below<V>(int first, int length) where V : struct, ISimd<V> =>
        V.Load(Table.Pointer + LaneSum.Lanes - Math.Clamp(length - first, 0, V.Count));

    static AlignedBuffer CreateTable()
    {
        var table = new AlignedBuffer(2 * LaneSum.Lanes);
        for (var lane = 0; lane < LaneSum.Lanes; lane++) // Fill is a millisecond's work for the JIT.
            table.Pointer[lane] = BitConverter.Int32BitsToSingle(-1);
        return table;
    }
}
