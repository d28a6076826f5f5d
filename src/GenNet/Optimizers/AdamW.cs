using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019): w ← (1 − η·λ)·w before the step of <see cref="Adam"/>.</summary>
public readonly record struct AdamW : IOptimizer<AdamW>
{
    /// <summary>The usual hyper-parameters: η = 0.001, β₁ = 0.9, β₂ = 0.999, ε = 1e-8, λ = 0.01.</summary>
    public AdamW() : this(1e-3) { }

    /// <summary>Sets the hyper-parameters.</summary>
    /// <param name="learningRate">Step size η.</param>
    /// <param name="beta1">β₁, the share of the past in the mean of gradients.</param>
    /// <param name="beta2">β₂, the share of the past in the mean of squared gradients.</param>
    /// <param name="epsilon">ε, which keeps the step finite where gradients vanish.</param>
    /// <param name="weightDecay">λ, the share of a weight that decays for each unit of learning rate, biases included.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public AdamW(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0.01)
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

    /// <summary>Decoupled weight decay λ.</summary>
    public double WeightDecay { get; init; }

    AdamMoments Moments { get; init; }

    float Decay { get; init; }

    /// <inheritdoc/>
    public static int StateCount => 2;

    /// <inheritdoc/>
    public AdamW AtStep(long step) => this with
    {
        Moments = new AdamMoments(LearningRate, Beta1, Beta2, Epsilon, step),
        Decay = (float)(1 - LearningRate * WeightDecay),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<V>(ref V weight, V gradient, ref V state0, ref V state1) where V : struct, ISimd<V>
    {
        weight *= V.Splat(Decay);
        weight = Moments.Step(weight, gradient, ref state0, ref state1);
    }
}
