using System.Runtime.CompilerServices;

namespace GenNet.Tests.Networks;

/// <summary>A network's own array types.</summary>
public class FixedSizeTests
{
    [Fact]
    public void They_have_the_networks_sizes()
    {
        Assert.Equal(sizeof(float) * Regressor.InputSize, Unsafe.SizeOf<Regressor.InputArray>());
        Assert.Equal(sizeof(float) * Regressor.OutputSize, Unsafe.SizeOf<Regressor.OutputArray>());
    }

    [Fact]
    public void Forward_gives_the_bits_that_it_gives_for_spans()
    {
        var network = new Regressor(3);
        Regressor.InputArray input = default;
        for (var i = 0; i < Regressor.InputSize; i++)
            input[i] = MathF.Sin(i);
        var expected = new float[Regressor.OutputSize];
        network.Forward(input, expected);
        Assert.Contains(expected, value => value != 0);

        network.Forward(input);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var output = network.Forward(input);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(expected, ((ReadOnlySpan<float>)output).ToArray());
    }
}
