namespace GenNet.Tests.Networks;

public sealed class TensorTests
{
    [Fact]
    public void Tensors_have_the_names_and_shapes_of_a_sequential_of_the_same_modules()
    {
        var network = new Regressor(1);
        Assert.Equal(
            ["0.weight [70, 40]", "0.bias [70]", "2.weight [33, 70]", "2.bias [33]", "4.weight [2, 33]", "4.bias [2]"],
            network.Parameters.Tensors.Select(tensor => tensor.ToString()));
        Assert.Equal(Regressor.ParameterCount, network.Parameters.Tensors.Sum(tensor => tensor.Length));
        Assert.Equal(Regressor.ParameterCount, Regressor.Architecture.ParameterCount);
        Assert.Equal(Regressor.MultiplyAdds, Regressor.Architecture.MultiplyAdds);
    }

    [Fact]
    public void Tensors_copy_the_values_that_the_layers_show()
    {
        var network = new Regressor(1);
        var weights = network.Parameters.Tensors[2];
        var values = new float[weights.Length];
        weights.CopyTo(values);
        Assert.Equal(network.Layer2.Weights[3, 5], values[3 * 70 + 5]);

        values[3 * 70 + 5] = 42;
        weights.CopyFrom(values);
        Assert.Equal(42, network.Layer2.Weights[3, 5]);

        network.Parameters.Tensors[3].CopyFrom(Enumerable.Range(0, 33).Select(i => (float)i).ToArray());
        Assert.Equal(7, network.Layer2.Biases[7]);
    }

    [Fact]
    public void Another_length_is_refused()
    {
        var tensor = new Regressor(1).Parameters.Tensors[0];
        Assert.Contains("0.weight [70, 40] has 2800 elements, got 63", Assert.Throws<ArgumentException>(() => { tensor.CopyTo(new float[63]); }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => { tensor.CopyFrom(new float[65]); });
    }
}
