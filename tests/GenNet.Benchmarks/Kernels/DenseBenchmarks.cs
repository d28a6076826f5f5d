using BenchmarkDotNet.Attributes;
using GenNet.Activations;
using GenNet.Runtime;

namespace GenNet.Benchmarks.Kernels;

/// <summary>The three products of a dense layer over a batch, by the register tile.</summary>
public unsafe class DenseBenchmarks
{
    DenseTraining _layer = null!;
    InputTraining _below = null!;
    AlignedBuffer _inputs = null!;
    GradientUse<Sgd> _use = null!;

    [ParamsSource(nameof(Sizes))]
    public LayerSize Size { get; set; }

    public static IEnumerable<LayerSize> Sizes =>
    [
        new(32, 4, 16), new(32, 16, 16), new(32, 16, 2),
        new(128, 64, 4), new(128, 64, 8), new(128, 64, 16), new(128, 64, 64),
        new(128, 784, 128), new(128, 512, 256),
    ];

    Share All => Operands.AllOf(Size.Rows);

    Rows X => new(_inputs.Pointer, Size.Inputs, Size.Rows);

    [GlobalSetup]
    public void Setup()
    {
        var weights = Operands.Dense(Size, out var shape);
        _use = new GradientUse<Sgd>(weights, new GradientSums(weights.Like()), new OptimizerStates(weights, []));
        _use.Keep();
        _use.At(before: 0, rows: Size.Rows, samples: Size.Rows);
        _inputs = Operands.Numbers(Size.Rows * Size.Inputs);
        _layer = new DenseTraining(weights, shape, Size.Rows, threads: 1, keepsPreactivation: false);
        _below = new InputTraining(Size.Inputs, Size.Rows, copies: true, gradients: true);
    }

    [Benchmark]
    public void Forward() => _layer.Forward<Identity>(X, All);

    [Benchmark]
    public void InputGradient() => _layer.InputGradient(_below, All);

    [Benchmark]
    public void WeightGradient() => _layer.Gradient(X, _use, All);
}
