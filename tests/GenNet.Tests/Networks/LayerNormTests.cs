namespace GenNet.Tests.Networks;

[Network(5)]
[Dense(2)]
[LayerNorm(Activation.Tanh)]
[Dense(1)]
sealed partial class NarrowNormalized;

public class LayerNormTests
{
    /// <summary>A dense layer whose two units leave padding in their panel: its padded weights once grew without bound, and took the others along.</summary>
    [Fact]
    public void A_narrow_layer_below_a_layer_norm_learns()
    {
        var trainer = new NarrowNormalized(1).CreateTrainer(new Sgd(0.1), 16);
        var random = new Random(2);
        float[] inputs = new float[16 * 5], targets = new float[16];
        var last = 0.0;
        for (var step = 1; step <= 400; step++)
        {
            foreach (ref var x in inputs.AsSpan())
                x = 2 * random.NextSingle() - 1;
            for (var sample = 0; sample < 16; sample++)
                targets[sample] = inputs[5 * sample] > inputs[5 * sample + 1] ? 1 : 0;
            last = trainer.Step(inputs, targets);
        }
        Assert.Equal(0.18, last, 0.01);
    }
}
