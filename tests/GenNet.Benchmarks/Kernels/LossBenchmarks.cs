using BenchmarkDotNet.Attributes;
using GenNet.Activations;
using GenNet.Losses;
using GenNet.Runtime;

namespace GenNet.Benchmarks.Kernels;

/// <summary>The losses of a batch and their δ; times of one sample.</summary>
public unsafe class LossBenchmarks
{
    const int Rows = 128, Classes = 10;

    readonly int[] _labels = GC.AllocateArray<int>(Rows, pinned: true);
    readonly AlignedBuffer _numbers = Operands.Numbers(Rows * Classes);
    readonly Targets _ofLabels = new(Classes), _ofNumbers = new(Classes);
    readonly DenseTraining _classes = Outputs(Classes), _two = Outputs(2), _one = Outputs(1);

    [GlobalSetup]
    public void Setup()
    {
        for (var row = 0; row < Rows; row++)
            _labels[row] = row % Classes;
        fixed (int* labels = _labels)
            _ofLabels.Set(labels, null);
        _ofNumbers.Set(null, _numbers.Pointer);
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public void CrossEntropyOf10Classes() => Loss<SoftmaxCrossEntropyHead>(_classes, _ofLabels);

    [Benchmark(OperationsPerInvoke = Rows)]
    public void CrossEntropyOf10Probabilities() => Loss<SoftmaxCrossEntropyHead>(_classes, _ofNumbers);

    [Benchmark(OperationsPerInvoke = Rows)]
    public void MeanSquaredErrorOf2Outputs() => Loss<ElementwiseHead<MeanSquaredError, Identity>>(_two, _ofNumbers);

    [Benchmark(OperationsPerInvoke = Rows)]
    public void HuberOf10Outputs() => Loss<ElementwiseHead<Huber, Identity>>(_classes, _ofNumbers);

    [Benchmark(OperationsPerInvoke = Rows)]
    public void BinaryCrossEntropyOf1Output() => Loss<SigmoidCrossEntropyHead>(_one, _ofNumbers);

    static void Loss<THead>(DenseTraining layer, Targets targets) where THead : struct, ILossHead => layer.Loss<THead>(targets, Rows, Operands.AllOf(Rows));

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
