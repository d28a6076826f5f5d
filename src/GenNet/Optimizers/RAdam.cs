using System.Runtime.CompilerServices;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet;

/// <summary>
/// Rectified Adam (Liu et al. 2020): with ρ∞ = 2/(1 − β₂) − 1 and ρₜ = ρ∞ − 2t·β₂ᵗ/(1 − β₂ᵗ),
/// w ← w − η·r·m̂·√(1 − β₂ᵗ)/(√v + ε), r² = (ρₜ − 4)(ρₜ − 2)ρ∞/((ρ∞ − 4)(ρ∞ − 2)ρₜ), once ρₜ &gt; 5; before, w ← w − η·m̂.
/// </summary>
public readonly record struct RAdam : IOptimizer<RAdam>
{
    readonly double _learningRate, _beta1, _beta2, _epsilon, _weightDecay;

    /// <summary>The usual hyper-parameters: η = 0.001, β₁ = 0.9, β₂ = 0.999, ε = 1e-8, λ = 0.</summary>
    public RAdam() : this(1e-3) { }

    /// <summary>Sets the hyper-parameters.</summary>
    /// <param name="learningRate">Step size η.</param>
    /// <param name="beta1">β₁, the share of the past in the mean of gradients.</param>
    /// <param name="beta2">β₂, the share of the past in the mean of squared gradients.</param>
    /// <param name="epsilon">ε, which keeps the step finite where gradients vanish.</param>
    /// <param name="weightDecay">λ, added to the gradient of a weight as λ·w (L2).</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public RAdam(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
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

    /// <summary>L2 weight decay λ.</summary>
    public double WeightDecay { get => _weightDecay; init => _weightDecay = HyperParameter.NotNegative(value, nameof(WeightDecay)); }

    /// <summary>Whether biases and normalisation parameters decay too, as in PyTorch with one group of parameters.</summary>
    public bool DecayBiases { get; init; }

    AdamMoments Moments { get; init; }

    bool Rectified { get; init; }

    float Rate { get; init; }

    float Decay { get; init; }

    float Floor { get; init; }

    /// <inheritdoc/>
    public RAdam WithLearningRate(double learningRate) => this with { LearningRate = learningRate };

    static string? IOptimizer<RAdam>.Missing(in RAdam optimizer) => optimizer._epsilon > 0 ? null : "This RAdam is the default, without hyper-parameters: create it with new RAdam().";

    /// <inheritdoc/>
    public int StateCount => 2;

    /// <inheritdoc/>
    public string StateName(int index) => StateNames.Of(index, "exp_avg", "exp_avg_sq");

    /// <inheritdoc/>
    public RAdam AtStep(long step, in RAdam previous)
    {
        var (power1, power2) = ScalarMath.Powers(Beta1, Beta2, step);
        var limit = 2 / (1 - Beta2) - 1;
        var length = limit - 2 * step * power2 / (1 - power2);
        var rectified = length > 5;
        var rectification = Math.Sqrt((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length));
        var rate = LearningRate / (1 - power1);
        return this with
        {
            Moments = new AdamMoments(Beta1, Beta2),
            Rectified = rectified,
            Rate = (float)(rectified ? rate * rectification * Math.Sqrt(1 - power2) : rate),
            Decay = (float)WeightDecay,
            Floor = (float)Epsilon,
        };
    }

    /// <inheritdoc/>
    public RAdam ForBiases() => DecayBiases ? this : this with { Decay = 0 };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Update<V>(V weight, V gradient, OptimizerState<V> state) where V : struct, ISimd<V>
    {
        gradient = V.Fma(Decay, weight, gradient);
        var mean = Moments.Mean(gradient, state);
        var square = Moments.Square(gradient, state);
        var direction = Rectified ? mean / (V.Sqrt(square) + Floor) : mean;
        return V.Fma(-Rate, direction, weight);
    }
}
