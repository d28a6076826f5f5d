using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet;

/// <summary>
/// An optimiser that also keeps an exponential moving average of the weights, a ← β·a + (1 − β)·w after each step, a = w after the first (0 before):
/// PyTorch's <c>swa_utils.AveragedModel</c> with such an <c>avg_fn</c>. <see cref="ParameterBlock.CopyFrom(ParameterBlock)"/> puts the average in another network,
/// <see cref="ParameterBlock.Swap"/> in this one and back.
/// </summary>
/// <typeparam name="TOptimizer">The optimiser.</typeparam>
public readonly record struct Averaged<TOptimizer> : IOptimizer<Averaged<TOptimizer>> where TOptimizer : struct, IOptimizer<TOptimizer>
{
    readonly double _decay;

    /// <summary>Not to be called: there is no usual optimiser.</summary>
    [Obsolete("There is no usual optimiser: new Averaged<Adam>(new Adam()).", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Averaged() { }

    /// <summary>Sets the decay.</summary>
    /// <param name="optimizer">What changes the weights.</param>
    /// <param name="decay">β, the share of the past in the average.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="decay"/> is not from 0 to less than 1.</exception>
    public Averaged(TOptimizer optimizer, double decay = 0.999)
    {
        Optimizer = optimizer;
        Decay = decay;
    }

    /// <summary>What changes the weights.</summary>
    public TOptimizer Optimizer { get; init; }

    /// <summary>β, the share of the past in the average.</summary>
    public double Decay { get => _decay; init => _decay = HyperParameter.Fraction(value, nameof(Decay)); }

    float Past { get; init; }

    float Present { get; init; }

    int Index { get; init; }

    /// <inheritdoc/>
    public double LearningRate => Optimizer.LearningRate;

    /// <inheritdoc/>
    public Averaged<TOptimizer> WithLearningRate(double learningRate) => this with { Optimizer = Optimizer.WithLearningRate(learningRate) };

    static string? IOptimizer<Averaged<TOptimizer>>.Missing(in Averaged<TOptimizer> optimizer) => TOptimizer.Missing(optimizer.Optimizer);

    /// <inheritdoc/>
    public int StateCount => Optimizer.StateCount + 1;

    /// <inheritdoc/>
    public string StateName(int index) => index == Optimizer.StateCount ? Averaged.StateName : Optimizer.StateName(index);

    /// <inheritdoc/>
    public Averaged<TOptimizer> AtStep(long step, in Averaged<TOptimizer> previous) => this with
    {
        Optimizer = Optimizer.AtStep(step, previous.Optimizer),
        Past = step == 1 ? 0 : (float)Decay,
        Present = step == 1 ? 1 : (float)(1 - Decay),
        Index = Optimizer.StateCount,
    };

    /// <inheritdoc/>
    public Averaged<TOptimizer> ForBiases() => this with { Optimizer = Optimizer.ForBiases() };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Update<V>(V weight, V gradient, OptimizerState<V> state) where V : struct, ISimd<V>
    {
        weight = Optimizer.Update(weight, gradient, state);
        state[Index] = V.Fma(Past, state[Index], Present * weight);
        return weight;
    }
}

/// <summary>Names of <see cref="Averaged{TOptimizer}"/>.</summary>
public static class Averaged
{
    /// <summary>The name of the average among <see cref="Trainer.StateNames"/>.</summary>
    public const string StateName = "average";
}
