using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet;

/// <summary>An optimiser that minimises λ₁·|w| + ½λ₂·w² beside the loss: g + λ₁·sign(w) + λ₂·w takes the place of g.</summary>
/// <typeparam name="TOptimizer">The optimiser.</typeparam>
public readonly record struct Regularized<TOptimizer> : IOptimizer<Regularized<TOptimizer>> where TOptimizer : struct, IOptimizer<TOptimizer>
{
    readonly double _l1, _l2;

    /// <summary>Not to be called: there is no usual optimiser.</summary>
    [Obsolete("There is no usual optimiser: new Regularized<Adam>(new Adam(), l2: 1e-4).", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Regularized() { }

    /// <summary>Sets the factors.</summary>
    /// <param name="optimizer">What gets the gradients.</param>
    /// <param name="l1">λ₁.</param>
    /// <param name="l2">λ₂.</param>
    /// <exception cref="ArgumentOutOfRangeException">A factor is negative or not finite.</exception>
    public Regularized(TOptimizer optimizer, double l1 = 0, double l2 = 0)
    {
        Optimizer = optimizer;
        (L1, L2) = (l1, l2);
    }

    /// <summary>What gets the gradients.</summary>
    public TOptimizer Optimizer { get; init; }

    /// <summary>λ₁, the factor of a weight's magnitude.</summary>
    public double L1 { get => _l1; init => _l1 = HyperParameter.NotNegative(value, nameof(L1)); }

    /// <summary>λ₂, the factor of half a weight's square. Keras's <c>l2</c> is half of it.</summary>
    public double L2 { get => _l2; init => _l2 = HyperParameter.NotNegative(value, nameof(L2)); }

    /// <summary>Whether the penalty is for biases and normalisation parameters too.</summary>
    public bool DecayBiases { get; init; }

    /// <inheritdoc/>
    public double LearningRate => Optimizer.LearningRate;

    /// <inheritdoc/>
    public Regularized<TOptimizer> WithLearningRate(double learningRate) => this with { Optimizer = Optimizer.WithLearningRate(learningRate) };

    static string? IOptimizer<Regularized<TOptimizer>>.Missing(in Regularized<TOptimizer> optimizer) => TOptimizer.Missing(optimizer.Optimizer);

    /// <inheritdoc/>
    public int StateCount => Optimizer.StateCount;

    /// <inheritdoc/>
    public string StateName(int index) => Optimizer.StateName(index);

    /// <inheritdoc/>
    public Regularized<TOptimizer> AtStep(long step, in Regularized<TOptimizer> previous) => this with { Optimizer = Optimizer.AtStep(step, previous.Optimizer) };

    /// <inheritdoc/>
    public Regularized<TOptimizer> ForBiases() =>
        DecayBiases ? this with { Optimizer = Optimizer.ForBiases() } : this with { Optimizer = Optimizer.ForBiases(), L1 = 0, L2 = 0 };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Update<V>(V weight, V gradient, OptimizerState<V> state) where V : struct, ISimd<V>
    {
        gradient = V.Fma((float)_l1, VectorMath.Sign(weight), gradient);
        return Optimizer.Update(weight, V.Fma((float)_l2, weight, gradient), state);
    }
}
