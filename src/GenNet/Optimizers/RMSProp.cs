using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet;

/// <summary>
/// RMSProp (Tieleman and Hinton 2012) as PyTorch defines it: v ← α·v + (1 − α)·g², w ← w − η·g/(√v + ε).
/// Centred, the square of the mean gradient is taken off v (Graves 2013); with momentum, b ← μ·b + g/(√v + ε), w ← w − η·b.
/// </summary>
public readonly record struct RMSProp : IOptimizer<RMSProp>
{
    readonly double _learningRate, _alpha, _epsilon, _weightDecay, _momentum;

    /// <summary>The usual hyper-parameters: η = 0.01, α = 0.99, ε = 1e-8, λ = 0.</summary>
    public RMSProp() : this(0.01) { }

    /// <summary>Sets the hyper-parameters.</summary>
    /// <param name="learningRate">Step size η.</param>
    /// <param name="alpha">α, the share of the past in the mean of squared gradients.</param>
    /// <param name="epsilon">ε, which keeps the step finite where gradients vanish.</param>
    /// <param name="weightDecay">λ, added to the gradient of a weight as λ·w (L2).</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public RMSProp(double learningRate = 0.01, double alpha = 0.99, double epsilon = 1e-8, double weightDecay = 0)
    {
        LearningRate = learningRate;
        Alpha = alpha;
        Epsilon = epsilon;
        WeightDecay = weightDecay;
    }

    /// <inheritdoc/>
    public double LearningRate { get => _learningRate; init => _learningRate = HyperParameter.NotNegative(value, nameof(LearningRate)); }

    /// <summary>α, the share of the past in the mean of squared gradients.</summary>
    public double Alpha { get => _alpha; init => _alpha = HyperParameter.Fraction(value, nameof(Alpha)); }

    /// <summary>ε.</summary>
    public double Epsilon { get => _epsilon; init => _epsilon = HyperParameter.Positive(value, nameof(Epsilon)); }

    /// <summary>L2 weight decay λ.</summary>
    public double WeightDecay { get => _weightDecay; init => _weightDecay = HyperParameter.NotNegative(value, nameof(WeightDecay)); }

    /// <summary>Whether biases and normalisation parameters decay too, as in PyTorch with one group of parameters.</summary>
    public bool DecayBiases { get; init; }

    /// <summary>Momentum μ, 0 for none.</summary>
    public double Momentum { get => _momentum; init => _momentum = HyperParameter.NotNegative(value, nameof(Momentum)); }

    /// <summary>Whether gradients are scaled by their standard deviation, not by their root mean square.</summary>
    public bool Centered { get; init; }

    float Rate { get; init; }

    float Decay { get; init; }

    float Past { get; init; }

    float Present { get; init; }

    float Floor { get; init; }

    float Share { get; init; }

    /// <inheritdoc/>
    public RMSProp WithLearningRate(double learningRate) => this with { LearningRate = learningRate };

    static string? IOptimizer<RMSProp>.Missing(in RMSProp optimizer) => optimizer._epsilon > 0 ? null : "This RMSProp is the default, without hyper-parameters: create it with new RMSProp().";

    /// <inheritdoc/>
    public int StateCount => 1 + (Centered ? 1 : 0) + (Momentum > 0 ? 1 : 0);

    /// <inheritdoc/>
    public string StateName(int index) =>
        Centered && Momentum > 0 ? StateNames.Of(index, "square_avg", "grad_avg", "momentum_buffer")
        : Centered ? StateNames.Of(index, "square_avg", "grad_avg")
        : Momentum > 0 ? StateNames.Of(index, "square_avg", "momentum_buffer")
        : StateNames.Of(index, "square_avg");

    /// <inheritdoc/>
    public RMSProp AtStep(long step, in RMSProp previous) => this with
    {
        Rate = (float)LearningRate,
        Decay = (float)WeightDecay,
        Past = (float)Alpha,
        Present = (float)(1 - Alpha),
        Floor = (float)Epsilon,
        Share = (float)Momentum,
    };

    /// <inheritdoc/>
    public RMSProp ForBiases() => DecayBiases ? this : this with { Decay = 0 };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Update<V>(V weight, V gradient, OptimizerState<V> state) where V : struct, ISimd<V>
    {
        gradient = V.Fma(Decay, weight, gradient);
        var square = V.Fma(Past, state[0], Present * gradient * gradient);
        state[0] = square;
        if (Centered)
        {
            var mean = V.Fma(Past, state[1], Present * gradient);
            state[1] = mean;
            // Rounding may leave less than nothing. NaN passes.
            square = V.Max(V.Zero, square - mean * mean);
        }
        var direction = gradient / (V.Sqrt(square) + Floor);
        if (Share != 0)
        {
            var buffer = Centered ? 2 : 1;
            direction = V.Fma(Share, state[buffer], direction);
            state[buffer] = direction;
        }
        return V.Fma(-Rate, direction, weight);
    }
}
