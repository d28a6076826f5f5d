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

        var output = network.Forward(input);
        NetworkContractTests.AssertAllocatesNothing(() => output = network.Forward(input));
        Assert.Equal(expected, ((ReadOnlySpan<float>)output).ToArray());
    }

    [Fact]
    public void A_collection_expression_is_an_input_and_allocates_nothing()
    {
        var network = new SmallRegressor(3);
        var expected = new float[SmallRegressor.OutputSize];
        network.Forward([1f, 2, 3], expected);
        var output = network.Forward([1f, 2, 3]);
        Assert.Equal(expected, ((ReadOnlySpan<float>)output).ToArray());
        var (two, last) = (2f, new float[] { 3 });
        output = network.Forward([1, two, .. last]);
        Assert.Equal(expected, ((ReadOnlySpan<float>)output).ToArray());

        SmallRegressor.InputArray input = [1, 2, 3];
        var sum = 0f;
        foreach (var feature in input)
            sum += feature;
        Assert.Equal(6, sum);
        Assert.Contains("SmallRegressor expects 3 inputs, got 2.", Assert.Throws<ArgumentException>(() => network.Forward([1, .. last])).Message, StringComparison.Ordinal);

        NetworkContractTests.AssertAllocatesNothing(() => output = network.Forward([1f, 2, 3]));
        NetworkContractTests.AssertAllocatesNothing(() => output = network.Forward([two, sum, two]));
    }
}
