using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Kernels;
using GenNet.Losses;
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
    public static bool IsElementwise => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Row<V>(float* z, float* a, float* y, float* delta, int outputs, float scale, float* lanes) where V : struct, ISimd<V> =>
        ElementwiseRow.Loss<SigmoidCrossEntropyHead, V>(z, a, y, delta, outputs, scale, lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Element<V>(float* z, float* a, float* y, float scale, out V delta) where V : struct, ISimd<V>
    {
        V logit = V.Load(z), target = V.Load(y);
        delta = scale * (VectorMath.Sigmoid(logit) - target);
        return V.Max(V.Zero, logit) - logit * target + VectorMath.Log1PExp(-V.Abs(logit));
    }
}
