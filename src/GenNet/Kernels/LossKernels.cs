using System.Runtime.CompilerServices;
using GenNet.Losses;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>Runs a loss over the rows of a batch.</summary>
static unsafe class LossKernels
{
    /// <summary>Rows whose targets are written before the first is read: a vector read right after a part of it was written waits for the write.</summary>
    const int TargetRows = 16;

    /// <summary>Floats of scratch memory for rows of <paramref name="stride"/> floats.</summary>
    public static int ScratchLength(int stride) => 2 * LaneSum.Lanes + TargetRows * stride;

    /// <summary>Writes the loss of each row, and δ.</summary>
    public static void Loss<THead>(float* z, float* a, float* delta, int stride, in Targets targets, int rows, int outputs, float scale, float* losses, float* scratch)
        where THead : struct, ILossHead
    {
        if (outputs <= 4)
            Loss<THead, Simd128>(z, a, delta, stride, targets, rows, outputs, scale, losses, scratch);
        else if (SimdWidth.Bits == 512 && outputs > 8)
            Loss<THead, Simd512>(z, a, delta, stride, targets, rows, outputs, scale, losses, scratch);
        else if (SimdWidth.Bits >= 256)
            Loss<THead, Simd256>(z, a, delta, stride, targets, rows, outputs, scale, losses, scratch);
        else
            Loss<THead, Simd128>(z, a, delta, stride, targets, rows, outputs, scale, losses, scratch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Loss<THead, V>(float* z, float* a, float* delta, int stride, in Targets targets, int rows, int outputs, float scale, float* losses, float* scratch)
        where THead : struct, ILossHead
        where V : struct, ISimd<V>
    {
        var lanes = scratch;
        var block = scratch + 2 * LaneSum.Lanes;
        new Span<float>(lanes, 2 * LaneSum.Lanes).Clear();
        for (var first = 0; first < rows; first += TargetRows)
        {
            var end = Math.Min(rows, first + TargetRows);
            targets.Write(first, end, outputs, !THead.MeanOverOutputs, block, stride);
            var target = block;
            for (var row = first; row < end; row++)
            {
                // THead.Row has one caller: it is inlined, and a second copy would exceed what the JIT inlines into it.
                var weight = targets.ArePlain ? 1 : targets.Weight(row, !THead.MeanOverOutputs);
                losses[row] = weight * THead.Row<V>(z, a, target, delta, outputs, scale * weight, lanes);
                z += stride;
                a += stride;
                delta += stride;
                target += stride;
            }
        }
    }
}
