using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Kernels;
using GenNet.Losses;
using GenNet.Simd;

namespace GenNet.Runtime;

/// <summary>An element-wise loss l(a, y) of a = softmax(z): δ = a ∘ (∂l/∂a − Σ a·∂l/∂a).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct SoftmaxHead<TLoss> : ILossHead where TLoss : struct, ILoss
{
    /// <inheritdoc/>
    public static bool MeanOverOutputs => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Row<V>(float* z, float* a, float* y, float* delta, int outputs, float scale, float* lanes) where V : struct, ISimd<V>
    {
        Softmax.Row<V>(z, a, outputs, lanes);
        for (var lane = 0; lane < LaneSum.Lanes && lane < outputs; lane += V.Count)
        {
            V loss = V.Zero, product = V.Zero;
            for (var j = lane; j < outputs; j += LaneSum.Lanes)
            {
                var mask = V.FirstLanes(outputs - j);
                V output = V.Load(a + j), target = mask & V.Load(y + j);
                var derivative = TLoss.Derivative(output, target);
                loss += mask & TLoss.Value(output, target);
                product += mask & (output * derivative);
                derivative.Store(delta + j);
            }
            loss.Store(lanes + lane);
            product.Store(lanes + LaneSum.Lanes + lane);
        }
        var mean = LaneSum.Total(lanes + LaneSum.Lanes);
        for (var j = 0; j < outputs; j += V.Count)
        {
            var mask = V.FirstLanes(outputs - j);
            (mask & (scale * V.Load(a + j) * (V.Load(delta + j) - mean))).Store(delta + j);
        }
        return LaneSum.Total(lanes);
    }
}
