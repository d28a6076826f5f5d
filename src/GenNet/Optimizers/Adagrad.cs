using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet;

/// <summary>
/// Adagrad (Duchi et al. 2011): s ← s + g², w ← w − η·g/(√s + ε), where η falls as η/(1 + (t − 1)·decay).
/// </summary>
public readonly record struct Adagrad : IOptimizer<Adagrad>
{
    readonly double _learningRate, _learningRateDecay, _weightDecay, _initialAccumulator, _epsilon;

    /// <summary>The usual hyper-parameters: η = 0.01, no decay of η, λ = 0, ε = 1e-10.</summary>
    public Adagrad() : this(0.01) { }

    /// <summary>Sets the hyper-parameters.</summary>
    /// <param name="learningRate">Step size η.</param>
    /// <param name="learningRateDecay">How fast η falls.</param>
    /// <param name="weightDecay">λ, added to the gradient of a weight as λ·w (L2).</param>
    /// <param name="initialAccumulator">What s starts from.</param>
    /// <param name="epsilon">ε, which keeps the step finite where gradients vanish.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public Adagrad(double learningRate = 0.01, double learningRateDecay = 0, double weightDecay = 0, double initialAccumulator = 0, double epsilon = 1e-10)
    {
        LearningRate = learningRate;
        LearningRateDecay = learningRateDecay;
        WeightDecay = weightDecay;
        InitialAccumulator = initialAccumulator;
        Epsilon = epsilon;
    }

    /// <inheritdoc/>
    public double LearningRate { get => _learningRate; init => _learningRate = HyperParameter.NotNegative(value, nameof(LearningRate)); }

    /// <summary>How fast η falls.</summary>
    public double LearningRateDecay { get => _learningRateDecay; init => _learningRateDecay = HyperParameter.NotNegative(value, nameof(LearningRateDecay)); }

    /// <summary>L2 weight decay λ.</summary>
    public double WeightDecay { get => _weightDecay; init => _weightDecay = HyperParameter.NotNegative(value, nameof(WeightDecay)); }

    /// <summary>What s starts from.</summary>
    public double InitialAccumulator { get => _initialAccumulator; init => _initialAccumulator = HyperParameter.NotNegative(value, nameof(InitialAccumulator)); }

    /// <summary>ε.</summary>
    public double Epsilon { get => _epsilon; init => _epsilon = HyperParameter.Positive(value, nameof(Epsilon)); }

    /// <summary>Whether biases and normalisation parameters decay too, as in PyTorch with one group of parameters.</summary>
    public bool DecayBiases { get; init; }

    float Rate { get; init; }

    float Decay { get; init; }

    float Start { get; init; }

    float Floor { get; init; }

    /// <inheritdoc/>
    public Adagrad WithLearningRate(double learningRate) => this with { LearningRate = learningRate };

    static string? IOptimizer<Adagrad>.Missing(in Adagrad optimizer) => optimizer._epsilon > 0 ? null : "This Adagrad is the default, without hyper-parameters: create it with new Adagrad().";

    /// <inheritdoc/>
    public int StateCount => 1;

    /// <inheritdoc/>
    public string StateName(int index) => StateNames.Of(index, "sum");

    /// <inheritdoc/>
    public Adagrad AtStep(long step, in Adagrad previous) => this with
    {
        Rate = (float)(LearningRate / (1 + (step - 1) * LearningRateDecay)),
        Decay = (float)WeightDecay,
        Start = step == 1 ? (float)InitialAccumulator : 0,
        Floor = (float)Epsilon,
    };

    /// <inheritdoc/>
    public Adagrad ForBiases() => DecayBiases ? this : this with { Decay = 0 };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Update<V>(V weight, V gradient, OptimizerState<V> state) where V : struct, ISimd<V>
    {
        gradient = V.Fma(Decay, weight, gradient);
        var sum = V.Fma(gradient, gradient, state[0] + Start);
        state[0] = sum;
        return V.Fma(-Rate, gradient / (V.Sqrt(sum) + Floor), weight);
    }
}
