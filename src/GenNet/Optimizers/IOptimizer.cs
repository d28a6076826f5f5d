using GenNet.Simd;

namespace GenNet;

/// <summary>How a gradient changes a weight: a small struct of hyper-parameters, applied to all parameters in one pass.</summary>
/// <typeparam name="TSelf">The optimiser itself.</typeparam>
public interface IOptimizer<TSelf> where TSelf : struct, IOptimizer<TSelf>
{
    /// <summary>Values kept for each parameter from step to step: 0, 1 or 2. They start at zero.</summary>
    static abstract int StateCount { get; }

    /// <summary>The optimiser with the constants of step number <paramref name="step"/> (1, 2, …) worked out.</summary>
    TSelf AtStep(long step);

    /// <summary>Updates <see cref="ISimd{V}.Count"/> parameters.</summary>
    /// <param name="weight">The parameters, changed.</param>
    /// <param name="gradient">Their gradients.</param>
    /// <param name="state0">The first value kept for each, changed.</param>
    /// <param name="state1">The second value kept for each, changed.</param>
    void Update<V>(ref V weight, V gradient, ref V state0, ref V state1) where V : struct, ISimd<V>;
}
