using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GenNet.Kernels;

/// <summary>
/// The declared order of a sum over a row: element j goes to lane j mod 16, each lane is summed in order,
/// and the lanes are added in halves (i and i + 8, then 4, 2, 1), whatever the vector width.
/// </summary>
static unsafe class LaneSum
{
    /// <summary>Number of lanes.</summary>
    public const int Lanes = 16;

    /// <summary>The sum of 16 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Total(float* lanes)
    {
        var quarters = (Vector128.Load(lanes) + Vector128.Load(lanes + 8)) + (Vector128.Load(lanes + 4) + Vector128.Load(lanes + 12));
        return (quarters.GetElement(0) + quarters.GetElement(2)) + (quarters.GetElement(1) + quarters.GetElement(3));
    }
}
