using GenNet.Shared;

namespace GenNet.Tests.Layers;

/// <summary>Of equal pixels the first, in row order, gets the gradient: no other gets any, for windows side by side, over each other and in padding.</summary>
public sealed class MaxPoolTieTests
{
    [Theory]
    [InlineData(1, 2, "")]
    [InlineData(5, 2, "")]
    [InlineData(17, 2, "")]
    [InlineData(40, 3, ", Stride = 1")]
    [InlineData(3, 2, ", Stride = 1, Padding = Padding.Same")]
    [InlineData(2, 3, ", Stride = 2, PaddingSize = 1")]
    public void The_first_of_equal_pixels_gets_the_gradient(int channels, int size, string settings)
    {
        var network = (INetwork)Activator.CreateInstance(
            InMemoryCompiler.Load($"using GenNet; [Network] [Image(6, 6, {channels})] [MaxPool2D({size}{settings})] [Flatten] [Dense(1)] public sealed partial class Net;").GetType("Net")!, 1UL)!;
        var trainer = network.CreateTrainer(new Sgd(0.1), 1, inputGradients: true);
        var inputs = new float[network.InputSize];
        Array.Fill(inputs, 0.5f);
        trainer.Backward(inputs, [3f]);

        var window = ((PoolLayer)network.Architecture.Layers[0]).Window;
        var first = new HashSet<(int Y, int X)>();
        for (var y = 0; y < window.OutputHeight; y++)
            for (var x = 0; x < window.OutputWidth; x++)
                first.Add((Math.Max(0, y * window.Stride.Height - window.Top), Math.Max(0, x * window.Stride.Width - window.Left)));
        for (var pixel = 0; pixel < 36; pixel++)
            for (var c = 0; c < channels; c++)
                Assert.Equal(first.Contains((pixel / 6, pixel % 6)), trainer.InputGradients[pixel * channels + c] != 0);
    }
}
