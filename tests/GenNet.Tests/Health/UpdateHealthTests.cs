using GenNet.Tests.Networks;

namespace GenNet.Tests.Health;

/// <summary>Health is that of every update, however it is made, and of layers of every size.</summary>
public class UpdateHealthTests
{
    const int Rows = 40;

    static readonly float[] Inputs = TestNumbers.Create(Rows * 6, 1), Targets = TestNumbers.Create(Rows, 2);
    static readonly int[] Labels = [.. Enumerable.Range(0, Rows).Select(row => row % 3)];

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(1, true)]
    public void Backward_and_update_measure_what_a_step_measures(int interval, bool clips)
    {
        Watched stepped = new(1), updated = new(1);
        Trainer step = stepped.CreateTrainer(new Adam(0.01), Rows), update = updated.CreateTrainer(new Adam(0.01), Rows);
        step.Health!.Interval = update.Health!.Interval = interval;
        if (clips)
            step.MaxGradientNorm = update.MaxGradientNorm = 0.01;
        for (var i = 0; i < 4; i++)
        {
            step.Step(Inputs, Labels);
            update.Backward(Inputs, Labels);

            // What is only judged in between is not measured.
            update.Loss(Inputs.AsSpan(0, 60), Labels.AsSpan(0, 10));
            update.Update();
            Assert.Equal(Numbers(step.Health), Numbers(update.Health));
            Assert.Equal(i / interval * interval + 1, update.Health.Step);
        }
        Assert.True(step.Health.Layers[0].GradientNorm > 0);
    }

    [Fact]
    public void Parts_of_a_batch_measure_what_the_whole_measures()
    {
        WatchedRectifiers stepped = new(1), updated = new(1);
        Trainer step = stepped.CreateTrainer(new Adam(0.01), Rows), update = updated.CreateTrainer(new Adam(0.01), Rows);
        step.Step(Inputs, Targets);
        update.Accumulate(Inputs.AsSpan(0, 8 * 6), Targets.AsSpan(0, 8), Rows);
        update.Accumulate(Inputs.AsSpan(8 * 6), Targets.AsSpan(8), Rows);
        update.Update();
        foreach (var health in new[] { step.Health!, update.Health! })
            health.EndEpoch();
        Assert.Equal(
            step.Health!.Layers.Select(layer => (layer.GradientNorm, layer.WeightNorm, layer.UpdateRatio, layer.DeadShare)),
            update.Health!.Layers.Select(layer => (layer.GradientNorm, layer.WeightNorm, layer.UpdateRatio, layer.DeadShare)));
        Assert.False(double.IsNaN(update.Health.Layers[0].ActivationMean));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1e-6f)]
    public void Weights_that_start_at_zero_are_no_exploding_gradients(float factor)
    {
        var network = new WatchedRectifiers(1);
        for (var input = 0; input < 20; input++)
            network.Layer3.Weights[0, input] *= factor;
        var trainer = network.CreateTrainer(new Adam(0.001), Rows);
        trainer.Health.Interval = 1;
        for (var step = 0; step < 2; step++)
        {
            trainer.Step(Inputs, Targets);
            Assert.DoesNotContain(trainer.Health.Diagnose(), finding => finding.Problem == HealthProblem.ExplodingGradients);
            if (step > 0 || factor > 0)
                continue;

            // Below weights of zero there is no gradient yet, which is not called vanishing.
            Assert.Empty(trainer.Health.Diagnose());
            Assert.True(double.IsNaN(trainer.Health.Layers[2].RelativeGradient) && double.IsNaN(trainer.Health.Layers[2].UpdateRatio));
        }
    }

    [Fact]
    public void Gradients_that_explode_are_named_with_weights_that_start_at_zero_too()
    {
        var network = new WatchedRectifiers(1);
        for (var input = 0; input < 20; input++)
            network.Layer3.Weights[0, input] = 0;
        var trainer = network.CreateTrainer(new Sgd(1e-9), Rows);
        var targets = Targets.Select(target => 1e4f * target).ToArray();
        trainer.Step(Inputs, targets);
        var finding = Assert.Single(trainer.Health.Diagnose(), finding => finding.Problem == HealthProblem.ExplodingGradients);
        Assert.Equal(3, finding.LastLayer);
        Assert.Contains("times as large as its weights usually are.", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_whose_squares_are_no_floats_have_a_norm()
    {
        var network = new WatchedRectifiers(1);
        var trainer = network.CreateTrainer(new Sgd(0), Rows);
        trainer.Backward(Inputs, Targets);
        trainer.GradientBlock.Clear();
        (trainer.GradientBlock.Dense(1).Weights[2, 3], trainer.GradientBlock.Dense(1).Biases[4]) = (3e-27f, 4e-27f);
        trainer.Update();
        Assert.Equal(5e-27, trainer.Health.Layers[1].GradientNorm, 1e-33);
        Assert.Equal(0, trainer.Health.Layers[0].GradientNorm);
    }

    static IEnumerable<(double, double, double, double, double, double)> Numbers(GradientHealth health) => health.Layers.Select(layer =>
        (layer.GradientNorm, layer.WeightNorm, layer.UpdateRatio, layer.SaturatedShare, layer.ActivationMean, layer.ActivationDeviation));
}
