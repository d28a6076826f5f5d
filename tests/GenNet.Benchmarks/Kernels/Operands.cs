using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet.Benchmarks.Kernels;

/// <summary>What kernels are called with: numbers between −1 and 1.</summary>
static class Operands
{
    /// <summary>All rows, by one thread, in training.</summary>
    public static Share AllOf(int rows) => new(0, 1, rows, new Pass(0, training: true, samples: rows, firstSample: 0, seed: 1, batch: 0));

    public static AlignedBuffer Numbers(int length)
    {
        var buffer = new AlignedBuffer(length);
        Fill(buffer.Span);
        return buffer;
    }

    public static ParameterBlock Parameters(Layer layer)
    {
        int End(bool statistics) => layer.Tensors.Where(place => statistics || place.Trained).Max(place => place.End);
        var parameters = new ParameterBlock(new NetworkArchitecture("", "", End(statistics: true), End(statistics: false), () => [layer]));
        Fill(parameters.Span);
        return parameters;
    }

    public static ParameterBlock Dense(LayerSize size, out DenseShape shape)
    {
        shape = new DenseShape(size.Inputs, size.Outputs, PartialSums.Count(size.Inputs, size.Outputs), Offset: 0);
        return Parameters(new DenseLayer(shape, Activation.Identity));
    }

    static void Fill(Span<float> numbers)
    {
        var random = new RandomStream(1);
        foreach (ref var number in numbers)
            number = 2 * random.NextSingle() - 1;
    }
}
