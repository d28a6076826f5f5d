using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet;

/// <summary>
/// Adadelta (Zeiler 2012): v ← ρ·v + (1 − ρ)·g², Δ = g·√(u + ε)/√(v + ε), u ← ρ·u + (1 − ρ)·Δ², w ← w − η·Δ.
/// </summary>
public readonly record struct Adadelta : IOptimizer<Adadelta>
{
    readonly double _learningRate, _rho, _epsilon, _weightDecay;

    /// <summary>The usual hyper-parameters: η = 1, ρ = 0.9, ε = 1e-6, λ = 0.</summary>
    public Adadelta() : this(1) { }

    /// <summary>Sets the hyper-parameters.</summary>
    /// <param name="learningRate">Step size η.</param>
    /// <param name="rho">ρ, the share of the past in both means of squares.</param>
    /// <param name="epsilon">ε, which keeps the step finite where gradients vanish.</param>
    /// <param name="weightDecay">λ, added to the gradient of a weight as λ·w (L2).</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public Adadelta(double learningRate = 1, double rho = 0.9, double epsilon = 1e-6, double weightDecay = 0)
    {
        LearningRate = learningRate;
        Rho = rho;
        Epsilon = epsilon;
        WeightDecay = weightDecay;
    }

    /// <inheritdoc/>
    public double LearningRate { get => _learningRate; init => _learningRate = HyperParameter.NotNegative(value, nameof(LearningRate)); }

    /// <summary>ρ, the share of the past in both means of squares.</summary>
    public double Rho { get => _rho; init => _rho = HyperParameter.Fraction(value, nameof(Rho)); }

    /// <summary>ε.</summary>
    public double Epsilon { get => _epsilon; init => _epsilon = HyperParameter.Positive(value, nameof(Epsilon)); }

    /// <summary>L2 weight decay λ.</summary>
    public double WeightDecay { get => _weightDecay; init => _weightDecay = HyperParameter.NotNegative(value, nameof(WeightDecay)); }

    /// <summary>Whether biases and normalisation parameters decay too, as in PyTorch with one group of parameters.</summary>
    public bool DecayBiases { get; init; }

    float Rate { get; init; }

    float Decay { get; init; }

    float Past { get; init; }

    float Present { get; init; }

    float Floor { get; init; }

    /// <inheritdoc/>
    public Adadelta WithLearningRate(double learningRate) => this with { LearningRate = learningRate };

    static string? IOptimizer<Adadelta>.Missing(in Adadelta optimizer) => optimizer._epsilon > 0 ? null : "This Adadelta is the default, without hyper-parameters: create it with new Adadelta().";

    /// <inheritdoc/>
    public int StateCount => 2;

    /// <inheritdoc/>
    public string StateName(int index) => StateNames.Of(index, "square_avg", "acc_delta");

    /// <inheritdoc/>
    public Adadelta AtStep(long step, in Adadelta previous) => this with
    {
        Rate = (float)LearningRate,
        Decay = (float)WeightDecay,
        Past = (float)Rho,
        Present = (float)(1 - Rho),
        Floor = (float)Epsilon,
    };

    /// <inheritdoc/>
    public Adadelta ForBiases() => DecayBiases ? this : this with { Decay = 0 };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Update<V>(V weight, V gradient, OptimizerState<V> state) where V : struct, ISimd<V>
    {
        gradient = V.Fma(Decay, weight, gradient);
        V past = V.Splat(Past), present = V.Splat(Present), floor = V.Splat(Floor);
        var square = V.Fma(past, state[0], present * gradient * gradient);
        state[0] = square;
        var delta = gradient * V.Sqrt(state[1] + floor) / V.Sqrt(square + floor);
        state[1] = V.Fma(past, state[1], present * delta * delta);
        return V.Fma(-Rate, delta, weight);
    }
}
