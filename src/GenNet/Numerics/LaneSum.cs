using System.Runtime.CompilerServices;
using GenNet.Simd;

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

    /// <summary>The sum of 16 lanes of which those behind the first <paramref name="count"/>, four at most, are zero, as are the sums of them: no lane is −0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Total(float* lane, int count) =>
        count == 1 ? lane[0] : count == 2 ? lane[0] + lane[1] : (lane[0] + lane[2]) + (lane[1] + lane[3]);

    /// <summary>Adds element <paramref name="j"/> of several sums, one in each lane of a vector, to where lane j mod 16 of them stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<V>(float* lanes, int stride, int j, V element) where V : struct, ISimd<V>
    {
        lanes += (j & (Lanes - 1)) * stride;
        (j < Lanes ? V.Zero + element : V.Load(lanes) + element).Store(lanes);
    }

    /// <summary>The sums of <paramref name="count"/> elements that were added. Lanes that no element went to are zero. Not inlined: a first step waits for the JIT.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static V Total<V>(float* lanes, int stride, int count) where V : struct, ISimd<V>
    {
        for (var lane = count; lane < Lanes; lane++)
            V.Zero.Store(lanes + lane * stride);
        for (var half = Lanes / 2; half > 0; half /= 2)
            for (var lane = 0; lane < half; lane++)
                (V.Load(lanes + lane * stride) + V.Load(lanes + (lane + half) * stride)).Store(lanes + lane * stride);
        return V.Load(lanes);
    }
}
