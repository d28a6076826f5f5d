using System.Runtime.CompilerServices;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet;

/// <summary>What Adam and AdamW share: the moments and the step, with the constants of step number t worked out.</summary>
readonly struct AdamStep
{
    readonly AdamMoments _moments;
    readonly float _epsilon, _rate, _scale;
    readonly bool _largest;

    public AdamStep(double learningRate, double beta1, double beta2, double epsilon, bool largest, long step)
    {
        _moments = new AdamMoments(beta1, beta2);
        _epsilon = (float)epsilon;
        var (power1, power2) = ScalarMath.Powers(beta1, beta2, step);
        _rate = (float)(learningRate / (1 - power1));
        _scale = (float)(1 / Math.Sqrt(1 - power2));
        _largest = largest;
    }

    public static int StateCount(bool largest) => largest ? 3 : 2;

    public static string StateName(int index, bool largest) =>
        largest ? StateNames.Of(index, "exp_avg", "exp_avg_sq", "max_exp_avg_sq") : StateNames.Of(index, "exp_avg", "exp_avg_sq");

    /// <summary>w − η·m̂/(√v̂ + ε), with the largest v so far for v where that is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V weight, V gradient, OptimizerState<V> state) where V : struct, ISimd<V>
    {
        var mean = _moments.Mean(gradient, state);
        var square = _moments.Square(gradient, state);
        if (_largest)
        {
            square = V.Max(state[2], square);
            state[2] = square;
        }
        return weight - _rate * mean / V.Fma(_scale, V.Sqrt(square), _epsilon);
    }
}
