using GenNet.Tests.Networks;
using GenNet.Tests.Reference;

namespace GenNet.Tests.Training;

[Network(5, 20, 3, Hidden = Activation.Tanh, Output = Activation.Softmax)]
sealed partial class OutsideClassifier;

[Network(4, 17, 2, Hidden = Activation.Tanh, Output = Activation.Sigmoid, Loss = Loss.MeanSquaredError)]
sealed partial class OutsideRegression;

[Network(4, Loss = Loss.MeanSquaredError)]
[Dropout(0.3)]
[Dense(18, Activation.Tanh)]
[Dropout(0.25)]
[Dense(3)]
sealed partial class OutsideDropped;

[Network(Loss = Loss.MeanSquaredError)]
[Sequence(3, 4)]
[Dense(18, Activation.GELU)]
[LayerNorm]
[Residual(1, Activation.Tanh)]
[Dropout(0.25)]
[Flatten]
[Dense(9, Activation.Sigmoid)]
[Dense(5, Activation.Softmax)]
sealed partial class OutsideEverything;

[Network(4, Loss = Loss.MeanSquaredError)]
[Dense(18)]
[BatchNorm(Activation.ReLU)]
[Dense(5)]
sealed partial class OutsideNormalized;

/// <summary>Threads that share a batch whose gradients come from outside.</summary>
[Collection(nameof(ParallelismTests))]
public sealed class OutsideThreadsTests
{
    /// <summary>More than the layers have memory for, shared among threads.</summary>
    [Fact]
    public void A_large_batch_has_the_same_bits_with_any_number_of_threads()
    {
        var results = new[] { 1, 2, 3 }.Select(threads =>
        {
            var before = Parallelism.Threads;
            Parallelism.Threads = threads;
            try
            {
                var network = new OutsideEverything(1);
                var trainer = network.CreateTrainer(new Adam(), 700, inputGradients: true);
                for (var step = 0; step < 3; step++)
                {
                    trainer.Forward(TestNumbers.Create(700 * OutsideEverything.InputSize, 1));
                    trainer.Backward(TestNumbers.Create(700 * OutsideEverything.OutputSize, 2));
                    trainer.Update();
                }
                return (network.Hash(), string.Join(' ', trainer.InputGradients.ToArray()));
            }
            finally
            {
                Parallelism.Threads = before;
            }
        }).Distinct();
        Assert.Single(results);
    }
}

/// <summary>Gradients that come from outside and go to the inputs: what holds beside their values.</summary>
public sealed class OutsideGradientTests
{
    [Fact]
    public void Outputs_are_those_of_the_network()
    {
        var network = new OutsideClassifier(1);
        var trainer = network.CreateTrainer(new Sgd(0.1), 300);
        var (inputs, outputs) = (TestNumbers.Create(300 * OutsideClassifier.InputSize, 1), new float[300 * OutsideClassifier.OutputSize]);
        network.ForwardBatch(inputs, outputs);
        Assert.Equal(outputs, trainer.Forward(inputs).ToArray());
        Assert.Equal(outputs[..OutsideClassifier.OutputSize], trainer.Forward(inputs.AsSpan(0, OutsideClassifier.InputSize), training: false).ToArray());
    }

    /// <summary>While no gradients have come back, a batch has the same masks, so that differences of its outputs are derivatives.</summary>
    [Fact]
    public void Dropout_drops_the_same_on_both_ways()
    {
        var network = new OutsideDropped(1);
        var trainer = network.CreateTrainer(new Sgd(0.1), 20, inputGradients: true);
        trainer.Seed = 3;
        float[] inputs = TestNumbers.Create(20 * OutsideDropped.InputSize, 1), given = TestNumbers.Create(20 * OutsideDropped.OutputSize, 2);
        const float Step = 1e-2f;
        var expected = new double[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            var x = inputs[i];
            inputs[i] = x + Step;
            var above = Loss();
            inputs[i] = x - Step;
            expected[i] = (above - Loss()) / (2 * Step);
            inputs[i] = x;
        }
        var first = trainer.Forward(inputs).ToArray();
        Assert.NotEqual(trainer.Forward(inputs, training: false).ToArray(), first);
        Assert.Equal(first, trainer.Forward(inputs).ToArray());
        Assert.Equal(0, trainer.BatchCount);
        trainer.Backward(given);
        Close.AssertEqual("∂L/∂x", expected, trainer.InputGradients, 2e-3);
        trainer.Backward(given);
        Assert.Equal(1, trainer.BatchCount);
        Assert.NotEqual(first, trainer.Forward(inputs).ToArray());

        double Loss()
        {
            var sum = 0.0;
            var outputs = trainer.Forward(inputs);
            for (var i = 0; i < outputs.Length; i++)
                sum += (double)outputs[i] * given[i];
            return sum;
        }
    }

    [Fact]
    public void The_mean_squared_error_from_outside_has_the_bits_of_the_loss()
    {
        OutsideRegression inside = new(1), outside = new(1);
        Trainer first = inside.CreateTrainer(new Adam(), 64), second = outside.CreateTrainer(new Adam(), 64);
        float[] inputs = TestNumbers.Create(64 * OutsideRegression.InputSize, 1), targets = TestNumbers.Create(64 * OutsideRegression.OutputSize, 2);
        for (var step = 0; step < 5; step++)
        {
            var expected = first.Step(inputs, targets);
            var loss = second.Step(inputs, targets, static (targets, outputs, gradients) =>
            {
                var sum = 0.0;
                for (var i = 0; i < outputs.Length; i++)
                {
                    var error = outputs[i] - targets[i];
                    gradients[i] = 1f / outputs.Length * (2 * error);
                    sum += error * error;
                }
                return sum / outputs.Length;
            });
            Assert.Equal(expected, loss, 1e-6f);
            Assert.Equal(inside.Hash(), outside.Hash());
        }
    }

    /// <summary>Dropout masks are numbered on from part to part, and sums over samples go on in the middle of theirs.</summary>
    [Theory]
    [InlineData(128, 128, 44)]
    [InlineData(50, 150, 100)]
    [InlineData(1, 299)]
    public void Parts_of_a_batch_have_the_bits_of_the_whole(params int[] parts)
    {
        OutsideEverything whole = new(1), parted = new(1);
        Trainer first = whole.CreateTrainer(new Adam(), 300), second = parted.CreateTrainer(new Adam(), 300);
        first.MaxGradientNorm = second.MaxGradientNorm = 0.5;
        float[] inputs = TestNumbers.Create(300 * OutsideEverything.InputSize, 1), given = TestNumbers.Create(300 * OutsideEverything.OutputSize, 2);
        for (var step = 0; step < 3; step++)
        {
            first.Forward(inputs);
            first.Backward(given);
            first.Update();
            var row = 0;
            foreach (var part in parts)
            {
                second.Forward(inputs.AsSpan(row * OutsideEverything.InputSize, part * OutsideEverything.InputSize));
                Assert.Throws<InvalidOperationException>(second.Update);
                second.Accumulate(given.AsSpan(row * OutsideEverything.OutputSize, part * OutsideEverything.OutputSize), batch: 300);
                row += part;
            }
            second.Update();
            Assert.Equal((whole.Hash(), first.BatchCount), (parted.Hash(), second.BatchCount));
        }
    }

    [Fact]
    public void Parts_fit_their_batch()
    {
        var trainer = new OutsideClassifier(1).CreateTrainer(new Sgd(0.1), 8);
        float[] inputs = TestNumbers.Create(8 * OutsideClassifier.InputSize, 1), given = TestNumbers.Create(8 * OutsideClassifier.OutputSize, 2);
        Assert.Contains("Call Forward first", Assert.Throws<InvalidOperationException>(() => trainer.Accumulate(given, 8)).Message);
        trainer.Forward(inputs);
        Assert.Contains("expects 7 more samples", Assert.Throws<ArgumentException>(() => trainer.Accumulate(given, 7)).Message);
        trainer.Accumulate(given, 9);
        Assert.Contains("expects 1 more samples", Assert.Throws<ArgumentException>(() => trainer.Accumulate(given, 9)).Message);
        Assert.Contains("a batch of 9 samples has begun", Assert.Throws<ArgumentException>(() => trainer.Accumulate(given, 20)).Message);
        trainer.Backward(given);
        trainer.Update();
    }

    [Fact]
    public void Nothing_is_allocated_once_warm()
    {
        var network = new OutsideEverything(1);
        var trainer = network.CreateTrainer(new Adam(), 200, inputGradients: true);
        float[] inputs = TestNumbers.Create(200 * OutsideEverything.InputSize, 1), given = TestNumbers.Create(200 * OutsideEverything.OutputSize, 2);
        NetworkContractTests.AssertAllocatesNothing(() =>
        {
            trainer.Forward(inputs);
            trainer.BackwardToInputs(given);
            trainer.Backward(given);
            trainer.Accumulate(given, 400);
            trainer.Forward(inputs);
            trainer.Accumulate(given, 400);
            trainer.Update();
            trainer.Step(inputs, given, static (given, outputs, gradients) =>
            {
                given.CopyTo(gradients);
                return outputs[0];
            });
        });
    }

    [Fact]
    public void Gradients_need_a_batch_that_the_weights_still_fit()
    {
        var network = new OutsideClassifier(1);
        var trainer = network.CreateTrainer(new Sgd(0.1), 8);
        float[] inputs = TestNumbers.Create(8 * OutsideClassifier.InputSize, 1), given = TestNumbers.Create(8 * OutsideClassifier.OutputSize, 2);
        Assert.Contains("Call Forward first", Assert.Throws<InvalidOperationException>(() => trainer.Backward(given)).Message);
        trainer.Forward(inputs);
        Assert.Contains($"expects {given.Length} gradients", Assert.Throws<ArgumentException>(() => trainer.Backward(given.AsSpan(1))).Message);
        given[3] = float.NaN;
        Assert.Contains("gradient of output", Assert.Throws<NotFiniteNumberException>(() => trainer.Backward(given)).Message);
        given[3] = 0;
        Assert.Throws<InvalidOperationException>(trainer.Update);
        trainer.Backward(given);
        Assert.Throws<InvalidOperationException>(() => trainer.InputGradients.Length);
        Assert.Throws<InvalidOperationException>(() => trainer.BackwardToInputs(given).Length);
        trainer.Update();
        Assert.Contains("have changed since Forward", Assert.Throws<InvalidOperationException>(() => trainer.Backward(given)).Message);
        inputs[2] = float.PositiveInfinity;
        Assert.Throws<NotFiniteNumberException>(() => trainer.Forward(inputs).Length);
        Assert.Throws<ArgumentException>(() => trainer.Forward(inputs.AsSpan(1)).Length);
        Assert.Throws<ArgumentException>(() => trainer.Forward(default).Length);
        Assert.Throws<ArgumentException>(() => trainer.Forward(new float[9 * OutsideClassifier.InputSize]).Length);
    }

    [Fact]
    public void A_step_that_is_refused_changes_nothing()
    {
        var network = new OutsideClassifier(1);
        var trainer = network.CreateTrainer(new Momentum(0.1), 8, inputGradients: true);
        float[] inputs = TestNumbers.Create(8 * OutsideClassifier.InputSize, 1), given = TestNumbers.Create(8 * OutsideClassifier.OutputSize, 2);
        trainer.Forward(inputs);
        trainer.Backward(given);
        trainer.MaxGradientNorm = 1;
        var (weights, gradients) = (network.Hash(), trainer.GradientBlock.Hash());
        Assert.Throws<TrainingDivergedException>(() => trainer.Step(inputs, 0, (_, _, _) => double.NaN));
        Assert.Throws<NotFiniteNumberException>(() => trainer.Step(inputs, 0, (_, _, g) =>
        {
            g[0] = float.NaN;
            return 1;
        }));
        Assert.Throws<DivideByZeroException>(() => trainer.Step(inputs, 0, (_, _, _) => throw new DivideByZeroException()));
        Assert.Throws<TrainingDivergedException>(() => trainer.Step(inputs, 0, (_, _, g) =>
        {
            g.Fill(float.MaxValue);
            return 1;
        }));
        Assert.Equal((weights, gradients, 0L, 1L), (network.Hash(), trainer.GradientBlock.Hash(), trainer.StepCount, trainer.BatchCount));
        Assert.True(trainer.InputGradients.IsEmpty);
        trainer.Update();
        Assert.NotEqual(weights, network.Hash());
    }

    /// <summary>What was given to Forward is stale once the parameters or what layers compute has changed, by whatever call.</summary>
    [Fact]
    public void A_stale_batch_stays_stale()
    {
        float[] inputs = TestNumbers.Create(8 * OutsideNormalized.InputSize, 1), targets = TestNumbers.Create(8 * OutsideNormalized.OutputSize, 2);
        foreach (var (name, change) in new (string, Action<Trainer>)[]
        {
            ("step", trainer => trainer.Step(inputs, targets)),
            ("statistics", trainer => trainer.Backward(inputs, targets)),
            ("step, then statistics", trainer =>
            {
                trainer.Step(inputs, targets);
                trainer.Backward(inputs, targets);
            }),
            ("a weight", trainer => trainer.Network.Parameters.Tensors[0][0, 0] = 3),
            ("a weight, then statistics", trainer =>
            {
                trainer.Network.Parameters.Tensors[0][0, 0] = 3;
                trainer.Backward(inputs, targets);
            }),
            ("a layer", trainer => trainer.Layers[1].UsesRunningStatistics = true),
            ("loss of outputs", trainer => trainer.Step(inputs, 0, static (_, outputs, gradients) => gradients[0] = outputs[0])),
        })
            foreach (var training in new[] { true, false })
            {
                var trainer = new OutsideNormalized(1).CreateTrainer(new Adam(), 8, inputGradients: true);
                trainer.Forward(inputs, training);
                change(trainer);
                var hash = trainer.GradientBlock.Hash();
                Assert.True(Record.Exception(() => trainer.Backward(targets)) is InvalidOperationException, name);
                Assert.True(Record.Exception(() => trainer.BackwardToInputs(targets).Length) is InvalidOperationException, name);
                Assert.Equal(hash, trainer.GradientBlock.Hash());
            }
    }

    /// <summary>A step by a loss of the outputs has a batch of its own, whatever its loss does.</summary>
    [Fact]
    public void A_step_leaves_the_batch_that_waits_alone()
    {
        float[] inputs = TestNumbers.Create(8 * OutsideEverything.InputSize, 1), others = TestNumbers.Create(8 * OutsideEverything.InputSize, 3), given = TestNumbers.Create(8 * OutsideEverything.OutputSize, 2);
        Trainer first = new OutsideEverything(1).CreateTrainer(new Adam(), 8, inputGradients: true), second = new OutsideEverything(1).CreateTrainer(new Adam(), 8, inputGradients: true);
        first.Forward(inputs);
        second.Forward(inputs);
        Assert.Throws<TrainingDivergedException>(() => second.Step(others, 0, static (_, _, _) => double.NaN));
        first.Backward(given);
        second.Backward(given);
        Assert.Equal(first.GradientBlock.Hash(), second.GradientBlock.Hash());
        Assert.Equal(first.InputGradients.ToArray(), second.InputGradients.ToArray());

        first.Step(inputs, given, static (given, _, gradients) =>
        {
            given.CopyTo(gradients);
            return 1;
        });
        second.Step(inputs, (given, others, second), static (state, _, gradients) =>
        {
            state.given.CopyTo(gradients);
            _ = state.second.Forward(state.others);
            return 1;
        });
        Assert.Equal(first.Network.Hash(), second.Network.Hash());
    }

    [Fact]
    public void Gradients_are_not_read_where_they_are_written()
    {
        var trainer = new OutsideRegression(1).CreateTrainer(new Adam(), 8, inputGradients: true);
        float[] inputs = TestNumbers.Create(8 * OutsideRegression.InputSize, 1), targets = TestNumbers.Create(8 * OutsideRegression.OutputSize, 2);
        trainer.Backward(inputs, targets);
        Assert.Contains("pass a copy", Assert.Throws<ArgumentException>(() => trainer.Backward(trainer.InputGradients, targets)).Message);
        Assert.Contains("pass a copy", Assert.Throws<ArgumentException>(() => trainer.Step(inputs, trainer.InputGradients[..targets.Length])).Message);
        trainer.Forward(inputs);
        Assert.Contains("pass a copy", Assert.Throws<ArgumentException>(() => trainer.BackwardToInputs(trainer.InputGradients[..targets.Length]).Length).Message);
    }

    /// <summary>As in PyTorch, whose optimisers count the steps of each tensor that has a gradient.</summary>
    [Fact]
    public void A_thawed_layer_goes_on_where_it_was()
    {
        Compare(new Adam(0.01));
        Compare(new NAdam(0.01));
        Compare(new RAdam(0.01));
        Compare(new AdamW(0.01).WithAverage());

        static void Compare<TOptimizer>(TOptimizer optimizer) where TOptimizer : struct, IOptimizer<TOptimizer>
        {
            float[] inputs = TestNumbers.Create(8 * OutsideRegression.InputSize, 1), targets = TestNumbers.Create(8 * OutsideRegression.OutputSize, 2);
            OutsideRegression thawed = new(1), never = new(1), saved = new(2);
            Trainer<TOptimizer> first = thawed.CreateTrainer(optimizer, 8), second = never.CreateTrainer(optimizer, 8), third = saved.CreateTrainer(optimizer, 8);
            Run(first, 3);
            Run(second, 3);
            foreach (var layer in first.Layers)
                layer.IsFrozen = true;
            Run(first, 50);
            Assert.Equal(never.Hash(), thawed.Hash());
            var file = Path.Combine(Path.GetTempPath(), $"thawed-{Guid.NewGuid():N}.checkpoint");
            Checkpoint.Save(file, first);
            Checkpoint.Load(file, third);
            File.Delete(file);
            foreach (var trainer in new[] { first, third })
                foreach (var layer in trainer.Layers)
                    layer.IsFrozen = false;
            Run(first, 10);
            Run(second, 10);
            Run(third, 10);
            Assert.Equal(never.Hash(), thawed.Hash());
            Assert.Equal(never.Hash(), saved.Hash());

            void Run(Trainer trainer, int steps)
            {
                for (var step = 0; step < steps; step++)
                    trainer.Step(inputs, targets);
            }
        }
    }

    /// <summary>Of a layer that was frozen nothing is kept, and nothing is what its momentum would move it by.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_layer_is_not_thawed_while_gradients_are_kept_of_the_others(bool inParts)
    {
        OutsideRegression network = new(1), other = new(1);
        Trainer<Adam> trainer = network.CreateTrainer(new Adam(0.1), 8), frozen = other.CreateTrainer(new Adam(0.1), 8);
        float[] inputs = TestNumbers.Create(8 * OutsideRegression.InputSize, 1), targets = TestNumbers.Create(8 * OutsideRegression.OutputSize, 2);
        trainer.Step(inputs, targets);
        frozen.Step(inputs, targets);
        frozen.Layers[0].IsFrozen = true;
        if (inParts)
            trainer.Accumulate(inputs.AsSpan(0, 4 * OutsideRegression.InputSize), targets.AsSpan(0, 4 * OutsideRegression.OutputSize), 8);
        trainer.Layers[0].IsFrozen = true;
        if (inParts)
            trainer.Accumulate(inputs.AsSpan(4 * OutsideRegression.InputSize), targets.AsSpan(4 * OutsideRegression.OutputSize), 8);
        else
            trainer.Backward(inputs, targets);
        Assert.StartsWith("OutsideRegression: layer 1 cannot be thawed between Backward or Accumulate and Update", Assert.Throws<InvalidOperationException>(() => trainer.Layers[0].IsFrozen = false).Message, StringComparison.Ordinal);
        trainer.Update();
        frozen.Step(inputs, targets);
        Assert.Equal(other.Hash(), network.Hash());
        trainer.Layers[0].IsFrozen = frozen.Layers[0].IsFrozen = false;
        trainer.Step(inputs, targets);
        frozen.Step(inputs, targets);
        Assert.Equal(other.Hash(), network.Hash());
    }

    [Fact]
    public void A_loss_that_changes_the_network_is_told_so()
    {
        var network = new OutsideRegression(1);
        var trainer = network.CreateTrainer(new Sgd(0.1), 8);
        var refused = Assert.Throws<InvalidOperationException>(() => trainer.Step(TestNumbers.Create(8 * OutsideRegression.InputSize, 1), network, static (network, _, _) =>
        {
            network.Parameters.Tensors[0][0, 0] = 1;
            return 0;
        }));
        Assert.StartsWith("OutsideRegression.Step: the function that computes the loss has changed the network's parameters", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A network whose weights stay: neither what is kept of it nor its counts change.</summary>
    [Fact]
    public void Gradients_to_the_inputs_leave_all_else_alone()
    {
        var network = new OutsideEverything(1);
        var trainer = network.CreateTrainer(new Adam(), 8, inputGradients: true);
        float[] inputs = TestNumbers.Create(8 * OutsideEverything.InputSize, 1), given = TestNumbers.Create(8 * OutsideEverything.OutputSize, 2);
        trainer.Forward(inputs);
        trainer.Backward(given);
        var before = (network.Hash(), trainer.GradientBlock.Hash(), trainer.BatchCount);
        trainer.Forward(TestNumbers.Create(5 * OutsideEverything.InputSize, 3));
        Assert.Equal(5 * OutsideEverything.InputSize, trainer.BackwardToInputs(given.AsSpan(0, 5 * OutsideEverything.OutputSize)).Length);
        Assert.Equal(before, (network.Hash(), trainer.GradientBlock.Hash(), trainer.BatchCount));
        trainer.Update();
    }

    [Fact]
    public void Weights_may_be_negative_where_the_caller_says_so()
    {
        OutsideClassifier up = new(1), down = new(1);
        Trainer first = up.CreateTrainer(new Sgd(0.1), 8), second = down.CreateTrainer(new Sgd(0.1), 8);
        var inputs = TestNumbers.Create(8 * OutsideClassifier.InputSize, 1);
        int[] labels = [0, 1, 2, 0, 1, 2, 0, 1];
        float[] weights = [1, 2, 0.5f, 0, 3, 1, 1, 1], negative = [.. weights.Select(weight => -weight)];
        Assert.Contains("signedWeights: true", Assert.Throws<ArgumentException>(() => second.Step(inputs, labels, negative)).Message);
        Assert.Throws<ArgumentException>(() => second.Step(inputs, labels, [1, 1, 1, 1, 1, 1, 1, float.NaN], signedWeights: true));
        var start = Flat(up);
        Assert.Equal(first.Step(inputs, labels, weights), -second.Step(inputs, labels, negative, signedWeights: true));
        foreach (var (before, (more, less)) in start.Zip(Flat(up).Zip(Flat(down))))
            Assert.Equal(more - before, before - less, 1e-6f);
    }

    static float[] Flat(INetwork network)
    {
        var values = new float[network.Parameters.Length];
        network.Parameters.CopyTo(values);
        return values;
    }
}
