using System.Runtime.CompilerServices;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet;

/// <summary>What Adam, AdamW and AMSGrad share: the moments and the step, with the constants of step number t worked out.</summary>
readonly struct AdamStep
{
    /// <summary>m and v.</summary>
    public readonly AdamMoments Moments;

    readonly float _epsilon, _rate, _scale;

    public AdamStep(double learningRate, double beta1, double beta2, double epsilon, long step)
    {
        Moments = new AdamMoments(beta1, beta2);
        _epsilon = (float)epsilon;
        _rate = (float)(learningRate / (1 - ScalarMath.Power(beta1, step)));
        _scale = (float)(1 / Math.Sqrt(1 - ScalarMath.Power(beta2, step)));
    }

    /// <summary>w − η·m̂/(√v̂ + ε).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V From<V>(V weight, V mean, V square) where V : struct, ISimd<V> =>
        weight - V.Splat(_rate) * mean / V.Fma(V.Sqrt(square), V.Splat(_scale), V.Splat(_epsilon));
}
