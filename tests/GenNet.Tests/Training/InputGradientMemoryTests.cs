namespace GenNet.Tests.Training;

[Network]
[Image(32, 32, 64)]
[Conv2D(64, 3, Padding = Padding.Same)]
[GlobalAveragePool2D]
sealed partial class FirstConvolution;

[Network]
[Image(32, 32, 64)]
[DepthwiseConv2D(3, Padding = Padding.Same)]
[GlobalAveragePool2D]
sealed partial class FirstDepthwise;

[Network]
[Image(32, 32, 64)]
[Conv2D(64, 3, Groups = 4, Padding = Padding.Same)]
[GlobalAveragePool2D]
sealed partial class FirstGroups;

/// <summary>Gradients of the inputs cost nothing where nobody asks for them.</summary>
public sealed class InputGradientMemoryTests
{
    /// <summary>An image of 64 channels with zeros around it, which the gradient of the inputs alone needs, takes 296 KB beside the gradients themselves and their copy.</summary>
    [Fact]
    public void A_first_layer_takes_no_memory_for_them()
    {
        foreach (var network in new INetwork[] { new FirstConvolution(1), new FirstDepthwise(1), new FirstGroups(1) })
        {
            Allocated(network, inputGradients: false);
            var (without, with) = (Allocated(network, inputGradients: false), Allocated(network, inputGradients: true));
            Assert.True(with - without > 2 * network.InputSize * sizeof(float) + 250_000, $"{network.Architecture}: {without} bytes without, {with} with.");
        }
    }

    /// <summary>Bytes of a trainer that has made a step.</summary>
    static long Allocated(INetwork network, bool inputGradients)
    {
        var (inputs, targets) = (new float[network.InputSize], new float[network.OutputSize]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        network.CreateTrainer(new Sgd(0.01), 1, inputGradients).Step(inputs, targets);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
