using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet;

/// <summary>Stochastic gradient descent: w ← w − η·(g + λ·w).</summary>
public readonly record struct Sgd : IOptimizer<Sgd>
{
    /// <summary>Sets the hyper-parameters.</summary>
    /// <param name="learningRate">Step size η.</param>
    /// <param name="weightDecay">λ, added to the gradient as the derivative of ½λ·w² (L2), biases included.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite.</exception>
    public Sgd(double learningRate, double weightDecay = 0)
    {
        LearningRate = HyperParameter.NotNegative(learningRate);
        WeightDecay = HyperParameter.NotNegative(weightDecay);
    }

    /// <summary>Step size η.</summary>
    public double LearningRate { get; init; }

    /// <summary>L2 weight decay λ.</summary>
    public double WeightDecay { get; init; }

    float Rate { get; init; }

    float Decay { get; init; }

    /// <inheritdoc/>
    public static int StateCount => 0;

    /// <inheritdoc/>
    public Sgd AtStep(long step) => this with { Rate = (float)LearningRate, Decay = (float)WeightDecay };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<V>(ref V weight, V gradient, ref V state0, ref V state1) where V : struct, ISimd<V>
    {
        gradient = V.Fma(V.Splat(Decay), weight, gradient);
        weight = V.Fma(V.Splat(-Rate), gradient, weight);
    }
}
