using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Kernels;
using GenNet.Simd;

namespace GenNet.Losses;

/// <summary>δ = ∂l/∂a ∘ g′(z) for any element-wise loss l(a, y) and activation g.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct ElementwiseHead<TLoss, TActivation> : ILossHead
    where TLoss : struct, ILoss
    where TActivation : struct, IActivation
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
                V output = V.Load(a + j), target = V.Load(y + j);
                sum += mask & TLoss.Value(output, target);
                (mask & (scale * TLoss.Derivative(output, target) * TActivation.Derivative(output, V.Load(z + j)))).Store(delta + j);
            }
            sum.Store(lanes + lane);
        }
        return LaneSum.Total(lanes);
    }
}
