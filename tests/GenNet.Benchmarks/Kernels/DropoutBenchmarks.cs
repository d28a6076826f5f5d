using BenchmarkDotNet.Attributes;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet.Benchmarks.Kernels;

/// <summary>Dropout, with the drawing of its mask, and its way back; times of one element.</summary>
public unsafe class DropoutBenchmarks
{
    const int Rows = 128, Units = 128, Count = Rows * Units;

    readonly AlignedBuffer _inputs = Operands.Numbers(Rows * PanelLayout.RowStride(Units));
    readonly DropoutTraining _dropout = new(layer: 0, Units, rate: 0.5, Rows, threads: 1, keepsPreactivation: false);
    readonly InputTraining _below = new(Units, Rows, copies: true, gradients: true);

    [Benchmark(OperationsPerInvoke = Count)]
    public void Forward() => _dropout.Forward(new(_inputs.Pointer, PanelLayout.RowStride(Units), Rows), Operands.AllOf(Rows));

    [Benchmark(OperationsPerInvoke = Count)]
    public void InputGradient() => _dropout.InputGradient(_below, Operands.AllOf(Rows));
}
