namespace GenNet.Tests.Layers;

[Network(4, Loss = Loss.MeanSquaredError)]
[Dense(64, Activation.Tanh)]
[Dropout(0.25)]
[Dense(3)]
sealed partial class Dropped;

[Network(4, Loss = Loss.MeanSquaredError)]
[Dense(64, Activation.Tanh)]
[Dense(3)]
sealed partial class NotDropped;

[Network(Loss = Loss.MeanSquaredError)]
[Sequence(5, 4)]
[Dense(64, Activation.Tanh)]
[Dropout(0.5)]
[Flatten]
sealed partial class DroppedSteps;

public sealed class DropoutTests
{
    /// <summary>Every unit gives the same at each step, so its bias's gradient is that of all steps or of none.</summary>
    [Fact]
    public void A_sample_drops_the_same_units_at_all_of_its_steps()
    {
        var network = new DroppedSteps(1);
        network.Layer1.Weights.CopyFrom(new float[256]);
        network.Layer1.Biases.Fill(0.5f);
        var trainer = network.CreateTrainer(new Sgd(0), 3);
        trainer.Backward(new float[60], new float[3 * 320], [0, 1, 0]);
        var gradients = trainer.GradientBlock.Dense(0).Biases.ToArray();
        Assert.Equal(2, gradients.Distinct().Count());
        Assert.InRange(gradients.Count(gradient => gradient == 0), 10, 54);
    }

    [Fact]
    public void Inference_and_evaluation_drop_nothing()
    {
        var (network, plain) = (new Dropped(1), new NotDropped(1));
        CopyWeights(network, plain);
        float[] expected = new float[3], actual = new float[3];
        plain.Forward([1, 2, 3, 4], expected);
        network.Forward([1, 2, 3, 4], actual);
        Assert.Equal(expected, actual);
        Assert.Equal(
            plain.CreateTrainer(new Sgd(0.1), 1).Loss([1, 2, 3, 4], [1f, 2, 3]),
            network.CreateTrainer(new Sgd(0.1), 1).Loss([1, 2, 3, 4], [1f, 2, 3]));
    }

    /// <summary>A loss linear in the activations: with one unit of input, ∂L/∂W of the layer above is its mask.</summary>
    [Fact]
    public void The_share_of_units_dropped_is_the_rate_and_the_others_are_scaled()
    {
        var network = new Dropped(1);
        network.Layer1.Weights.CopyFrom(new float[256]);
        network.Layer1.Biases.Fill(0.5f);
        var trainer = network.CreateTrainer(new Sgd(0), 1);
        trainer.Seed = 7;
        var (dropped, units) = (0, 0);
        for (var batch = 0; batch < 200; batch++)
        {
            trainer.Backward([0, 0, 0, 0], [100f, 100, 100]);
            var (a, delta) = (MathF.Tanh(0.5f), trainer.Gradients.Layer3.Biases[0]);
            for (var unit = 0; unit < 64; unit++, units++)
            {
                var gradient = trainer.Gradients.Layer3.Weights[0, unit];
                if (gradient == 0)
                    dropped++;
                else
                    Assert.Equal(1 / 0.75, gradient / (a * delta), 1e-5);
                Assert.Equal(gradient == 0, trainer.Gradients.Layer1.Biases[unit] == 0);
            }
        }
        // 12,800 draws: three standard deviations are 0.0115.
        Assert.InRange((double)dropped / units, 0.25 - 0.0115, 0.25 + 0.0115);
    }

    [Fact]
    public void Masks_follow_from_the_seed_and_differ_from_batch_to_batch_and_sample_to_sample()
    {
        Assert.Equal(Gradients(seed: 1), Gradients(seed: 1));
        Assert.NotEqual(Gradients(seed: 1)[0], Gradients(seed: 2)[0]);
        Assert.NotEqual(Gradients(seed: 1)[0], Gradients(seed: 1)[1]);

        var network = new Dropped(1);
        var trainer = network.CreateTrainer(new Sgd(0), 2);
        trainer.Backward([1, 2, 3, 4, 1, 2, 3, 4], [1f, 2, 3, 1, 2, 3]);
        var both = trainer.Gradients.Layer3.Weights[0, 0];
        Assert.Contains(
            Enumerable.Range(0, 64),
            unit => trainer.Gradients.Layer3.Weights[0, unit] != 0 && Math.Abs(trainer.Gradients.Layer3.Weights[0, unit] / Single(unit) - 1) > 0.01);

        float Single(int unit)
        {
            var alone = network.CreateTrainer(new Sgd(0), 1);
            alone.Backward([1, 2, 3, 4], [1f, 2, 3]);
            return alone.Gradients.Layer3.Weights[0, unit];
        }
    }

    [Fact]
    public void A_trainer_that_continues_another_draws_the_same_masks()
    {
        var (first, second) = (new Dropped(1), new Dropped(1));
        var trainer = first.CreateTrainer(new Adam(), 1);
        trainer.Seed = 5;
        trainer.Step([1, 2, 3, 4], [1f, 2, 3]);
        var successor = second.CreateTrainer(new Adam(), 1);
        successor.CopyStateFrom(trainer);
        second.Parameters.CopyFrom(first.Parameters);
        trainer.Step([1, 2, 3, 4], [1f, 2, 3]);
        successor.Step([1, 2, 3, 4], [1f, 2, 3]);
        Assert.Equal(first.Hash(), second.Hash());
    }

    static float[][] Gradients(ulong seed)
    {
        var trainer = new Dropped(1).CreateTrainer(new Sgd(0), 1);
        trainer.Seed = seed;
        return [.. Enumerable.Range(0, 2).Select(_ =>
        {
            trainer.Backward([1, 2, 3, 4], [1f, 2, 3]);
            var gradient = new float[192];
            trainer.Gradients.Layer3.Weights.CopyTo(gradient);
            return gradient;
        })];
    }

    static void CopyWeights(Dropped from, NotDropped to)
    {
        var values = new float[256];
        foreach (var (source, target) in from.Parameters.Tensors.Zip(to.Parameters.Tensors))
        {
            source.CopyTo(values.AsSpan(0, source.Length));
            target.CopyFrom(values.AsSpan(0, source.Length));
        }
    }
}
