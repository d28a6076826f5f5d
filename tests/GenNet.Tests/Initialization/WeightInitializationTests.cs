using GenNet.Runtime;

namespace GenNet.Tests.Initialization;

public class WeightInitializationTests
{
    const int Inputs = 300, Outputs = 200;

    static float[] Draw(Initializer initializer, ulong seed, int inputs = Inputs, int outputs = Outputs)
    {
        var parameters = new ParameterBlock(new ArchitectureBuilder(inputs).Dense(outputs, Activation.Identity).Build("", ""));
        WeightInitialization.Fill(parameters, 0, initializer, seed);
        Assert.All(parameters.Dense(0).Biases.ToArray(), bias => Assert.Equal(0, bias));
        var weights = new float[inputs * outputs];
        parameters.Dense(0).Weights.CopyTo(weights);
        return weights;
    }

    [Theory]
    [InlineData(Initializer.GlorotUniform, 2.0 / (Inputs + Outputs))]
    [InlineData(Initializer.GlorotNormal, 2.0 / (Inputs + Outputs))]
    [InlineData(Initializer.HeUniform, 2.0 / Inputs)]
    [InlineData(Initializer.HeNormal, 2.0 / Inputs)]
    [InlineData(Initializer.LeCunUniform, 1.0 / Inputs)]
    [InlineData(Initializer.LeCunNormal, 1.0 / Inputs)]
    public void Weights_have_the_mean_variance_and_shape_of_their_distribution(Initializer initializer, double variance)
    {
        var weights = Draw(initializer, 1);
        Assert.Equal(0, weights.Average() / Math.Sqrt(variance), 0.02);
        Assert.Equal(1, weights.Average(weight => (double)weight * weight) / variance, 0.02);

        // The kurtosis of a uniform distribution is 1.8, of a normal one 3.
        var uniform = initializer.ToString().EndsWith("Uniform", StringComparison.Ordinal);
        Assert.Equal(uniform ? 1.8 : 3, weights.Average(weight => Math.Pow(weight, 4)) / (variance * variance), 0.1);
    }

    /// <summary>A transposed convolution starts as in PyTorch and Keras: its fan-in is filters × height × width, its fan-out channels × height × width.</summary>
    [Theory]
    [InlineData(Initializer.HeNormal, 2.0 / (30 * 9))]
    [InlineData(Initializer.LeCunUniform, 1.0 / (30 * 9))]
    [InlineData(Initializer.GlorotUniform, 2.0 / ((30 + 50) * 9))]
    public void Transposed_convolutions_start_as_in_PyTorch(Initializer initializer, double variance)
    {
        var parameters = new ParameterBlock(new ArchitectureBuilder(50).Image(2, 2).Conv2DTranspose(30, 3, 3, Activation.Identity).GlobalMaxPool2D().Build("", ""));
        WeightInitialization.Fill(parameters, 0, initializer, 1);
        Assert.Equal([50, 30, 3, 3], parameters.Tensors[0].Shape);
        Assert.All(parameters.Conv2DTranspose(0).Biases.ToArray(), bias => Assert.Equal(0, bias));
        var weights = new float[50 * 30 * 9];
        parameters.Tensors[0].CopyTo(weights);
        Assert.Equal(1, weights.Average(weight => (double)weight * weight) / variance, 0.04);
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(33, 7)]
    [InlineData(7, 33)]
    public void Orthogonal_rows_or_columns_are_orthonormal(int inputs, int outputs)
    {
        var weights = Draw(Initializer.Orthogonal, 2, inputs, outputs);
        double Weight(int vector, int element) => outputs <= inputs ? weights[vector * inputs + element] : weights[element * inputs + vector];
        var count = Math.Min(inputs, outputs);
        for (var v = 0; v < count; v++)
            for (var w = 0; w <= v; w++)
                Assert.Equal(v == w ? 1 : 0, Enumerable.Range(0, Math.Max(inputs, outputs)).Sum(j => Weight(v, j) * Weight(w, j)), 1e-6);
    }

    [Fact]
    public void Zeros_are_zero() => Assert.All(Draw(Initializer.Zeros, 1), weight => Assert.Equal(0, weight));

    [Fact]
    public void Seeds_and_layers_draw_different_weights_and_each_the_same_again()
    {
        Assert.Equal(Draw(Initializer.HeNormal, 1), Draw(Initializer.HeNormal, 1));
        Assert.NotEqual(Draw(Initializer.HeNormal, 1), Draw(Initializer.HeNormal, 2));
        var parameters = new ParameterBlock(new ArchitectureBuilder(4).Dense(4, Activation.Identity).Dense(4, Activation.Identity).Build("", ""));
        WeightInitialization.Fill(parameters, 0, Initializer.HeNormal, 1);
        WeightInitialization.Fill(parameters, 1, Initializer.HeNormal, 1);
        Assert.NotEqual(parameters.Dense(0).Weights[0, 0], parameters.Dense(1).Weights[0, 0]);
    }
}
