using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet;

/// <summary>Stochastic gradient descent: w ← w − η·(g + λ·w).</summary>
public readonly record struct Sgd : IOptimizer<Sgd>
{
    readonly double _learningRate, _weightDecay;
    readonly bool _isSet;

    /// <summary>Not to be called: there is no usual learning rate.</summary>
    [Obsolete("There is no usual learning rate: new Sgd(0.1).", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Sgd() { }

    /// <summary>Sets the hyper-parameters.</summary>
    /// <param name="learningRate">Step size η.</param>
    /// <param name="weightDecay">λ, added to the gradient of a weight as the derivative of ½λ·w² (L2).</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite.</exception>
    public Sgd(double learningRate, double weightDecay = 0)
    {
        LearningRate = learningRate;
        WeightDecay = weightDecay;
    }

    /// <inheritdoc/>
    public double LearningRate { get => _learningRate; init => (_learningRate, _isSet) = (HyperParameter.NotNegative(value, nameof(LearningRate)), true); }

    /// <summary>L2 weight decay λ.</summary>
    public double WeightDecay { get => _weightDecay; init => _weightDecay = HyperParameter.NotNegative(value, nameof(WeightDecay)); }

    /// <summary>Whether biases and normalisation parameters decay too, as in PyTorch with one group of parameters.</summary>
    public bool DecayBiases { get; init; }

    float Rate { get; init; }

    float Decay { get; init; }

    /// <inheritdoc/>
    public static bool Descends => true;

    /// <inheritdoc/>
    public static float DescentRate(in Sgd optimizer) => optimizer.Decay == 0 ? optimizer.Rate : 0;

    /// <summary>Whether the settings are the same, to the bit: the constants follow from nothing else.</summary>
    public static bool ConstantsServe(in Sgd constants, in Sgd optimizer) =>
        BitConverter.DoubleToInt64Bits(constants._learningRate) == BitConverter.DoubleToInt64Bits(optimizer._learningRate)
        && BitConverter.DoubleToInt64Bits(constants._weightDecay) == BitConverter.DoubleToInt64Bits(optimizer._weightDecay)
        && constants.DecayBiases == optimizer.DecayBiases;

    /// <inheritdoc/>
    public Sgd WithLearningRate(double learningRate) => this with { LearningRate = learningRate };

    static string? IOptimizer<Sgd>.Missing(in Sgd optimizer) => optimizer._isSet ? null : "This Sgd is the default, without a learning rate: create it with new Sgd(0.1).";

    /// <inheritdoc/>
    public int StateCount => 0;

    /// <inheritdoc/>
    public string StateName(int index) => StateNames.None(index);

    /// <inheritdoc/>
    public Sgd AtStep(long step, in Sgd previous) => this with { Rate = (float)LearningRate, Decay = (float)WeightDecay };

    /// <inheritdoc/>
    public Sgd ForBiases() => DecayBiases ? this : this with { Decay = 0 };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Update<V>(V weight, V gradient, OptimizerState<V> state) where V : struct, ISimd<V>
    {
        gradient = V.Fma(Decay, weight, gradient);
        return V.Fma(-Rate, gradient, weight);
    }
}
