using System.Runtime.CompilerServices;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>Runs a loss over the rows of a batch.</summary>
static unsafe class LossKernels
{
    /// <summary>Rows whose targets are written before the first is read: a vector read right after a part of it was written waits for the write.</summary>
    const int TargetRows = 16;

    /// <summary>Outputs up to which rows are computed in columns.</summary>
    const int MostColumns = 64;

    /// <summary>Rows from which on they are.</summary>
    const int FewestColumns = 8;

    /// <summary>Floats of scratch memory for a batch of rows of <paramref name="stride"/> floats.</summary>
    public static int ScratchLength(int stride) =>
        ScratchLength(stride, TargetRows) + (stride <= MostColumns ? TargetRows * (3 * stride + 3 * LaneSum.Lanes + 2) : 0);

    /// <summary>Floats of scratch memory for <paramref name="rows"/> rows, computed one by one.</summary>
    public static int ScratchLength(int stride, int rows) => 2 * LaneSum.Lanes + rows * stride;

    /// <summary>What a loss summed over samples and outputs is multiplied by to make the mean.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Scale<THead>(int samples, int outputs) where THead : struct, ILossHead => 1.0 / ((double)samples * (THead.MeanOverOutputs ? outputs : 1));

    /// <summary>Writes the loss of each row, and δ.</summary>
    public static void Loss<THead>(
        float* z, // [rows][stride]
        float* a, // [rows][stride]
        float* delta, // [rows][stride]
        int stride, Targets targets, int column, int first, int rows, int outputs, float scale,
        float* losses, // [rows]
        float* scratch, // [ScratchLength]
        int[]? widths) // outputs of each sample of the batch, where they are not all there
        where THead : struct, ILossHead
    {
        if (widths is not null)
        {
            LossOfWidths<THead>(z, a, delta, stride, targets, column, first, rows, scale, losses, scratch, widths);
            return;
        }
        var inColumns = THead.HasColumns && outputs <= MostColumns && rows >= FewestColumns;
        for (var row = 0; row < rows; row += TargetRows)
        {
            var count = Math.Min(TargetRows, rows - row);
            WriteTargets<THead>(targets, column, first + row, count, outputs, scratch, stride);
            if (inColumns)
                LossOfColumns<THead>(z, delta, stride, targets, first + row, count, outputs, scale, losses + row, scratch);
            else
                LossOfRows<THead>(z, a, delta, stride, targets, first + row, count, outputs, scale, losses + row, scratch);
            z += count * stride;
            a += count * stride;
            delta += count * stride;
        }
    }

    /// <summary>The same where each row has outputs of its own number: behind them δ is zero.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    static void LossOfWidths<THead>(float* z, float* a, float* delta, int stride, Targets targets, int column, int first, int rows, float scale, float* losses, float* scratch, int[] widths)
        where THead : struct, ILossHead
    {
        for (var row = 0; row < rows; row++)
        {
            var outputs = widths[first + row];
            WriteTargets<THead>(targets, column, first + row, 1, outputs, scratch, stride);
            LossOfRows<THead>(z, a, delta, stride, targets, first + row, 1, outputs, scale, losses + row, scratch);
            new Span<float>(delta + outputs, stride - outputs).Clear();
            z += stride;
            a += stride;
            delta += stride;
        }
    }

    /// <summary>Writes the targets of up to 16 rows to the scratch memory.</summary>
    static void WriteTargets<THead>(Targets targets, int column, int first, int count, int outputs, float* scratch, int stride) where THead : struct, ILossHead =>
        targets.Write(first, first + count, column, outputs, !THead.MeanOverOutputs, scratch + 2 * LaneSum.Lanes, stride);

    /// <summary>The loss of rows whose targets have been written to the scratch memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LossOfRows<THead>(
        float* z, // [count][stride]
        float* a, // [count][stride]
        float* delta, // [count][stride]
        int stride, Targets targets, int first, int count, int outputs, float scale,
        float* losses, // [count]
        float* scratch) // [ScratchLength]
        where THead : struct, ILossHead
    {
        Weigh<THead>(targets, first, count, losses);
        Vectors.Run(new LossOfRowsWork<THead>(z, a, delta, stride, targets, first, count, outputs, scale, losses, scratch), PanelLayout.PanelWidth(outputs, 0));
    }

    readonly struct LossOfRowsWork<THead>(
        float* z, float* a, float* delta, int stride, Targets targets, int first, int count, int outputs, float scale, float* losses, float* scratch) : IVectorWork
        where THead : struct, ILossHead
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V>
        {
            // Of one or the other, mostly, nothing is left, and it is not compiled.
            var fours = THead.IsElementwise && outputs <= 4 ? count & -4 : 0;
            if (fours > 0)
                LossOfFours<THead, V>(z, a, delta, stride, targets, first, fours, outputs, scale, losses, scratch);
            var rest = fours * stride;
            if (fours < count)
                LossOfRows<THead, V>(z + rest, a + rest, delta + rest, stride, targets, first + fours, count - fours, outputs, scale, losses + fours, scratch, rest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void LossOfRows<THead, V>(
        float* z, float* a, float* delta, int stride, Targets targets, int first, int count, int outputs, float scale, float* losses, float* scratch, int targetsBefore)
        where THead : struct, ILossHead
        where V : struct, ISimd<V>
    {
        var lanes = scratch;
        var target = scratch + 2 * LaneSum.Lanes + targetsBefore;
        Unsafe.InitBlockUnaligned(lanes, 0, 2 * LaneSum.Lanes * sizeof(float));
        var alike = targets.CountAlike;
        for (var row = 0; row < count; row++)
        {
            // THead.Row has one caller: it is inlined, and a second copy would exceed what the JIT inlines into it.
            var weight = alike ? 1 : losses[row];
            losses[row] = weight * THead.Row<V>(z, a, target, delta, outputs, scale * weight, lanes);
            z += stride;
            a += stride;
            delta += stride;
            target += stride;
        }
    }

    /// <summary>The loss of rows of four outputs or fewer, four rows at a time: one row's sum would wait for its elements, row after row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void LossOfFours<THead, V>(
        float* z, float* a, float* delta, int stride, Targets targets, int first, int count, int outputs, float scale, float* losses, float* scratch)
        where THead : struct, ILossHead
        where V : struct, ISimd<V>
    {
        float* elements = scratch, target = scratch + 2 * LaneSum.Lanes;
        var mask = V.FirstLanes(outputs);
        var alike = targets.CountAlike;
        for (var row = 0; row < count; row++)
        {
            var value = THead.Element<V>(z, a, target, alike ? scale : scale * losses[row], out var d);
            (mask & d).Store(delta);
            (V.Zero + value).Store(elements);
            z += stride;
            a += stride;
            delta += stride;
            target += stride;
            elements += 4;
            if (row % 4 < 3)
                continue;
            elements = scratch;
            V.LoadColumns(elements, 4, 3, out var c0, out var c1, out var c2, out var c3);
            var sums = outputs == 1 ? c0 : outputs == 2 ? c0 + c1 : outputs == 3 ? (c0 + c2) + c1 : (c0 + c2) + (c1 + c3);
            (alike ? sums : sums * V.Load(losses + row - 3)).Store(losses + row - 3);
        }
    }

    /// <summary>Writes what rows count where their losses are to stand, unless all count the same: a call in the loops would take their vectors out of the registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Weigh<THead>(Targets targets, int first, int count, float* losses) where THead : struct, ILossHead
    {
        if (!targets.CountAlike)
            targets.Weigh(first, !THead.MeanOverOutputs, new(losses, count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void LossOfColumns<THead>(float* z, float* delta, int stride, Targets targets, int first, int count, int outputs, float scale, float* losses, float* scratch)
        where THead : struct, ILossHead
    {
        float* target = scratch + 2 * LaneSum.Lanes, columns = target + TargetRows * stride;
        Weigh<THead>(targets, first, count, losses);
        Vectors.Run(new LossOfColumnsWork<THead>(z, delta, stride, targets, first, count, outputs, scale, losses, target, columns));
    }

    readonly struct LossOfColumnsWork<THead>(float* z, float* delta, int stride, Targets targets, int first, int count, int outputs, float scale, float* losses, float* target, float* columns) : IVectorWork
        where THead : struct, ILossHead
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => LossOfColumns<THead, V>(z, delta, stride, targets, first, count, outputs, scale, losses, target, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void LossOfColumns<THead, V>(
        float* z, float* delta, int stride, Targets targets, int first, int count, int outputs, float scale, float* losses, float* target, float* columns)
        where THead : struct, ILossHead
        where V : struct, ISimd<V>
    {
        float* y = columns + TargetRows * stride, deltas = y + TargetRows * stride, scales = deltas + TargetRows * stride;
        float* lossOfRow = scales + TargetRows, lanes = lossOfRow + TargetRows;
        // Whole fours are transposed faster than what is left of them; what stands behind the outputs is not read.
        var whole = PanelLayout.RoundUp(outputs, 4);
        MatrixTranspose.Copy(z, stride, columns, TargetRows, count, whole);
        MatrixTranspose.Copy(target, stride, y, TargetRows, count, whole);
        var alike = targets.CountAlike;
        for (var row = 0; row < TargetRows; row += V.Count)
            V.Splat(scale).Store(scales + row);
        for (var row = 0; row < count && !alike; row++)
            scales[row] *= losses[row];
        THead.Columns<V>(columns, y, deltas, outputs, scales, lossOfRow, lanes);
        Unsafe.InitBlockUnaligned(deltas + outputs * TargetRows, 0, (uint)((stride - outputs) * TargetRows * sizeof(float)));
        MatrixTranspose.Copy(deltas, TargetRows, delta, stride, stride, count);
        for (var row = 0; row < count; row++)
            losses[row] = alike ? lossOfRow[row] : losses[row] * lossOfRow[row];
    }
}
