using GenNet.Simd;

namespace GenNet;

/// <summary>How a gradient changes a weight: a small struct of hyper-parameters, applied to all parameters in one pass.</summary>
/// <typeparam name="TSelf">The optimiser itself.</typeparam>
public interface IOptimizer<TSelf> where TSelf : struct, IOptimizer<TSelf>
{
    /// <summary>Step size η.</summary>
    double LearningRate { get; }

    /// <summary>The optimiser with another step size.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is negative or not finite.</exception>
    TSelf WithLearningRate(double learningRate);

    /// <summary>
    /// What an optimiser lacks that was never constructed, <c>default(Sgd)</c>, and how to give it, for the message of the exception that a trainer then throws:
    /// a learning rate, for example. Null where nothing is missing, as in every optimiser that does not say otherwise.
    /// </summary>
    static virtual string? Missing(in TSelf optimizer) => null;

    /// <summary>Values kept for each parameter from step to step. They start at zero.</summary>
    int StateCount { get; }

    /// <summary>PyTorch's name of the value number <paramref name="index"/>, such as <c>exp_avg</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such value.</exception>
    string StateName(int index);

    /// <summary>The optimiser with the constants of step number <paramref name="step"/> worked out.</summary>
    /// <param name="step">1, 2, …</param>
    /// <param name="previous">
    /// What this method returned for the last step that was made, if there was one: a product over all steps so far may go on from it.
    /// It must not matter for the result, only for the time that it takes.
    /// </param>
    TSelf AtStep(long step, in TSelf previous);

    /// <summary>
    /// What <see cref="AtStep"/> returned, as it applies to biases and to the scale and shift of a normalisation:
    /// without weight decay, unless it is meant for them too.
    /// </summary>
    TSelf ForBiases();

    /// <summary>The new values of <see cref="ISimd{V}.Count"/> parameters.</summary>
    /// <param name="weight">The parameters.</param>
    /// <param name="gradient">Their gradients.</param>
    /// <param name="state">The values kept for them, read and written.</param>
    V Update<V>(V weight, V gradient, OptimizerState<V> state) where V : struct, ISimd<V>;

    /// <summary>Whether an update may be no more than w − η·g. Kernels then make it while gradients are in registers: see <see cref="DescentRate"/>.</summary>
    static virtual bool Descends => false;

    /// <summary>η where the update of a weight is w − η·g, computed as one fused multiply-add, and nothing else; 0 where it is more.</summary>
    /// <param name="optimizer">What <see cref="AtStep"/> returned.</param>
    static virtual float DescentRate(in TSelf optimizer) => 0;

    /// <summary>Whether the constants that <see cref="AtStep"/> worked out for one step serve any step of an optimiser with such settings.</summary>
    /// <param name="constants">What <see cref="AtStep"/> returned for some step.</param>
    /// <param name="optimizer">The optimiser, without constants.</param>
    static virtual bool ConstantsServe(in TSelf constants, in TSelf optimizer) => false;
}
