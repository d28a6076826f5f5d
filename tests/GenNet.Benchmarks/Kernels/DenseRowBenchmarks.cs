using BenchmarkDotNet.Attributes;
using GenNet.Activations;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet.Benchmarks.Kernels;

/// <summary>A dense layer for one sample.</summary>
public unsafe class DenseRowBenchmarks
{
    DenseShape _shape;
    ParameterBlock _weights = null!;
    AlignedBuffer _inputs = null!, _outputs = null!, _delta = null!, _below = null!;

    [ParamsSource(nameof(Sizes))]
    public LayerSize Size { get; set; }

    public static IEnumerable<LayerSize> Sizes => [new(1, 8, 32), new(1, 17, 64), new(1, 64, 64), new(1, 64, 6), new(1, 784, 128), new(1, 128, 64)];

    [GlobalSetup]
    public void Setup()
    {
        _weights = Operands.Dense(Size, out _shape);
        _inputs = Operands.Numbers(PanelLayout.RowStride(Size.Inputs));
        _outputs = new AlignedBuffer(PanelLayout.RowStride(Size.Outputs));
        _delta = Operands.Numbers(PanelLayout.RowStride(Size.Outputs));
        _below = new AlignedBuffer(PanelLayout.RowStride(Size.Inputs));
    }

    [Benchmark]
    public void ForwardOfOneSample() => Dense.Forward<Identity>(_shape, ref _weights.Reference, ref _inputs.Span[0], ref _outputs.Span[0]);

    [Benchmark]
    public void InputGradientOfOneSample() => SampleKernels.InputGradient<Identity>(_shape, _weights.Pointer, _delta.Pointer, _inputs.Pointer, _below.Pointer);
}
