using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet;

/// <summary>
/// Stochastic gradient descent with momentum as PyTorch defines it: v ← μ·v + g, w ← w − η·v;
/// with Nesterov's, w ← w − η·(g + μ·v) (Sutskever et al. 2013, without dampening).
/// </summary>
public readonly record struct Momentum : IOptimizer<Momentum>
{
    readonly double _learningRate, _coefficient, _weightDecay;
    readonly bool _isSet;

    /// <summary>Not to be called: there is no usual learning rate.</summary>
    [Obsolete("There is no usual learning rate: new Momentum(0.1).", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Momentum() { }

    /// <summary>Sets the hyper-parameters.</summary>
    /// <param name="learningRate">Step size η.</param>
    /// <param name="coefficient">Momentum μ, the share of the last step's direction that is kept.</param>
    /// <param name="nesterov">Whether to look ahead.</param>
    /// <param name="weightDecay">λ, added to the gradient of a weight as λ·w (L2).</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public Momentum(double learningRate, double coefficient = 0.9, bool nesterov = false, double weightDecay = 0)
    {
        LearningRate = learningRate;
        Coefficient = coefficient;
        Nesterov = nesterov;
        WeightDecay = weightDecay;
    }

    /// <inheritdoc/>
    public double LearningRate { get => _learningRate; init => (_learningRate, _isSet) = (HyperParameter.NotNegative(value, nameof(LearningRate)), true); }

    /// <summary>Momentum μ.</summary>
    public double Coefficient { get => _coefficient; init => _coefficient = HyperParameter.NotNegative(value, nameof(Coefficient)); }

    /// <summary>Whether the step looks ahead along the new direction.</summary>
    public bool Nesterov { get; init; }

    /// <summary>L2 weight decay λ.</summary>
    public double WeightDecay { get => _weightDecay; init => _weightDecay = HyperParameter.NotNegative(value, nameof(WeightDecay)); }

    /// <summary>Whether biases and normalisation parameters decay too, as in PyTorch with one group of parameters.</summary>
    public bool DecayBiases { get; init; }

    float Rate { get; init; }

    float Decay { get; init; }

    float Share { get; init; }

    /// <inheritdoc/>
    public Momentum WithLearningRate(double learningRate) => this with { LearningRate = learningRate };

    static string? IOptimizer<Momentum>.Missing(in Momentum optimizer) => optimizer._isSet ? null : "This Momentum is the default, without a learning rate: create it with new Momentum(0.1).";

    /// <inheritdoc/>
    public int StateCount => 1;

    /// <inheritdoc/>
    public string StateName(int index) => StateNames.Of(index, "momentum_buffer");

    /// <inheritdoc/>
    public Momentum AtStep(long step, in Momentum previous) => this with
    {
        Rate = (float)LearningRate,
        Decay = (float)WeightDecay,
        Share = (float)Coefficient,
    };

    /// <inheritdoc/>
    public Momentum ForBiases() => DecayBiases ? this : this with { Decay = 0 };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Update<V>(V weight, V gradient, OptimizerState<V> state) where V : struct, ISimd<V>
    {
        gradient = V.Fma(Decay, weight, gradient);
        var velocity = V.Fma(Share, state[0], gradient);
        state[0] = velocity;
        var direction = Nesterov ? V.Fma(Share, velocity, gradient) : velocity;
        return V.Fma(-Rate, direction, weight);
    }
}
