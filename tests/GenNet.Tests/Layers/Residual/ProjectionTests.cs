using GenNet.Testing;
using GenNet.Tool.Models;

namespace GenNet.Tests.Layers;

/// <summary>Residual connections whose input goes through a layer of its own, beside what PyTorch and the naive network say of them.</summary>
public sealed class ProjectionTests
{
    /// <summary>Of every number of pixels and every number that is left, of height and width each by itself.</summary>
    [Fact]
    public void The_stride_is_the_smallest_that_fits()
    {
        for (var pixels = 1; pixels <= 20; pixels++)
            for (var left = 1; left <= pixels; left++)
            {
                // A kernel that leaves so many, and a projection around it.
                var builder = new ArchitectureBuilder(3).Image(pixels, 4).Conv2D(4, pixels - left + 1, 3, Activation.Identity);
                var stride = Enumerable.Range(1, pixels).FirstOrDefault(stride => (pixels + stride - 1) / stride == left);
                if (stride == 0)
                {
                    Assert.Throws<InvalidOperationException>(() => builder.Residual(1, Activation.Identity, projection: true));
                    continue;
                }
                var residual = (ResidualLayer)builder.Residual(1, Activation.Identity, projection: true).GlobalMaxPool2D().Build("", "").Layers[1];
                var window = ((Conv2DLayer)residual.Projection!).Window;
                Assert.Equal((new Size2D(stride, 2), left, 2, 1, 1, 0, 0), (window.Stride, window.OutputHeight, window.OutputWidth, window.Height, window.Width, window.Top, window.Left));
            }
        Assert.Throws<InvalidOperationException>(() => new ArchitectureBuilder(3).Image(2, 2).UpSampling2D(2, 2).Residual(1, Activation.Identity, projection: true));
    }

    /// <summary>The numbers that MLPerf Tiny publishes of its ResNet-8: 78,666 parameters, those of statistics with them.</summary>
    [Fact]
    public void ResNet_8_has_the_parameters_of_MLPerf_Tiny()
    {
        var layers = TinyResNet.Architecture.Layers;
        Assert.Equal(78_666, layers.Sum(layer => layer.ParameterCount + layer.StatisticCount));
        Assert.Equal(12_501_632, layers.Select((layer, index) => layer is NormLayer or PoolLayer ? 0 : layer.MultiplyAdds * TinyResNet.Architecture.PositionsBehind(index + 1)).Sum());
        var projections = layers.OfType<ResidualLayer>().Select(layer => layer.Projection?.Schema ?? "").ToArray();
        Assert.Equal(["", "Conv2D 32×32×16→16×16×32 1×1 stride 2", "Conv2D 16×16×32→8×8×64 1×1 stride 2"], projections);
    }

    [Fact]
    public void A_projection_is_part_of_its_layer()
    {
        var net = new TinyResNet(seed: 1);
        Assert.Equal(["15.weight [32, 16, 1, 1]", "15.bias [32]"], net.Parameters.Tensors.Where(tensor => tensor.Layer == 11).Select(tensor => tensor.ToString()));
        Assert.Equal(net.Layer12[filter: 3, channel: 7, row: 0, column: 0], net.Parameters.Conv2D(11).Weights[3, 7]);
        Assert.Same(net.Layer12.Weights, net.Parameters.Conv2D(11).Weights);
        var flat = new Narrower(seed: 1);
        Assert.Same(flat.Layer3.Weights, flat.Parameters.Dense(2).Weights);
        Assert.Equal((4, 3), (flat.Layer3.Inputs, flat.Layer3.Outputs));
    }

    /// <summary>Glorot's limit for a layer of these inputs and outputs, whatever the activation of the sum.</summary>
    [Fact]
    public void Weights_of_a_projection_start_as_those_of_a_layer_without_activation()
    {
        var limit = Math.Sqrt(6.0 / (16 + 32));
        var largest = 0f;
        var net = new TinyResNet(seed: 1);
        for (var filter = 0; filter < 32; filter++)
            for (var channel = 0; channel < 16; channel++)
                largest = Math.Max(largest, Math.Abs(net.Layer12.Weights[filter, channel]));
        Assert.InRange(largest, 0.97 * limit, limit);
        Assert.All(Enumerable.Range(0, 32), filter => Assert.Equal(0, net.Layer12.Biases[filter]));
    }

    [Fact]
    public void A_description_has_the_layers_of_the_network()
    {
        foreach (var architecture in new[] { TinyResNet.Architecture, Narrower.Architecture })
            Assert.Equal(architecture.Layers.Select(layer => layer.ToString()), NetworkText.Parse(architecture.Schema).Layers.Select(layer => layer.ToString()));
    }

    [Fact]
    public void A_frozen_projection_stays_and_passes_gradients_on()
    {
        var (net, random) = (new Narrower(seed: 1), new RandomStream(1));
        var trainer = net.CreateTrainer(new Sgd(0.1), batchSize: 5, inputGradients: true);
        trainer.Layers[2].IsFrozen = true;
        var before = (net.Layer3.Weights[0, 0], net.Layer3.Biases[0], net.Layer1.Weights[0, 0]);
        float[] inputs = new float[20], targets = new float[15];
        random.NextNormals(inputs);
        random.NextNormals(targets);
        trainer.Step(inputs, targets);
        Assert.Equal((before.Item1, before.Item2), (net.Layer3.Weights[0, 0], net.Layer3.Biases[0]));
        Assert.NotEqual(before.Item3, net.Layer1.Weights[0, 0]);
    }

    [Fact]
    public void All_checks_of_networks_pass()
    {
        NetworkCheck.All(new Narrower(seed: 1));
        NetworkCheck.All(new Blocks(seed: 1));
    }
}

[Network(4)]
[Dense(8, Activation.Tanh)]
[Dense(3)]
[Residual(2, Activation.ReLU, Projection = true)]
sealed partial class Narrower;

[Network]
[Image(6, 5, 2)]
[Conv2D(5, 3, Activation.Tanh, Padding = Padding.Same)]
[Conv2D(9, 3, Stride = 2, Padding = Padding.Same)]
[BatchNorm(Activation.Tanh)]
[Conv2D(9, 1)]
[BatchNorm]
[Residual(4, Activation.Tanh, Projection = true)]
[GlobalAveragePool2D]
[Dense(3, Activation.Softmax)]
sealed partial class Blocks;

/// <summary>MLPerf Tiny's image classification.</summary>
[Network]
[Image(32, 32, 3)]
[Conv2D(16, 3, Padding = Padding.Same)]
[BatchNorm(Activation.ReLU)]
[Conv2D(16, 3, Padding = Padding.Same)]
[BatchNorm(Activation.ReLU)]
[Conv2D(16, 3, Padding = Padding.Same)]
[BatchNorm]
[Residual(4, Activation.ReLU)]
[Conv2D(32, 3, Stride = 2, Padding = Padding.Same)]
[BatchNorm(Activation.ReLU)]
[Conv2D(32, 3, Padding = Padding.Same)]
[BatchNorm]
[Residual(4, Activation.ReLU, Projection = true)]
[Conv2D(64, 3, Stride = 2, Padding = Padding.Same)]
[BatchNorm(Activation.ReLU)]
[Conv2D(64, 3, Padding = Padding.Same)]
[BatchNorm]
[Residual(4, Activation.ReLU, Projection = true)]
[GlobalAveragePool2D]
[Dense(10, Activation.Softmax)]
sealed partial class TinyResNet;
