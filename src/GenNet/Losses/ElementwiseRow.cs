using System.Runtime.CompilerServices;
using GenNet.Kernels;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Losses;

/// <summary>A row of a loss that is computed element by element.</summary>
static unsafe class ElementwiseRow
{
    /// <summary>The loss of one row, element by element, summed as <see cref="LaneSum"/> has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Loss<THead, V>(float* z, float* a, float* y, float* delta, int outputs, float scale, float* lanes)
        where THead : struct, ILossHead
        where V : struct, ISimd<V>
    {
        for (var lane = 0; lane < LaneSum.Lanes && lane < outputs; lane += V.Count)
        {
            var sum = V.Zero;
            for (var j = lane; j < outputs; j += LaneSum.Lanes)
            {
                var mask = V.FirstLanes(outputs - j);
                sum += mask & THead.Element<V>(z + j, a + j, y + j, scale, out var d);
                (mask & d).Store(delta + j);
            }
            sum.Store(lanes + lane);
        }
        return outputs <= 4 ? LaneSum.Total(lanes, outputs) : LaneSum.Total(lanes);
    }
}
