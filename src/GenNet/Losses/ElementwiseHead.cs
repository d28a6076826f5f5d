using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Kernels;
using GenNet.Losses;
using GenNet.Simd;

namespace GenNet.Runtime;

/// <summary>δ = ∂l/∂a ∘ g′(z) for any element-wise loss l(a, y) and activation g.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct ElementwiseHead<TLoss, TActivation> : ILossHead
    where TLoss : struct, ILoss
    where TActivation : struct, IActivation
{
    /// <inheritdoc/>
    public static bool MeanOverOutputs => true;

    /// <inheritdoc/>
    public static bool IsElementwise => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Row<V>(float* z, float* a, float* y, float* delta, int outputs, float scale, float* lanes) where V : struct, ISimd<V> =>
        ElementwiseRow.Loss<ElementwiseHead<TLoss, TActivation>, V>(z, a, y, delta, outputs, scale, lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Element<V>(float* z, float* a, float* y, float scale, out V delta) where V : struct, ISimd<V>
    {
        V output = V.Load(a), target = V.Load(y);
        delta = scale * TLoss.Derivative(output, target) * TActivation.Derivative(output, V.Load(z));
        return TLoss.Value(output, target);
    }

    /// <summary>
    /// <see cref="Row{V}"/> of four outputs or fewer, for an activation whose derivative does not need z. Returns the loss;
    /// δ is also left in a register, where the lanes behind the outputs are undefined: the pass back does not wait until they are cleared.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Few<Q>(Q a, float* y, int outputs, float scale, float* lanes, float* delta, out Q d) where Q : struct, ISimd<Q>
    {
        Q target = Q.Load(y), value = TLoss.Value(a, target);
        d = scale * TLoss.Derivative(a, target) * TActivation.Derivative(a, a);
        if (outputs == Q.Count)
            d.Store(delta);
        else
        {
            var mask = Q.FirstLanes(outputs);
            value &= mask;
            (mask & d).Store(delta);
        }
        (Q.Zero + value).Store(lanes);
        return LaneSum.Total(lanes, outputs);
    }
}
