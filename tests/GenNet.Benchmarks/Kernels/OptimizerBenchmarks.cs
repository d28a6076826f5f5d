using BenchmarkDotNet.Attributes;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet.Benchmarks.Kernels;

/// <summary>An optimiser's pass over one piece of weights in the first-level cache; times of one weight.</summary>
[GenericTypeArguments(typeof(Sgd))]
[GenericTypeArguments(typeof(Momentum))]
[GenericTypeArguments(typeof(RMSProp))]
[GenericTypeArguments(typeof(Adagrad))]
[GenericTypeArguments(typeof(Adadelta))]
[GenericTypeArguments(typeof(Adam))]
[GenericTypeArguments(typeof(AdamW))]
[GenericTypeArguments(typeof(NAdam))]
[GenericTypeArguments(typeof(RAdam))]
[GenericTypeArguments(typeof(Lion))]
public unsafe class OptimizerBenchmarks<TOptimizer> where TOptimizer : struct, IOptimizer<TOptimizer>
{
    const int Side = 32, Count = Side * Side;

    readonly AlignedBuffer _gradients = Operands.Numbers(Count);
    readonly DenseShape _shape;
    readonly GradientUse<TOptimizer> _use;

    public OptimizerBenchmarks()
    {
        var optimizer = new TOptimizer().WithLearningRate(1e-3);
        var weights = Operands.Dense(new(1, Side, Side), out _shape);
        _use = new GradientUse<TOptimizer>(weights, new GradientSums(weights.Like()), new OptimizerStates(weights, [.. Enumerable.Range(0, optimizer.StateCount).Select(optimizer.StateName)]));
        _use.Change(optimizer, step: 1);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Update() => _use.UpdateWeights(0, _gradients.Pointer, Count);

    [Benchmark(OperationsPerInvoke = Count)]
    public void UpdateByOneSample() => SampleKernels.Update(_shape, _gradients.Pointer, _gradients.Pointer + Side, _use);
}
