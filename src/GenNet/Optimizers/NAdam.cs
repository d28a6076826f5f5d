using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet;

/// <summary>
/// Adam with Nesterov momentum (Dozat 2016): w ← w − η·((1 − μₜ)·g/(1 − Πₜ) + μₜ₊₁·m/(1 − Πₜ₊₁))/(√v̂ + ε),
/// with μₜ = β₁·(1 − ½·0.96^(tψ)) and Πₜ = μ₁·…·μₜ. PyTorch's NAdam of version 2; version 1 took μₜ into Πₜ₊₁ twice.
/// </summary>
public readonly record struct NAdam : IOptimizer<NAdam>
{
    readonly double _learningRate, _beta1, _beta2, _epsilon, _weightDecay, _momentumDecay;

    /// <summary>The usual hyper-parameters: η = 0.002, β₁ = 0.9, β₂ = 0.999, ε = 1e-8, λ = 0, ψ = 0.004.</summary>
    public NAdam() : this(2e-3) { }

    /// <summary>Sets the hyper-parameters.</summary>
    /// <param name="learningRate">Step size η.</param>
    /// <param name="beta1">β₁, the share of the past in the mean of gradients.</param>
    /// <param name="beta2">β₂, the share of the past in the mean of squared gradients.</param>
    /// <param name="epsilon">ε, which keeps the step finite where gradients vanish.</param>
    /// <param name="weightDecay">λ, added to the gradient of a weight as λ·w (L2).</param>
    /// <param name="momentumDecay">ψ, how fast μ rises to β₁.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public NAdam(double learningRate = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0, double momentumDecay = 4e-3)
    {
        LearningRate = learningRate;
        Beta1 = beta1;
        Beta2 = beta2;
        Epsilon = epsilon;
        WeightDecay = weightDecay;
        MomentumDecay = momentumDecay;
    }

    /// <inheritdoc/>
    public double LearningRate { get => _learningRate; init => _learningRate = HyperParameter.NotNegative(value, nameof(LearningRate)); }

    /// <summary>β₁, the share of the past in the mean of gradients.</summary>
    public double Beta1 { get => _beta1; init => _beta1 = HyperParameter.Fraction(value, nameof(Beta1)); }

    /// <summary>β₂, the share of the past in the mean of squared gradients.</summary>
    public double Beta2 { get => _beta2; init => _beta2 = HyperParameter.Fraction(value, nameof(Beta2)); }

    /// <summary>ε.</summary>
    public double Epsilon { get => _epsilon; init => _epsilon = HyperParameter.Positive(value, nameof(Epsilon)); }

    /// <summary>L2 weight decay λ.</summary>
    public double WeightDecay { get => _weightDecay; init => _weightDecay = HyperParameter.NotNegative(value, nameof(WeightDecay)); }

    /// <summary>ψ, how fast μ rises to β₁.</summary>
    public double MomentumDecay { get => _momentumDecay; init => _momentumDecay = HyperParameter.NotNegative(value, nameof(MomentumDecay)); }

    /// <summary>Whether biases and normalisation parameters decay too, as in PyTorch with one group of parameters.</summary>
    public bool DecayBiases { get; init; }

    NAdamStep Step { get; init; }

    float Decay { get; init; }

    /// <inheritdoc/>
    public NAdam WithLearningRate(double learningRate) => this with { LearningRate = learningRate };

    static string? IOptimizer<NAdam>.Missing(in NAdam optimizer) => optimizer._epsilon > 0 ? null : "This NAdam is the default, without hyper-parameters: create it with new NAdam().";

    /// <inheritdoc/>
    public int StateCount => 2;

    /// <inheritdoc/>
    public string StateName(int index) => StateNames.Of(index, "exp_avg", "exp_avg_sq");

    /// <inheritdoc/>
    public NAdam AtStep(long step, in NAdam previous) => this with
    {
        Step = new NAdamStep(this, step, previous.Step),
        Decay = (float)WeightDecay,
    };

    /// <inheritdoc/>
    public NAdam ForBiases() => DecayBiases ? this : this with { Decay = 0 };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Update<V>(V weight, V gradient, OptimizerState<V> state) where V : struct, ISimd<V>
    {
        gradient = V.Fma(Decay, weight, gradient);
        var mean = Step.Moments.Mean(gradient, state);
        return Step.From(weight, gradient, mean, Step.Moments.Square(gradient, state));
    }
}
