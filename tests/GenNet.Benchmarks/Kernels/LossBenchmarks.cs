using BenchmarkDotNet.Attributes;
using GenNet.Activations;
using GenNet.Layers;
using GenNet.Losses;

namespace GenNet.Benchmarks.Kernels;

/// <summary>The losses of a batch and their δ; times of one sample.</summary>
public unsafe class LossBenchmarks
{
    const int Rows = 128, Classes = 10;

    readonly int[] _labels = GC.AllocateArray<int>(Rows, pinned: true);
    readonly AlignedBuffer _targets = Operands.Numbers(Rows * Classes);
    readonly DenseTraining _classes = Outputs(Classes), _two = Outputs(2), _one = Outputs(1);

    [GlobalSetup]
    public void Setup()
    {
        for (var row = 0; row < Rows; row++)
            _labels[row] = row % Classes;
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public void CrossEntropyOf10Classes()
    {
        fixed (int* labels = _labels)
            _classes.Loss<SoftmaxCrossEntropyHead>(new Targets(labels), Rows, Operands.AllOf(Rows));
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public void CrossEntropyOfProbabilities() => _classes.Loss<SoftmaxCrossEntropyHead>(new Targets(_targets.Pointer), Rows, Operands.AllOf(Rows));

    [Benchmark(OperationsPerInvoke = Rows)]
    public void MeanSquaredErrorOf2Outputs() => _two.Loss<ElementwiseHead<MeanSquaredError, Identity>>(new Targets(_targets.Pointer), Rows, Operands.AllOf(Rows));

    [Benchmark(OperationsPerInvoke = Rows)]
    public void HuberOf10Outputs() => _classes.Loss<ElementwiseHead<Huber, Identity>>(new Targets(_targets.Pointer), Rows, Operands.AllOf(Rows));

    [Benchmark(OperationsPerInvoke = Rows)]
    public void BinaryCrossEntropyOf1Output() => _one.Loss<SigmoidCrossEntropyHead>(new Targets(_targets.Pointer), Rows, Operands.AllOf(Rows));

    static DenseTraining Outputs(int outputs)
    {
        const int Inputs = 8;
        var weights = Operands.Dense(new(Rows, Inputs, outputs), out var shape);
        var layer = new DenseTraining(weights, shape, Rows, threads: 1, keepsPreactivation: true);
        var inputs = Operands.Numbers(Rows * Inputs);
        layer.Forward<Identity>(new(inputs.Pointer, Inputs, Rows), Operands.AllOf(Rows));
        GC.KeepAlive(inputs);
        return layer;
    }
}
