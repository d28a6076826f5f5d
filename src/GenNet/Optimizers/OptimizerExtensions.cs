namespace GenNet;

/// <summary>What may be added to any optimiser: <c>new Adam(1e-3).ClipByValue(0.5).WithAverage(0.999)</c>.</summary>
/// <remarks>The last one added sees the gradient first: <c>.WithPenalty(l1: 1e-4).ClipByValue(0.5)</c> clips the gradient of the loss, then adds that of the penalty.</remarks>
public static class OptimizerExtensions
{
    /// <summary>Holds each element of the gradient between −<paramref name="limit"/> and <paramref name="limit"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is not positive.</exception>
    public static ValueClipped<TOptimizer> ClipByValue<TOptimizer>(this TOptimizer optimizer, double limit) where TOptimizer : struct, IOptimizer<TOptimizer> =>
        new(optimizer, limit);

    /// <summary>Adds λ₁·|w| + ½λ₂·w², summed over the weights, to what is minimised; not to the loss that a step returns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A factor is negative or not finite.</exception>
    public static Regularized<TOptimizer> WithPenalty<TOptimizer>(this TOptimizer optimizer, double l1 = 0, double l2 = 0) where TOptimizer : struct, IOptimizer<TOptimizer> =>
        new(optimizer, l1, l2);

    /// <summary>Keeps an exponential moving average of the weights, <c>trainer.State(Averaged.StateName)</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="decay"/> is not from 0 to less than 1.</exception>
    public static Averaged<TOptimizer> WithAverage<TOptimizer>(this TOptimizer optimizer, double decay = 0.999) where TOptimizer : struct, IOptimizer<TOptimizer> =>
        new(optimizer, decay);
}
