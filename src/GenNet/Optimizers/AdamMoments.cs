using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet;

/// <summary>The running means of gradients and of their squares, which all kin of Adam keep first.</summary>
readonly struct AdamMoments(double beta1, double beta2)
{
    readonly float _beta1 = (float)beta1, _oneMinusBeta1 = (float)(1 - beta1), _beta2 = (float)beta2, _oneMinusBeta2 = (float)(1 - beta2);

    /// <summary>m ← β₁·m + (1 − β₁)·g.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Mean<V>(V gradient, OptimizerState<V> state) where V : struct, ISimd<V>
    {
        var mean = V.Fma(_beta1, state[0], _oneMinusBeta1 * gradient);
        state[0] = mean;
        return mean;
    }

    /// <summary>v ← β₂·v + (1 − β₂)·g².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Square<V>(V gradient, OptimizerState<V> state) where V : struct, ISimd<V>
    {
        var square = V.Fma(_beta2, state[1], _oneMinusBeta2 * gradient * gradient);
        state[1] = square;
        return square;
    }
}
