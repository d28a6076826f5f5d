using GenNet.Tests.Networks;

namespace GenNet.Tests.Training;

[Network(6, Loss = Loss.MeanSquaredError)]
[Dense(24, Activation.Tanh)]
[Dropout(0.5)]
[Dense(1)]
sealed partial class Droppable;

[Network(6, Loss = Loss.MeanSquaredError)]
[Dense(5)]
[BatchNorm(Activation.Tanh)]
[LayerNorm]
[Dense(1)]
sealed partial class Normalizable;

/// <summary>What a trainer does around its optimiser: states, accumulation, limits of norms, averages; and optimisers at the ends of their ranges.</summary>
public class OptimizationTests
{
    const int Samples = 150;

    static readonly float[] Inputs = TestNumbers.Create(Samples * 40, 1), Targets = TestNumbers.Create(Samples * 2, 2);

    /// <summary>Does something with each optimiser.</summary>
    interface ITask
    {
        void Do<TOptimizer>(TOptimizer optimizer) where TOptimizer : struct, IOptimizer<TOptimizer>;
    }

    static void ForEachOptimizer(ITask task)
    {
        task.Do(new Sgd(0.01, 0.1));
        task.Do(new Momentum(0.01, weightDecay: 0.1));
        task.Do(new Momentum(0.01, nesterov: true));
        task.Do(new Adam(weightDecay: 0.1));
        task.Do(new AdamW());
        task.Do(new Adam(weightDecay: 0.1) { AMSGrad = true });
        task.Do(new AdamW { AMSGrad = true });
        task.Do(new RMSProp(weightDecay: 0.1));
        task.Do(new RMSProp { Centered = true, Momentum = 0.9 });
        task.Do(new Adagrad(weightDecay: 0.1));
        task.Do(new Adadelta(weightDecay: 0.1));
        task.Do(new NAdam(weightDecay: 0.1));
        task.Do(new RAdam(weightDecay: 0.1));
        task.Do(new Lion(weightDecay: 0.1));
        task.Do(new Sgd(0.01).WithPenalty(l1: 0.1, l2: 0.1));
        task.Do(new NAdam().WithPenalty(l1: 0.1).ClipByValue(0.01).WithAverage(0.5));
    }

    sealed class TakeOver : ITask
    {
        public void Do<TOptimizer>(TOptimizer optimizer) where TOptimizer : struct, IOptimizer<TOptimizer>
        {
            var whole = new Regressor(1);
            var wholeTrainer = whole.CreateTrainer(optimizer, Samples);
            Train(wholeTrainer, 9);

            var first = new Regressor(1);
            var firstTrainer = first.CreateTrainer(optimizer, Samples);
            Train(firstTrainer, 4);
            var second = new Regressor(2);
            var secondTrainer = second.CreateTrainer(optimizer.WithLearningRate(0.5), Samples);
            second.Parameters.CopyFrom(first.Parameters);
            secondTrainer.CopyStateFrom(firstTrainer);
            Train(secondTrainer, 5);
            Assert.Equal(whole.Hash(), second.Hash());
            foreach (var name in wholeTrainer.StateNames)
                Assert.Equal(wholeTrainer.State(name).Hash(), secondTrainer.State(name).Hash());
        }
    }

    /// <summary>The loss is finite, but the gradient of layer 1, inputs of 1e30 times a δ, is not.</summary>
    [Fact]
    public void Gradients_without_a_finite_norm_name_their_layer_and_change_nothing()
    {
        var network = new Regressor(1);
        network.Layer1.Weights.CopyFrom(new float[2800]);
        var trainer = network.CreateTrainer(new Sgd(0.1), 1);
        trainer.MaxGradientNorm = 1;
        var (inputs, hash) = (new float[40], network.Hash());
        inputs.AsSpan().Fill(1e30f);
        var exception = Assert.Throws<TrainingDivergedException>(() => { trainer.Step(inputs, [1e10f, -1e10f]); });
        Assert.Equal(1, exception.Layer);
        Assert.Equal(hash, network.Hash());
    }

    [Fact]
    public void Every_optimizer_goes_on_where_another_trainer_was() => ForEachOptimizer(new TakeOver());

    sealed class RateZero : ITask
    {
        public void Do<TOptimizer>(TOptimizer optimizer) where TOptimizer : struct, IOptimizer<TOptimizer>
        {
            var network = new Regressor(1);
            var trainer = network.CreateTrainer(optimizer.WithLearningRate(0), Samples);
            Train(trainer, 3);
            Assert.Equal(new Regressor(1).Hash(), network.Hash());
            Assert.Equal(0, trainer.LearningRate);
        }
    }

    [Fact]
    public void A_learning_rate_of_zero_changes_nothing() => ForEachOptimizer(new RateZero());

    sealed class ZeroGradient : ITask
    {
        public void Do<TOptimizer>(TOptimizer optimizer) where TOptimizer : struct, IOptimizer<TOptimizer>
        {
            // Biases do not decay and have no penalty: with no gradient they stay. Weights may decay.
            var network = new Regressor(1);
            network.Layer1.Biases.Fill(0.5f);
            var trainer = network.CreateTrainer(optimizer, Samples);
            for (var step = 0; step < 7; step++)
            {
                trainer.Backward(Inputs, Targets);
                trainer.GradientBlock.Clear();
                trainer.Update();
            }
            Assert.All(network.Layer1.Biases.ToArray(), bias => Assert.Equal(0.5f, bias));
            Assert.True(float.IsFinite(network.Layer2.Weights[3, 4]));
        }
    }

    [Fact]
    public void Without_a_gradient_biases_stay() => ForEachOptimizer(new ZeroGradient());

    sealed class NotANumber : ITask
    {
        public void Do<TOptimizer>(TOptimizer optimizer) where TOptimizer : struct, IOptimizer<TOptimizer>
        {
            var network = new Regressor(1);
            var trainer = network.CreateTrainer(optimizer, Samples);
            var before = network.Layer1.Weights[1, 2];
            trainer.Backward(Inputs, Targets);
            trainer.GradientBlock.Dense(0).Weights[1, 1] = float.NaN;
            trainer.Update();
            Assert.Equal(float.NaN, network.Layer1.Weights[1, 1]);
            Assert.True(float.IsFinite(network.Layer1.Weights[1, 2]), $"{before} became {network.Layer1.Weights[1, 2]}");
        }
    }

    [Fact]
    public void NaN_is_not_hidden_and_does_not_spread() => ForEachOptimizer(new NotANumber());

    sealed class AllocatesNothing : ITask
    {
        public void Do<TOptimizer>(TOptimizer optimizer) where TOptimizer : struct, IOptimizer<TOptimizer>
        {
            var network = new Regressor(1);
            var trainer = network.CreateTrainer(optimizer, Samples);
            trainer.MaxGradientNorm = 0.5;
            trainer.MaxWeightNorm = 0.5;
            trainer.Schedule = new WarmupSchedule(10).Then(10, new CosineRestartsSchedule(5).Times(new PlateauSchedule())).PerEpoch(3);
            var allocated = long.MaxValue;
            for (var attempt = 0; attempt < 3 && allocated != 0; attempt++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                Train(trainer, 2);
                trainer.MaxGradientNorm = double.PositiveInfinity;
                Train(trainer, 2);
                trainer.Accumulate(Inputs.AsSpan(0, 400), Targets.AsSpan(0, 20), 10);
                trainer.Update();
                trainer.Optimizer = trainer.Optimizer.WithLearningRate(0.001);
                for (var time = 0; time < 2 && trainer.StateNames.Count > 0; time++)
                    network.Parameters.Swap(trainer.State(trainer.StateNames[^1]));
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            }
            Assert.Equal(0, allocated);
        }
    }

    [Fact]
    public void Steps_of_every_optimizer_allocate_nothing() => ForEachOptimizer(new AllocatesNothing());

    [Fact]
    public void States_have_PyTorchs_names_and_the_networks_shape()
    {
        var network = new Regressor(1);
        var trainer = network.CreateTrainer(new RMSProp { Centered = true, Momentum = 0.9 }.WithAverage(), Samples);
        Assert.Equal(["square_avg", "grad_avg", "momentum_buffer", "average"], trainer.StateNames);
        Train(trainer, 1);
        Assert.NotEqual(0, trainer.State("momentum_buffer").Dense(2).Weights[1, 32]);
        Assert.Equal(network.Hash(), trainer.State("average").Hash());
        AssertMessage<ArgumentException>(
            "Regressor's optimiser keeps [square_avg, grad_avg, momentum_buffer, average] for each parameter, not exp_avg.", () => trainer.State("exp_avg"));

        // The optimiser may change as long as it keeps the same.
        trainer.Optimizer = new RMSProp(0.1) { Centered = true, Momentum = 0.5 }.WithAverage(0.5);
        AssertMessage<ArgumentException>(
            "Regressor's trainer keeps [square_avg, grad_avg, momentum_buffer, average] for each parameter, this optimiser needs other values",
            () => trainer.Optimizer = new RMSProp { Momentum = 0.9 }.WithAverage());
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam().StateName(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1).StateName(0));
    }

    [Theory]
    [InlineData(150)]
    [InlineData(50, 50, 50)]
    [InlineData(149, 1)]
    [InlineData(7, 64, 64, 15)]
    public void Micro_batches_add_up_to_the_bits_of_the_batch(params int[] parts)
    {
        Regressor whole = new(1), accumulated = new(1);
        var wholeTrainer = whole.CreateTrainer(new Adam(), Samples);
        var trainer = accumulated.CreateTrainer(new Adam(), parts.Max());
        for (var step = 0; step < 3; step++)
        {
            var loss = wholeTrainer.Step(Inputs, Targets);
            var (sum, first) = (0.0, 0);
            foreach (var part in parts)
            {
                sum += trainer.Accumulate(Inputs.AsSpan(40 * first, 40 * part), Targets.AsSpan(2 * first, 2 * part), Samples);
                first += part;
            }
            trainer.Update();
            Assert.Equal(loss, sum, 1e-6);
            Assert.Equal(whole.Hash(), accumulated.Hash());
        }
    }

    [Fact]
    public void Micro_batches_drop_what_the_batch_drops()
    {
        Droppable whole = new(1), accumulated = new(1);
        var wholeTrainer = whole.CreateTrainer(new Sgd(0.1), 20);
        var trainer = accumulated.CreateTrainer(new Sgd(0.1), 20);
        for (var step = 0; step < 3; step++)
        {
            wholeTrainer.Step(Inputs.AsSpan(0, 120), Targets.AsSpan(0, 20));
            for (var sample = 0; sample < 20; sample += 4)
                trainer.Accumulate(Inputs.AsSpan(6 * sample, 24), Targets.AsSpan(sample, 4), 20);
            trainer.Update();
            Assert.Equal(whole.Hash(), accumulated.Hash());
        }
    }

    [Fact]
    public void Micro_batches_are_normalised_each_by_itself()
    {
        var network = new Normalizable(1);
        var trainer = network.CreateTrainer(new Sgd(0.1), 12);
        var expected = new float[20];
        foreach (var first in new[] { 0, 4 })
        {
            // Each part's mean gradient, as often as it has samples.
            var part = 4 + first;
            trainer.Backward(Inputs.AsSpan(6 * first, 6 * part), Targets.AsSpan(first, part));
            for (var i = 0; i < expected.Length; i++)
                expected[i] += part / 12f * trainer.GradientBlock.Dense(0).Weights[i % 5, i / 5];
        }
        trainer.Accumulate(Inputs.AsSpan(0, 24), Targets.AsSpan(0, 4), 12);
        trainer.Accumulate(Inputs.AsSpan(24, 48), Targets.AsSpan(4, 8), 12);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], trainer.GradientBlock.Dense(0).Weights[i % 5, i / 5], 1e-6f);
    }

    sealed class SparesNormalisation : ITask
    {
        public void Do<TOptimizer>(TOptimizer optimizer) where TOptimizer : struct, IOptimizer<TOptimizer>
        {
            var network = new Normalizable(1);
            var trainer = network.CreateTrainer(optimizer, 12);
            UpdateWithoutGradient(trainer);
            Assert.All(network.Parameters.Norm(1).Scales.ToArray(), scale => Assert.Equal(1, scale));
            Assert.All(network.Parameters.Norm(2).Scales.ToArray(), scale => Assert.Equal(1, scale));
        }
    }

    [Fact]
    public void Scales_of_a_normalisation_do_not_decay_unless_asked_to()
    {
        ForEachOptimizer(new SparesNormalisation());

        var network = new Normalizable(1);
        var weight = network.Layer1.Weights[0, 0];
        UpdateWithoutGradient(network.CreateTrainer(new Sgd(0.5, weightDecay: 0.5) { DecayBiases = true }, 12));
        Assert.Equal(0.75f, network.Parameters.Norm(1).Scales[2]);
        Assert.Equal(0.75f * weight, network.Layer1.Weights[0, 0]);
    }

    static void UpdateWithoutGradient(Trainer trainer)
    {
        trainer.Backward(Inputs.AsSpan(0, 72), Targets.AsSpan(0, 12));
        trainer.GradientBlock.Clear();
        trainer.Update();
    }

    [Fact]
    public void An_average_has_the_running_statistics_of_the_network()
    {
        var network = new Normalizable(1);
        var trainer = network.CreateTrainer(new Adam(0.1).WithAverage(0.5), 12);
        for (var step = 0; step < 5; step++)
            trainer.Step(Inputs.AsSpan(0, 72), Targets.AsSpan(0, 12));
        var other = new Normalizable(2);
        other.Parameters.CopyFrom(trainer.State(Averaged.StateName));
        Assert.Equal(network.Parameters.Norm(1).RunningVariances.ToArray(), other.Parameters.Norm(1).RunningVariances.ToArray());
        Assert.NotEqual(1, other.Parameters.Norm(1).RunningVariances[0]);
        Assert.NotEqual(network.Layer1.Weights[0, 0], other.Layer1.Weights[0, 0]);
    }

    [Fact]
    public void Accumulation_refuses_parts_that_do_not_make_up_the_batch()
    {
        var network = new SmallClassifier(1);
        var trainer = network.CreateTrainer(new Sgd(0.1), 4);
        float[] inputs = TestNumbers.Create(20, 3);
        int[] labels = [0, 1, 2, 0];
        trainer.Accumulate(inputs, labels, 6);
        AssertMessage<InvalidOperationException>("SmallClassifier.Update: 4 of the batch's 6 samples have been accumulated.", trainer.Update);
        AssertMessage<ArgumentException>("SmallClassifier.Accumulate expects 2 more samples of a batch of 6, got 4.", () => trainer.Accumulate(inputs, labels, 6));
        AssertMessage<ArgumentException>("SmallClassifier.Accumulate: a batch of 6 samples has begun, so this part cannot be of one of 8.", () => trainer.Accumulate(inputs, labels, 8));
        Assert.Equal(new SmallClassifier(1).Hash(), network.Hash());
        trainer.Accumulate(inputs.AsSpan(0, 10), labels.AsSpan(0, 2), 6);
        trainer.Update();
        Assert.NotEqual(new SmallClassifier(1).Hash(), network.Hash());

        // A part whose inputs are not finite takes no part; the parts so far are still kept.
        trainer.Accumulate(inputs, labels, 6);
        inputs[3] = float.NaN;
        Assert.Throws<NotFiniteNumberException>(() => trainer.Accumulate(inputs.AsSpan(0, 10), labels.AsSpan(0, 2), 6));
        inputs[3] = 0;
        trainer.Accumulate(inputs.AsSpan(0, 10), labels.AsSpan(0, 2), 6);
        trainer.Update();
        Assert.Equal(2, trainer.StepCount);
    }

    [Fact]
    public void Gradients_are_clipped_to_a_norm_only_above_it()
    {
        static double Norm(ParameterBlock block) => Math.Sqrt(Enumerable.Range(0, block.LayerCount).Sum(layer =>
            GeneratedNetworks.Weights(block, layer).Sum(value => (double)value * value) + block.Dense(layer).Biases.ToArray().Sum(value => (double)value * value)));

        var trainer = new Regressor(1).CreateTrainer(new Sgd(0.1), Samples);
        trainer.Backward(Inputs, Targets);
        var norm = Norm(trainer.GradientBlock);
        var hash = trainer.GradientBlock.Hash();
        trainer.MaxGradientNorm = norm * 1.01;
        trainer.Update();
        Assert.Equal(norm, trainer.GradientNorm, 1e-6 * norm);
        Assert.Equal(hash, trainer.GradientBlock.Hash());

        var other = new Regressor(1).CreateTrainer(new Sgd(0.1), Samples);
        other.MaxGradientNorm = norm / 3;
        other.Step(Inputs, Targets);
        Assert.Equal(norm, other.GradientNorm, 1e-6 * norm);
        Assert.Equal(norm / 3, Norm(other.GradientBlock), 1e-5 * norm);

        other.Backward(Inputs, Targets);
        other.GradientBlock.Dense(1).Biases[3] = float.PositiveInfinity;
        hash = other.Network.Hash();
        Assert.Contains("the norm of the gradients is", Assert.Throws<TrainingDivergedException>(other.Update).Message, StringComparison.Ordinal);
        Assert.Equal(hash, other.Network.Hash());
        Assert.Throws<ArgumentOutOfRangeException>(() => other.MaxGradientNorm = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => other.MaxWeightNorm = double.NaN);
    }

    [Fact]
    public void No_units_weights_exceed_their_norm()
    {
        var network = new Regressor(1);
        network.Layer2.Biases.Fill(5);
        var trainer = network.CreateTrainer(new Sgd(1e-6), Samples);
        double[] before = [.. Norms(network.Layer2)];
        var limit = before.Order().ElementAt(before.Length / 2);
        trainer.MaxWeightNorm = limit;
        trainer.Step(Inputs, Targets);
        var after = Norms(network.Layer2).ToArray();
        Assert.All(after, norm => Assert.InRange(norm, 0, limit * 1.00001));
        Assert.All(before.Zip(after), pair => Assert.Equal(Math.Min(pair.First, limit), pair.Second, 1e-4));
        Assert.All(network.Layer2.Biases.ToArray(), bias => Assert.Equal(5, bias, 1e-3));

        static IEnumerable<double> Norms(DenseParameters layer)
        {
            for (var o = 0; o < layer.Outputs; o++)
            {
                var sum = 0.0;
                for (var i = 0; i < layer.Inputs; i++)
                    sum += (double)layer.Weights[o, i] * layer.Weights[o, i];
                yield return Math.Sqrt(sum);
            }
        }
    }

    [Fact]
    public void An_average_is_swapped_in_and_out_and_copied()
    {
        var network = new Regressor(1);
        var trainer = network.CreateTrainer(new Adam(0.01).WithAverage(0.9), Samples);
        Train(trainer, 10);
        var average = trainer.State(Averaged.StateName);
        var (trained, averaged) = (network.Hash(), average.Hash());
        Assert.NotEqual(trained, averaged);
        network.Parameters.Swap(average);
        Assert.Equal((averaged, trained), (network.Hash(), average.Hash()));
        var loss = trainer.Loss(Inputs, Targets);
        network.Parameters.Swap(average);
        Assert.Equal((trained, averaged), (network.Hash(), average.Hash()));
        Assert.NotEqual(loss, trainer.Loss(Inputs, Targets));

        var other = new Regressor(2);
        other.Parameters.CopyFrom(trainer.State(Averaged.StateName));
        Assert.Equal(loss, other.CreateTrainer(new Sgd(0), Samples).Loss(Inputs, Targets));
        AssertMessage<ArgumentException>("These parameters are of 40→70→33→2, the other's of 2→8→1.", () => network.Parameters.Swap(new Xor(1).Parameters));
    }

    [Fact]
    public void Optimizers_refuse_what_makes_no_sense()
    {
        AssertMessage<ArgumentOutOfRangeException>("LearningRate must be a number that a float can hold, 0 or more.", () => new Sgd(0.1).WithLearningRate(double.NaN));
        AssertMessage<ArgumentOutOfRangeException>("Epsilon must be a positive number that a float can hold.", () => new Adam(epsilon: 0));
        AssertMessage<ArgumentOutOfRangeException>("Alpha must be at least 0 and, as a float, less than 1.", () => _ = new RMSProp() with { Alpha = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam().ClipByValue(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam().WithAverage(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam().WithPenalty(l1: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RMSProp { Momentum = double.PositiveInfinity });
    }

    static void Train(Trainer trainer, int steps)
    {
        for (var step = 0; step < steps; step++)
            trainer.Step(Inputs, Targets);
    }

    static void AssertMessage<TException>(string message, Action action) where TException : Exception =>
        Assert.StartsWith(message, Assert.ThrowsAny<TException>(action).Message, StringComparison.Ordinal);
}
