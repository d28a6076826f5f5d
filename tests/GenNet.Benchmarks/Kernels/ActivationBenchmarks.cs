using BenchmarkDotNet.Attributes;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet.Benchmarks.Kernels;

/// <summary>An activation and its derivative; times of one element.</summary>
[GenericTypeArguments(typeof(Sigmoid))]
[GenericTypeArguments(typeof(Tanh))]
[GenericTypeArguments(typeof(ReLU))]
[GenericTypeArguments(typeof(LeakyReLU))]
[GenericTypeArguments(typeof(ELU))]
[GenericTypeArguments(typeof(GELU))]
[GenericTypeArguments(typeof(SiLU))]
[GenericTypeArguments(typeof(Softplus))]
[GenericTypeArguments(typeof(HardSigmoid))]
[GenericTypeArguments(typeof(HardTanh))]
public unsafe class ActivationBenchmarks<TActivation> where TActivation : struct, IActivation
{
    const int Count = 1024;

    readonly AlignedBuffer _z = Operands.Numbers(Count), _a = Operands.Numbers(Count);

    /// <summary>Zeros, which stay zeros however often they are multiplied.</summary>
    readonly AlignedBuffer _delta = new(Count);

    [Benchmark(OperationsPerInvoke = Count)]
    public void Apply() => ActivationKernels.Activate<TActivation>(_z.Pointer, _a.Pointer, Count, 1, Count);

    [Benchmark(OperationsPerInvoke = Count)]
    public void MultiplyByDerivative() => ActivationKernels.MultiplyByDerivative<TActivation>(_delta.Pointer, _a.Pointer, _z.Pointer, Count, 1, Count);
}
