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
}
