using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet;

/// <summary>What Adam and AdamW share: the two moments and the step, with the constants of step number t worked out.</summary>
readonly struct AdamMoments
{
    readonly float _beta1, _oneMinusBeta1, _beta2, _oneMinusBeta2, _epsilon, _rate, _scale;

    public AdamMoments(double learningRate, double beta1, double beta2, double epsilon, long step)
    {
        (_beta1, _oneMinusBeta1) = ((float)beta1, (float)(1 - beta1));
        (_beta2, _oneMinusBeta2) = ((float)beta2, (float)(1 - beta2));
        _epsilon = (float)epsilon;
        _rate = (float)(learningRate / (1 - Power(beta1, step)));
        _scale = (float)(1 / Math.Sqrt(1 - Power(beta2, step)));
    }

    /// <summary>w − η·m̂/(√v̂ + ε).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Step<V>(V weight, V gradient, ref V mean, ref V square) where V : struct, ISimd<V>
    {
        mean = V.Fma(V.Splat(_beta1), mean, V.Splat(_oneMinusBeta1) * gradient);
        square = V.Fma(V.Splat(_beta2), square, V.Splat(_oneMinusBeta2) * gradient * gradient);
        return weight - V.Splat(_rate) * mean / V.Fma(V.Sqrt(square), V.Splat(_scale), V.Splat(_epsilon));
    }

    /// <summary>xⁿ by repeated squaring: the same bits on every machine, which Math.Pow does not promise.</summary>
    static double Power(double x, long n)
    {
        var power = 1.0;
        for (; n > 0; n >>= 1)
        {
            if ((n & 1) != 0)
                power *= x;
            x *= x;
        }
        return power;
    }
}
