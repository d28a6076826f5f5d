using BenchmarkDotNet.Attributes;
using GenNet.Kernels;

namespace GenNet.Benchmarks.Kernels;

/// <summary>A panel of weights transposed; times of one element.</summary>
public unsafe class TransposeBenchmarks
{
    const int Side = PanelLayout.Width, Count = Side * Side;

    readonly AlignedBuffer _source = Operands.Numbers(Count), _target = new(Count);

    [Benchmark(OperationsPerInvoke = Count)]
    public void Copy() => MatrixTranspose.Copy(_source.Pointer, Side, _target.Pointer, Side, Side, Side);
}
