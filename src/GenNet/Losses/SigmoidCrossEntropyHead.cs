using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Kernels;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet.Runtime;

/// <summary>
/// Sigmoid and binary cross-entropy in one: l = −y·ln a − (1 − y)·ln(1 − a) = max(z, 0) − z·y + ln(1 + e^−|z|), with a = sigmoid(z), and δ = a − y.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct SigmoidCrossEntropyHead : ILossHead
{
    /// <inheritdoc/>
    public static bool MeanOverOutputs => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Row<V>(float* z, float* a, float* y, float* delta, int outputs, float scale, float* lanes) where V : struct, ISimd<V>
    {
        for (var lane = 0; lane < LaneSum.Lanes && lane < outputs; lane += V.Count)
        {
            var sum = V.Zero;
            for (var j = lane; j < outputs; j += LaneSum.Lanes)
            {
                var mask = V.FirstLanes(outputs - j);
                V logit = V.Load(z + j), target = V.Load(y + j);
                sum += mask & (V.Max(V.Zero, logit) - logit * target + VectorMath.Log1PExp(-V.Abs(logit)));
                (mask & (scale * (VectorMath.Sigmoid(logit) - target))).Store(delta + j);
            }
            sum.Store(lanes + lane);
        }
        return LaneSum.Total(lanes);
    }
}
