using System.Runtime.CompilerServices;

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
    public static float Total(float* lane) =>
        (((lane[0] + lane[8]) + (lane[4] + lane[12])) + ((lane[2] + lane[10]) + (lane[6] + lane[14])))
        + (((lane[1] + lane[9]) + (lane[5] + lane[13])) + ((lane[3] + lane[11]) + (lane[7] + lane[15])));
}
