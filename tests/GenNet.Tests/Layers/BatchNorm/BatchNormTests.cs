namespace GenNet.Tests.Layers;

[Network(3)]
[Dense(6)]
[BatchNorm(Activation.ReLU)]
[Dense(2, Activation.Softmax)]
sealed partial class Normalized;

public sealed class BatchNormTests
{
    static readonly float[] Inputs = [1, 2, 3, 4, 3, 2, -1, 0, 1, 0.5f, 2, -2];
    static readonly int[] Labels = [0, 1, 1, 0];

    [Fact]
    public void One_sample_cannot_be_normalised()
    {
        var trainer = new Normalized(1).CreateTrainer(new Sgd(0.1), 4);
        var exception = Assert.Throws<ArgumentException>(() => { trainer.Step(Inputs.AsSpan(0, 3), Labels.AsSpan(0, 1)); });
        Assert.Contains("Normalized.Step expects at least two samples", exception.Message, StringComparison.Ordinal);
        Assert.True(float.IsFinite(trainer.Loss(Inputs.AsSpan(0, 3), Labels.AsSpan(0, 1))));
    }

    [Fact]
    public void Constant_features_stay_finite()
    {
        var network = new Normalized(1);
        var trainer = network.CreateTrainer(new Adam(), 4);
        for (var step = 0; step < 20; step++)
            Assert.True(float.IsFinite(trainer.Step(new float[12], Labels)));
        var output = new float[2];
        network.Forward(new float[3], output);
        Assert.All(output, value => Assert.InRange(value, 0, 1));
    }

    /// <summary>Inference must not go on with weights folded before a change.</summary>
    [Fact]
    public void Inference_follows_every_change_of_the_parameters()
    {
        var network = new Normalized(1);
        var trainer = network.CreateTrainer(new Sgd(0.1), 4);
        Action[] changes =
        [
            () => trainer.Step(Inputs, Labels),
            () => trainer.Backward(Inputs, Labels),
            () => trainer.Update(),
            () => network.Layer1.Weights[0, 0] += 1,
            () => network.Layer1.Biases.Fill(0.25f),
            () => network.Layer2.Scales.Fill(2),
            () => network.Layer2.RunningMeans.Fill(0.125f),
            () => network.Parameters.Tensors[3].CopyFrom([1, 2, 3, 4, 5, 6]),
            () => network.Parameters.CopyFrom(new Normalized(2).Parameters),
            () => network.Parameters.Clear(),
        ];
        Assert.All(changes, change =>
        {
            var before = Output(network);
            change();
            var after = Output(network);
            Assert.NotEqual(before, after);
            var copy = new Normalized(3);
            copy.Parameters.CopyFrom(network.Parameters);
            Assert.Equal(Output(copy), after);
        });
    }

    /// <summary>Evaluation normalises by the running statistics, as inference does.</summary>
    [Fact]
    public void The_loss_is_that_of_inference()
    {
        var network = new Normalized(1);
        var trainer = network.CreateTrainer(new Sgd(0.1), 4);
        for (var step = 0; step < 5; step++)
            trainer.Step(Inputs, Labels);
        var loss = 0.0;
        for (var sample = 0; sample < 4; sample++)
        {
            var output = new float[2];
            network.Forward(Inputs.AsSpan(3 * sample, 3), output);
            loss -= Math.Log(output[Labels[sample]]) / 4;
        }
        Assert.Equal(loss, trainer.Loss(Inputs, Labels), 1e-5);
    }

    [Fact]
    public void A_loss_that_is_not_finite_leaves_the_running_statistics()
    {
        var network = new Normalized(1);
        var trainer = network.CreateTrainer(new Sgd(0.1), 4);
        network.Layer3.Weights[0, 0] = float.NaN;
        var hash = network.Hash();
        Assert.ThrowsAny<NotFiniteNumberException>(() => { trainer.Step(Inputs, Labels); });
        Assert.Equal(hash, network.Hash());
    }

    [Fact]
    public void A_batch_that_no_memory_holds_is_refused()
    {
        var network = new Normalized(1);
        foreach (var batchSize in new[] { int.MaxValue, int.MaxValue / 2 })
            Assert.Contains("batch normalisation", Assert.Throws<ArgumentOutOfRangeException>("batchSize", () => network.CreateTrainer(new Sgd(0.1), batchSize)).Message, StringComparison.Ordinal);
    }

    static float[] Output(Normalized network)
    {
        var outputs = new float[8];
        network.ForwardBatch(Inputs, outputs);
        return outputs;
    }
}
