using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet;

/// <summary>
/// Adam (Kingma and Ba 2015): m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², w ← w − η·m̂/(√v̂ + ε),
/// with m̂ = m/(1 − β₁ᵗ) and v̂ = v/(1 − β₂ᵗ).
/// </summary>
public readonly record struct Adam : IOptimizer<Adam>
{
    /// <summary>The usual hyper-parameters: η = 0.001, β₁ = 0.9, β₂ = 0.999, ε = 1e-8, λ = 0.</summary>
    public Adam() : this(1e-3) { }

    /// <summary>Sets the hyper-parameters.</summary>
    /// <param name="learningRate">Step size η.</param>
    /// <param name="beta1">β₁, the share of the past in the mean of gradients.</param>
    /// <param name="beta2">β₂, the share of the past in the mean of squared gradients.</param>
    /// <param name="epsilon">ε, which keeps the step finite where gradients vanish.</param>
    /// <param name="weightDecay">λ, added to the gradient as λ·w (L2), biases included. <see cref="AdamW"/> decays weights apart from the gradient.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public Adam(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
    {
        LearningRate = HyperParameter.NotNegative(learningRate);
        Beta1 = HyperParameter.Fraction(beta1);
        Beta2 = HyperParameter.Fraction(beta2);
        Epsilon = HyperParameter.NotNegative(epsilon);
        WeightDecay = HyperParameter.NotNegative(weightDecay);
    }

    /// <summary>Step size η.</summary>
    public double LearningRate { get; init; }

    /// <summary>β₁, the share of the past in the mean of gradients.</summary>
    public double Beta1 { get; init; }

    /// <summary>β₂, the share of the past in the mean of squared gradients.</summary>
    public double Beta2 { get; init; }

    /// <summary>ε.</summary>
    public double Epsilon { get; init; }

    /// <summary>L2 weight decay λ.</summary>
    public double WeightDecay { get; init; }

    AdamMoments Moments { get; init; }

    float Decay { get; init; }

    /// <inheritdoc/>
    public static int StateCount => 2;

    /// <inheritdoc/>
    public Adam AtStep(long step) => this with
    {
        Moments = new AdamMoments(LearningRate, Beta1, Beta2, Epsilon, step),
        Decay = (float)WeightDecay,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<V>(ref V weight, V gradient, ref V state0, ref V state1) where V : struct, ISimd<V>
    {
        gradient = V.Fma(V.Splat(Decay), weight, gradient);
        weight = Moments.Step(weight, gradient, ref state0, ref state1);
    }
}
