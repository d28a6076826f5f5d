using BenchmarkDotNet.Attributes;
using GenNet.Kernels;

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
    readonly ParameterBlock _weights = Operands.Dense(new(1, Side, Side), out _);
    readonly OptimizerStates _states;
    readonly TOptimizer _optimizer;

    public OptimizerBenchmarks()
    {
        var optimizer = new TOptimizer();
        _states = new OptimizerStates(_weights, [.. Enumerable.Range(0, optimizer.StateCount).Select(optimizer.StateName)]);
        _optimizer = optimizer.WithLearningRate(1e-3).AtStep(1, default);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Update() =>
        new GradientUse<TOptimizer>(_gradients.Pointer, add: false, apply: true, _weights.Pointer, _states, _optimizer).UpdateWeights(0, _gradients.Pointer, Count);
}
