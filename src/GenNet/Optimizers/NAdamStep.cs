using System.Runtime.CompilerServices;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet;

/// <summary>The constants of step number t of <see cref="NAdam"/>, among them the product Πₜ of all μ so far.</summary>
readonly struct NAdamStep
{
    /// <summary>m and v.</summary>
    public readonly AdamMoments Moments;

    /// <summary>ln 0.96.</summary>
    const double LogarithmOfBase = -0.040821994520255130;

    readonly double _beta1, _momentumDecay, _product;
    readonly long _step;
    readonly float _gradientRate, _meanRate, _scale, _epsilon;

    public NAdamStep(in NAdam optimizer, long step, in NAdamStep previous)
    {
        Moments = new AdamMoments(optimizer.Beta1, optimizer.Beta2);
        (_beta1, _momentumDecay, _step) = (optimizer.Beta1, optimizer.MomentumDecay, step);

        // The product of the last step, where it is known, spares all steps before: the multiplications are the same.
        var known = previous._step > 0 && previous._step <= step && previous._beta1 == _beta1 && previous._momentumDecay == _momentumDecay;
        (_product, var done) = known ? (previous._product, previous._step) : (1, 0);
        for (var t = done + 1; t <= step; t++)
            _product *= Mu(t);

        var next = Mu(step + 1);
        _gradientRate = (float)(optimizer.LearningRate * (1 - Mu(step)) / (1 - _product));
        _meanRate = (float)(optimizer.LearningRate * next / (1 - _product * next));
        _scale = (float)(1 / Math.Sqrt(1 - ScalarMath.Power(optimizer.Beta2, step)));
        _epsilon = (float)optimizer.Epsilon;
    }

    double Mu(long step) => _beta1 * (1 - 0.5 * ScalarMath.Exp(step * _momentumDecay * LogarithmOfBase));

    /// <summary>w − (the share of g + the share of m)/(√v̂ + ε).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V From<V>(V weight, V gradient, V mean, V square) where V : struct, ISimd<V> =>
        weight - V.Fma(_gradientRate, gradient, _meanRate * mean) / V.Fma(_scale, V.Sqrt(square), _epsilon);
}
