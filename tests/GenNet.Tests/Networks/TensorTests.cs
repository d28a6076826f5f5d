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
    public void Single_elements_are_read_and_written()
    {
        var network = new Regressor(1);
        foreach (var tensor in network.Parameters.Tensors)
        {
            var values = new float[tensor.Length];
            tensor.CopyTo(values);
            for (var i = 0; i < values.Length; i++)
            {
                ref var value = ref values[i];
                Assert.Equal(value, tensor.Shape.Count == 1 ? tensor[i] : tensor[i / tensor.Shape[1], i % tensor.Shape[1]]);
                value = i + 0.25f;
                if (tensor.Shape.Count == 1)
                    tensor[i] = value;
                else
                    tensor[i / tensor.Shape[1], i % tensor.Shape[1]] = value;
            }
            var written = new float[tensor.Length];
            tensor.CopyTo(written);
            Assert.Equal(values, written);
        }
        Assert.Equal(33 + 7 + 0.25f, network.Layer3.Weights[1, 7]);
    }

    [Fact]
    public void What_is_written_is_seen_by_what_is_folded_into_the_weights()
    {
        var network = new NormalizedClassifier(1);
        float[] x = [1, -2, 3, 0.5f, 0], before = new float[3], after = new float[3];
        foreach (var tensor in network.Parameters.Tensors)
        {
            network.Forward(x, before);
            if (tensor.Shape.Count == 1)
                tensor[2] += 0.75f;
            else
                tensor[2, 2] += 0.75f;
            network.Forward(x, after);
            Assert.NotEqual(before, after);
        }
    }

    [Theory]
    [InlineData(33, 0, "output", "2.weight [33, 70] has 33 outputs, counted from 0.")]
    [InlineData(-1, 0, "output", "2.weight [33, 70] has 33 outputs, counted from 0.")]
    [InlineData(0, 70, "input", "2.weight [33, 70] has 70 inputs, counted from 0.")]
    [InlineData(32, -1, "input", "2.weight [33, 70] has 70 inputs, counted from 0.")]
    public void An_index_outside_a_matrix_is_named_with_the_shape(int output, int input, string parameter, string message)
    {
        var network = new Regressor(1);
        var (tensor, hash) = (network.Parameters.Tensors[2], network.Hash());
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(parameter, () => tensor[output, input]).Message, StringComparison.Ordinal);
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(parameter, () => tensor[output, input] = 1).Message, StringComparison.Ordinal);
        message = message.Replace("2.weight [33, 70] has", "The weights [33, 70] have", StringComparison.Ordinal);
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(parameter, () => network.Layer2.Weights[output, input]).Message, StringComparison.Ordinal);
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(parameter, () => network.Layer2.Weights[output, input] = 1).Message, StringComparison.Ordinal);
        Assert.Equal(hash, network.Hash());
    }

    [Theory]
    [InlineData(33)]
    [InlineData(-1)]
    public void An_index_outside_a_vector_is_named_with_the_shape(int unit)
    {
        var network = new Regressor(1);
        var (tensor, hash) = (network.Parameters.Tensors[3], network.Hash());
        Assert.StartsWith("2.bias [33] has 33 elements, counted from 0.", Assert.Throws<ArgumentOutOfRangeException>("unit", () => tensor[unit]).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("unit", () => tensor[unit] = 1);
        Assert.StartsWith("The vector has 33 elements, counted from 0.", Assert.Throws<ArgumentOutOfRangeException>("index", () => network.Layer2.Biases[unit]).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("index", () => network.Layer2.Biases[unit] = 1);
        Assert.Equal(hash, network.Hash());
    }

    [Fact]
    public void A_matrix_has_two_indices_and_a_vector_one()
    {
        var network = new Regressor(1);
        Assert.Equal("2.weight [33, 70] is a matrix: its elements have two indices, output and input.", Assert.Throws<InvalidOperationException>(() => network.Parameters.Tensors[2][0]).Message);
        Assert.Equal("2.bias [33] is a vector: its elements have one index.", Assert.Throws<InvalidOperationException>(() => network.Parameters.Tensors[3][0, 0]).Message);
    }

    [Fact]
    public void Another_length_is_refused()
    {
        var tensor = new Regressor(1).Parameters.Tensors[0];
        Assert.Contains("0.weight [70, 40] has 2800 elements, got 63", Assert.Throws<ArgumentException>(() => { tensor.CopyTo(new float[63]); }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => { tensor.CopyFrom(new float[65]); });
    }
}
