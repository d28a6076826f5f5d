using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Kernels;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet.Losses;

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
        var maximum = Softmax.Maximum<V>(z, outputs, lanes);
        var total = Softmax.Exponentials<V>(z, delta, outputs, maximum, lanes);
        var logOfTotal = V.Splat(maximum) + VectorMath.Log(V.Splat(total));

        for (var lane = 0; lane < LaneSum.Lanes && lane < outputs; lane += V.Count)
        {
            V loss = V.Zero, sum = V.Zero;
            for (var j = lane; j < outputs; j += LaneSum.Lanes)
            {
                var target = LaneMask.Below<V>(j, outputs) & V.Load(y + j);
                // A target of zero takes no part, even where z is −∞.
                loss += V.Select(V.Equal(target, V.Zero), V.Zero, target * (logOfTotal - V.Load(z + j)));
                sum += target;
            }
            loss.Store(lanes + lane);
            sum.Store(lanes + LaneSum.Lanes + lane);
        }
        var share = V.Splat(LaneSum.Total(lanes + LaneSum.Lanes)) / V.Splat(total);
        for (var j = 0; j < outputs; j += V.Count)
        {
            var target = LaneMask.Below<V>(j, outputs) & V.Load(y + j);
            (V.Splat(scale) * (V.Load(delta + j) * share - target)).Store(delta + j);
        }
        return LaneSum.Total(lanes);
    }
}
