using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet;

/// <summary>
/// Stochastic gradient descent with momentum as PyTorch defines it: v ← μ·v + g, w ← w − η·v;
/// with Nesterov's, w ← w − η·(g + μ·v) (Sutskever et al. 2013, without dampening).
/// </summary>
public readonly record struct Momentum : IOptimizer<Momentum>
{
    /// <summary>Sets the hyper-parameters.</summary>
    /// <param name="learningRate">Step size η.</param>
    /// <param name="coefficient">Momentum μ, the share of the last step's direction that is kept.</param>
    /// <param name="nesterov">Whether to look ahead.</param>
    /// <param name="weightDecay">λ, added to the gradient as λ·w (L2), biases included.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public Momentum(double learningRate, double coefficient = 0.9, bool nesterov = false, double weightDecay = 0)
    {
        LearningRate = HyperParameter.NotNegative(learningRate);
        Coefficient = HyperParameter.NotNegative(coefficient);
        Nesterov = nesterov;
        WeightDecay = HyperParameter.NotNegative(weightDecay);
    }

    /// <summary>Step size η.</summary>
    public double LearningRate { get; init; }

    /// <summary>Momentum μ.</summary>
    public double Coefficient { get; init; }

    /// <summary>Whether the step looks ahead along the new direction.</summary>
    public bool Nesterov { get; init; }

    /// <summary>L2 weight decay λ.</summary>
    public double WeightDecay { get; init; }

    float Rate { get; init; }

    float Decay { get; init; }

    float Share { get; init; }

    /// <inheritdoc/>
    public static int StateCount => 1;

    /// <inheritdoc/>
    public Momentum AtStep(long step) => this with { Rate = (float)LearningRate, Decay = (float)WeightDecay, Share = (float)Coefficient };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<V>(ref V weight, V gradient, ref V state0, ref V state1) where V : struct, ISimd<V>
    {
        gradient = V.Fma(V.Splat(Decay), weight, gradient);
        state0 = V.Fma(V.Splat(Share), state0, gradient);
        var direction = Nesterov ? V.Fma(V.Splat(Share), state0, gradient) : state0;
        weight = V.Fma(V.Splat(-Rate), direction, weight);
    }
}
