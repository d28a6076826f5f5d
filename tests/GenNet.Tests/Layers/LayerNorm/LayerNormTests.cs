using GenNet.Tests.Reference;

namespace GenNet.Tests.Layers;

[Network(5)]
[Dense(2)]
[LayerNorm(Activation.Tanh)]
[Dense(1)]
sealed partial class NarrowNormalized;

public class LayerNormTests
{
    /// <summary>A dense layer whose two units leave padding in their panel: its padded weights once grew without bound, and after 229 steps took the others along.</summary>
    [Fact]
    public void A_narrow_layer_below_a_layer_norm_learns_as_the_naive_network()
    {
        var network = new NarrowNormalized(1);
        var trainer = network.CreateTrainer(new Sgd(0.1), 16);
        var weights = Enumerable.Repeat(1.0, 16).ToArray();
        var random = new Random(2);
        float[] inputs = new float[16 * 5], targets = new float[16];
        for (var step = 1; step <= 400; step++)
        {
            foreach (ref var x in inputs.AsSpan())
                x = 2 * random.NextSingle() - 1;
            for (var sample = 0; sample < 16; sample++)
                targets[sample] = inputs[5 * sample] > inputs[5 * sample + 1] ? 1 : 0;
            // From the same weights: with two units, rounding would grow from step to step.
            var (expected, _, _, _) = new NaiveModel(network).LossAndGradients(
                [.. inputs.Chunk(5).Select(row => row.Select(x => (double)x).ToArray())], [.. targets.Select(y => new double[] { y })], weights);
            Assert.Equal(expected, trainer.Step(inputs, targets), 1e-3);
        }
    }
}
