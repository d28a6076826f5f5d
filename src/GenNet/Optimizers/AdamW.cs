using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019): w ← (1 − η·λ)·w before the step of <see cref="Adam"/>.</summary>
public readonly record struct AdamW : IOptimizer<AdamW>
{
    readonly double _learningRate, _beta1, _beta2, _epsilon, _weightDecay;

    /// <summary>The usual hyper-parameters: η = 0.001, β₁ = 0.9, β₂ = 0.999, ε = 1e-8, λ = 0.01.</summary>
    public AdamW() : this(1e-3) { }

    /// <summary>Sets the hyper-parameters.</summary>
    /// <param name="learningRate">Step size η.</param>
    /// <param name="beta1">β₁, the share of the past in the mean of gradients.</param>
    /// <param name="beta2">β₂, the share of the past in the mean of squared gradients.</param>
    /// <param name="epsilon">ε, which keeps the step finite where gradients vanish.</param>
    /// <param name="weightDecay">λ, the share of a weight that decays for each unit of learning rate.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public AdamW(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0.01)
    {
        LearningRate = learningRate;
        Beta1 = beta1;
        Beta2 = beta2;
        Epsilon = epsilon;
        WeightDecay = weightDecay;
    }

    /// <inheritdoc/>
    public double LearningRate { get => _learningRate; init => _learningRate = HyperParameter.NotNegative(value, nameof(LearningRate)); }

    /// <summary>β₁, the share of the past in the mean of gradients.</summary>
    public double Beta1 { get => _beta1; init => _beta1 = HyperParameter.Fraction(value, nameof(Beta1)); }

    /// <summary>β₂, the share of the past in the mean of squared gradients.</summary>
    public double Beta2 { get => _beta2; init => _beta2 = HyperParameter.Fraction(value, nameof(Beta2)); }

    /// <summary>ε.</summary>
    public double Epsilon { get => _epsilon; init => _epsilon = HyperParameter.Positive(value, nameof(Epsilon)); }

    /// <summary>Decoupled weight decay λ.</summary>
    public double WeightDecay { get => _weightDecay; init => _weightDecay = HyperParameter.NotNegative(value, nameof(WeightDecay)); }

    /// <summary>Whether biases and normalisation parameters decay too, as in PyTorch with one group of parameters.</summary>
    public bool DecayBiases { get; init; }

    /// <summary>Whether v̂ is the largest v so far, so that no step grows because squared gradients were forgotten (Reddi et al. 2018).</summary>
    public bool AMSGrad { get; init; }

    AdamStep Step { get; init; }

    float Keep { get; init; }

    /// <inheritdoc/>
    public AdamW WithLearningRate(double learningRate) => this with { LearningRate = learningRate };

    static string? IOptimizer<AdamW>.Missing(in AdamW optimizer) => optimizer._epsilon > 0 ? null : "This AdamW is the default, without hyper-parameters: create it with new AdamW().";

    /// <inheritdoc/>
    public int StateCount => AdamStep.StateCount(AMSGrad);

    /// <inheritdoc/>
    public string StateName(int index) => AdamStep.StateName(index, AMSGrad);

    /// <inheritdoc/>
    public AdamW AtStep(long step, in AdamW previous) => this with
    {
        Step = new AdamStep(LearningRate, Beta1, Beta2, Epsilon, AMSGrad, step),
        Keep = (float)(1 - LearningRate * WeightDecay),
    };

    /// <inheritdoc/>
    public AdamW ForBiases() => DecayBiases ? this : this with { Keep = 1 };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Update<V>(V weight, V gradient, OptimizerState<V> state) where V : struct, ISimd<V>
    {
        weight = Keep * weight;
        return Step.Apply(weight, gradient, state);
    }
}
