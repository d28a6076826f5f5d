using BenchmarkDotNet.Attributes;
using GenNet.Activations;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet.Benchmarks.Kernels;

/// <summary>Batch and layer normalisation in training; times of one element.</summary>
public unsafe class NormalizationBenchmarks
{
    const int Rows = 128, Units = 128, Count = Rows * Units;

    readonly AlignedBuffer _inputs = Operands.Numbers(Rows * PanelLayout.RowStride(Units));
    readonly InputTraining _below = new(Units, Rows, copies: true, gradients: true);
    readonly BatchNormTraining _batch;
    readonly LayerNormTraining _layer;

    public NormalizationBenchmarks()
    {
        var shape = new NormShape(Units, Offset: 0, StatisticsOffset: 2 * Units);
        _batch = new BatchNormTraining(Operands.Parameters(new BatchNormLayer(shape, Activation.Identity, 0.1f, 1e-5f)), shape, 0.1f, 1e-5f, Rows, threads: 1, keepsPreactivation: false);
        _layer = new LayerNormTraining(Operands.Parameters(new LayerNormLayer(shape, Activation.Identity, 1e-5f)), shape, 1e-5f, Rows, threads: 1, keepsPreactivation: false);
    }

    static Share All => Operands.AllOf(Rows);

    Rows X => new(_inputs.Pointer, PanelLayout.RowStride(Units), Rows);

    [GlobalSetup]
    public void Setup()
    {
        _below.Forward(X, All);
        BatchNormForward();
        LayerNormForward();
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void BatchNormForward()
    {
        _batch.Statistics(X, All);
        _batch.Forward<Identity>(X, All);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void BatchNormBackward()
    {
        _batch.Sums(X, All);
        _batch.InputGradient(_below, All);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void LayerNormForward() => _layer.Forward<Identity>(X, All);

    [Benchmark(OperationsPerInvoke = Count)]
    public void LayerNormBackward() => _layer.InputGradient(_below, All);
}
