using System.Runtime.CompilerServices;
using GenNet.Losses;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>Runs a loss over the rows of a batch.</summary>
static unsafe class LossKernels
{
    /// <summary>Floats of scratch memory for rows of <paramref name="stride"/> floats.</summary>
    public static int ScratchLength(int stride) => 2 * LaneSum.Lanes + stride;

    /// <summary>Writes the loss of each row, and δ.</summary>
    public static void Loss<THead>(float* z, float* a, float* delta, int stride, Targets targets, int rows, int outputs, float scale, float* losses, float* scratch)
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
    static void Loss<THead, V>(float* z, float* a, float* delta, int stride, Targets targets, int rows, int outputs, float scale, float* losses, float* scratch)
        where THead : struct, ILossHead
        where V : struct, ISimd<V>
    {
        var lanes = scratch;
        var target = scratch + 2 * LaneSum.Lanes;
        new Span<float>(scratch, ScratchLength(stride)).Clear();
        for (var row = 0; row < rows; row++)
        {
            // THead.Row has one caller: it is inlined, and a second copy would exceed what the JIT inlines into it.
            var weight = 1f;
            float* hot = null;
            if (!targets.ArePlain)
            {
                targets.Write(row, outputs, !THead.MeanOverOutputs, target);
                weight = targets.Weight(row, !THead.MeanOverOutputs);
            }
            else if (targets.Labels != null)
            {
                // One output: the label is the target. Several: a one-hot row.
                var label = targets.Labels[row];
                hot = outputs == 1 ? target : target + label;
                *hot = outputs == 1 ? label : 1;
            }
            else
                new Span<float>(targets.Values + (nint)row * outputs, outputs).CopyTo(new(target, outputs));
            losses[row] = weight * THead.Row<V>(z, a, target, delta, outputs, scale * weight, lanes);
            if (hot != null)
                *hot = 0;
            z += stride;
            a += stride;
            delta += stride;
        }
    }
}
