using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet;

/// <summary>An optimiser that gets its gradients clipped, element by element, as by <c>torch.nn.utils.clip_grad_value_</c>.</summary>
/// <typeparam name="TOptimizer">The optimiser.</typeparam>
public readonly record struct ValueClipped<TOptimizer> : IOptimizer<ValueClipped<TOptimizer>> where TOptimizer : struct, IOptimizer<TOptimizer>
{
    readonly double _limit;

    /// <summary>Not to be called: there is no usual limit.</summary>
    [Obsolete("There is no usual limit: optimizer.ClipByValue(limit).", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ValueClipped() { }

    /// <summary>Sets the limit.</summary>
    /// <param name="optimizer">What gets the gradients.</param>
    /// <param name="limit">Their largest magnitude.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is not positive.</exception>
    public ValueClipped(TOptimizer optimizer, double limit)
    {
        Optimizer = optimizer;
        Limit = limit;
    }

    /// <summary>What gets the gradients.</summary>
    public TOptimizer Optimizer { get; init; }

    /// <summary>The largest magnitude of an element of the gradient.</summary>
    public double Limit { get => _limit; init => _limit = HyperParameter.Positive(value, nameof(Limit)); }

    /// <inheritdoc/>
    public double LearningRate => Optimizer.LearningRate;

    /// <inheritdoc/>
    public ValueClipped<TOptimizer> WithLearningRate(double learningRate) => this with { Optimizer = Optimizer.WithLearningRate(learningRate) };

    static string? IOptimizer<ValueClipped<TOptimizer>>.Missing(in ValueClipped<TOptimizer> optimizer) => TOptimizer.Missing(optimizer.Optimizer) ?? (optimizer._limit > 0 ? null : "This ValueClipped is the default, without a limit: create it with optimizer.ClipByValue(limit).");

    /// <inheritdoc/>
    public int StateCount => Optimizer.StateCount;

    /// <inheritdoc/>
    public string StateName(int index) => Optimizer.StateName(index);

    /// <inheritdoc/>
    public ValueClipped<TOptimizer> AtStep(long step, in ValueClipped<TOptimizer> previous) => this with { Optimizer = Optimizer.AtStep(step, previous.Optimizer) };

    /// <inheritdoc/>
    public ValueClipped<TOptimizer> ForBiases() => this with { Optimizer = Optimizer.ForBiases() };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Update<V>(V weight, V gradient, OptimizerState<V> state) where V : struct, ISimd<V> =>
        Optimizer.Update(weight, V.Clamp(gradient, -(float)_limit, (float)_limit), state);
}
