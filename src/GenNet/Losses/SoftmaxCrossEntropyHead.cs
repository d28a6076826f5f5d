using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Kernels;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet.Runtime;

/// <summary>
/// Softmax and cross-entropy in one: l = −Σ y·ln a = Σ y·(m + ln Σ e^(z − m) − z), with a = softmax(z) and m = max z, and δ = a·Σy − y.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct SoftmaxCrossEntropyHead : ILossHead
{
    /// <inheritdoc/>
    public static bool MeanOverOutputs => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Row<V>(float* z, float* a, float* y, float* delta, int outputs, float scale, float* lanes) where V : struct, ISimd<V>
    {
        var total = Softmax.Exponentials<V>(z, delta, outputs, lanes, out var maximum);
        var logOfTotal = VectorMath.LogOfNormal(V.Splat(total)) + maximum;

        for (var lane = 0; lane < LaneSum.Lanes && lane < outputs; lane += V.Count)
        {
            V loss = V.Zero, sum = V.Zero;
            for (var j = lane; j < outputs; j += LaneSum.Lanes)
            {
                var target = V.FirstLanes(outputs - j) & V.Load(y + j);
                // A target of zero takes no part, even where z is −∞.
                loss += V.Select(V.Equal(target, V.Zero), V.Zero, target * (logOfTotal - V.Load(z + j)));
                sum += target;
            }
            loss.Store(lanes + lane);
            sum.Store(lanes + LaneSum.Lanes + lane);
        }
        var share = LaneSum.Total(lanes + LaneSum.Lanes) / total;
        for (var j = 0; j < outputs; j += V.Count)
        {
            var target = V.FirstLanes(outputs - j) & V.Load(y + j);
            (scale * (share * V.Load(delta + j) - target)).Store(delta + j);
        }
        return LaneSum.Total(lanes);
    }

    /// <inheritdoc/>
    public static bool HasColumns => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Columns<V>(float* z, float* y, float* delta, int outputs, float* scales, float* losses, float* lanes) where V : struct, ISimd<V>
    {
        const int Rows = LaneSum.Lanes;
        float* totals = lanes, sums = totals + LaneSum.Lanes * Rows, losing = sums + LaneSum.Lanes * Rows;
        for (var row = 0; row < Rows; row += V.Count)
        {
            var maximum = V.Load(z + row);
            for (var j = 1; j < outputs; j++)
                maximum = V.Max(V.Load(z + j * Rows + row), maximum);
            for (var j = 0; j < outputs; j++)
            {
                var e = VectorMath.Exp(V.Load(z + j * Rows + row) - maximum);
                e.Store(delta + j * Rows + row);
                LaneSum.Add(totals + row, Rows, j, e);
            }
            var total = LaneSum.Total<V>(totals + row, Rows, outputs);
            var logOfTotal = VectorMath.LogOfNormal(total) + maximum;
            for (var j = 0; j < outputs; j++)
            {
                var target = V.Load(y + j * Rows + row);
                LaneSum.Add(losing + row, Rows, j, V.Select(V.Equal(target, V.Zero), V.Zero, target * (logOfTotal - V.Load(z + j * Rows + row))));
                LaneSum.Add(sums + row, Rows, j, target);
            }
            var share = LaneSum.Total<V>(sums + row, Rows, outputs) / total;
            var scale = V.Load(scales + row);
            for (var j = 0; j < outputs; j++)
                (scale * (share * V.Load(delta + j * Rows + row) - V.Load(y + j * Rows + row))).Store(delta + j * Rows + row);
            LaneSum.Total<V>(losing + row, Rows, outputs).Store(losses + row);
        }
    }
}
