namespace GenNet.Tests.Networks;

/// <summary>What every network and trainer promises beside its numbers.</summary>
public class NetworkContractTests
{
    [Fact]
    public void Forward_Backward_and_Step_allocate_nothing()
    {
        var network = new Regressor(1);
        var trainer = network.CreateTrainer(new AdamW(), batchSize: 300);
        float[] inputs = Numbers(300 * 40), targets = Numbers(300 * 2), outputs = new float[300 * 2];
        network.ForwardBatch(inputs, outputs);
        AssertAllocatesNothing(() => network.Forward(inputs.AsSpan(0, 40), outputs.AsSpan(0, 2)));
        AssertAllocatesNothing(() => network.ForwardBatch(inputs, outputs));
        AssertAllocatesNothing(() => trainer.Step(inputs, targets));
        AssertAllocatesNothing(() =>
        {
            trainer.Backward(inputs, targets);
            trainer.Backward(inputs, targets);
            trainer.Update();
        });
        AssertAllocatesNothing(() => trainer.Loss(inputs, targets));
        AssertAllocatesNothing(() => network.Hash());

        var classifier = new SmallClassifier(1).CreateTrainer(new Adam(), batchSize: 4);
        int[] labels = [0, 1, 2, 1];
        AssertAllocatesNothing(() => classifier.Step(inputs.AsSpan(0, 20), labels));
    }

    [Fact]
    public void The_first_step_allocates_nothing_either()
    {
        float[] inputs = Numbers(20), targets = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0.5f, 0.5f, 0];
        AssertFirstCallAllocatesNothing(() =>
        {
            var trainer = new SmallClassifier(1).CreateTrainer(new Sgd(0.1), batchSize: 4);
            return () => trainer.Step(inputs, targets);
        });
    }

    [Fact]
    public void The_check_of_a_first_call_detects_an_allocation()
    {
        object? kept = null;
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertFirstCallAllocatesNothing(() => () => kept = new object()));
        Assert.NotNull(kept);
    }

    /// <summary>The first call of something new: collections for other threads are why it is tried again, as in <see cref="AssertAllocatesNothing"/>.</summary>
    /// <param name="create">Makes what is called.</param>
    internal static void AssertFirstCallAllocatesNothing(Func<Action> create)
    {
        var allocated = long.MaxValue;
        for (var attempt = 0; attempt < 20 && allocated != 0; attempt++)
        {
            var call = create();
            var before = GC.GetAllocatedBytesForCurrentThread();
            call();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void The_allocation_check_detects_an_allocation()
    {
        object? kept = null;
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertAllocatesNothing(() => kept = new object()));
        Assert.NotNull(kept);
    }

    /// <summary>
    /// 100 calls. A garbage collection for another thread ends this thread's allocation buffer, whose rest then counts as allocated:
    /// calls during which there was one say nothing, and there are others. One that goes on in the background may do so before it is counted, but not three times in a row.
    /// </summary>
    internal static void AssertAllocatesNothing(Action action)
    {
        action();
        var (allocated, undisturbed) = (long.MaxValue, 0);
        for (var attempt = 0; attempt < 1000 && allocated != 0 && undisturbed < 3; attempt++)
        {
            var (collections, before) = (GC.CollectionCount(0), GC.GetAllocatedBytesForCurrentThread());
            for (var i = 0; i < 100; i++)
                action();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            undisturbed = GC.CollectionCount(0) == collections ? undisturbed + 1 : 0;
        }
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Threads_share_a_network()
    {
        var network = new Regressor(3);
        var inputs = Numbers(500 * 40);
        var expected = new float[500 * 2];
        network.ForwardBatch(inputs, expected);
        var (threads, wrong) = (new Thread[4], 0);
        using var start = new Barrier(threads.Length);
        for (var t = 0; t < threads.Length; t++)
        {
            threads[t] = new Thread(() =>
            {
                var (outputs, batch) = (new float[2], new float[500 * 2]);
                start.SignalAndWait();
                for (var sample = 0; sample < 500; sample++)
                {
                    network.Forward(inputs.AsSpan(sample * 40, 40), outputs);
                    network.ForwardBatch(inputs, batch);
                    if (!outputs.AsSpan().SequenceEqual(expected.AsSpan(2 * sample, 2)) || !batch.AsSpan().SequenceEqual(expected))
                        Interlocked.Increment(ref wrong);
                }
            });
            threads[t].Start();
        }
        foreach (var thread in threads)
            thread.Join();
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void A_network_too_large_for_the_stack_computes()
    {
        var network = new TooLargeForTheStack(1);
        float[] inputs = Numbers(6), one = new float[2], both = new float[4];
        network.ForwardBatch(inputs, both);
        network.Forward(inputs.AsSpan(3), one);
        Assert.Equal(both[2..], one);
    }

    [Fact]
    public void Equal_seeds_give_equal_weights_and_others_do_not()
    {
        Assert.Equal(new Xor(7).Hash(), new Xor(7).Hash());
        Assert.NotEqual(new Xor(7).Hash(), new Xor(8).Hash());
    }

    [Fact]
    public void The_fingerprint_sees_every_value()
    {
        var network = new Regressor(1);
        var hashes = new HashSet<ulong> { network.Hash() };
        for (var layer = 0; layer < network.Parameters.LayerCount; layer++)
        {
            var parameters = network.Parameters.Dense(layer);
            for (var o = 0; o < parameters.Outputs; o++)
            {
                parameters.Biases[o] += 1;
                Assert.True(hashes.Add(network.Hash()));
            }
            for (var o = 0; o < parameters.Outputs; o++)
                for (var i = 0; i < parameters.Inputs; i++)
                {
                    parameters.Weights[o, i] += 1;
                    Assert.True(hashes.Add(network.Hash()));
                }
        }
        Assert.Equal(Regressor.ParameterCount + 1, hashes.Count);
    }

    [Theory]
    [InlineData(4, 3, "SmallClassifier.Forward expects 5 inputs, got 4.")]
    [InlineData(5, 2, "SmallClassifier.Forward expects room for 3 outputs, got 2.")]
    [InlineData(0, 0, "SmallClassifier.Forward expects 5 inputs, got 0.")]
    public void Forward_refuses_wrong_lengths(int inputs, int outputs, string message) =>
        AssertMessage<ArgumentException>(message, () => new SmallClassifier(1).Forward(new float[inputs], new float[outputs]));

    [Theory]
    [InlineData(11, 6, "SmallClassifier.ForwardBatch expects 5 inputs a sample, got 11 in all.")]
    [InlineData(10, 5, "SmallClassifier.ForwardBatch expects room for 6 outputs of 2 samples, got 5.")]
    public void ForwardBatch_refuses_wrong_lengths(int inputs, int outputs, string message) =>
        AssertMessage<ArgumentException>(message, () => new SmallClassifier(1).ForwardBatch(new float[inputs], new float[outputs]));

    [Fact]
    public void A_batch_of_none_is_computed() => new SmallClassifier(1).ForwardBatch([], []);

    [Theory]
    [InlineData(9, new[] { 0, 1 }, "SmallClassifier.Step expects 10 inputs for the labels of 2 samples (5 a sample), got 9.")]
    [InlineData(0, new int[0], "SmallClassifier.Step expects at least one sample, got none.")]
    [InlineData(25, new[] { 0, 0, 0, 0, 0 }, "SmallClassifier.Step takes up to 4 samples (the batch size of this trainer), got 5.")]
    [InlineData(10, new[] { 0, 3 }, "SmallClassifier.Step expects labels from 0 to 2, got 3 for sample 1.")]
    [InlineData(10, new[] { -1, 0 }, "SmallClassifier.Step expects labels from 0 to 2, got -1 for sample 0.")]
    public void Step_refuses_what_does_not_fit_and_changes_nothing(int inputs, int[] labels, string message)
    {
        var network = new SmallClassifier(1);
        var trainer = network.CreateTrainer(new Adam(), batchSize: 4);
        var hash = network.Hash();
        AssertMessage<ArgumentException>(message, () => trainer.Step(new float[inputs], labels));
        Assert.Equal(hash, network.Hash());
        Assert.Equal(0, trainer.StepCount);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Step_names_an_input_that_is_not_finite_and_changes_nothing(float value)
    {
        var network = new SmallClassifier(1);
        var trainer = network.CreateTrainer(new Adam(), batchSize: 4);
        var hash = network.Hash();
        var inputs = Numbers(20);
        inputs[13] = value;
        var expected = $"SmallClassifier.Step: feature 3 of sample 2 is {value}. Clean the data; the weights are as they were.";
        AssertMessage<NotFiniteNumberException>(expected, () => trainer.Step(inputs, FourLabels));
        Assert.Equal(hash, network.Hash());

        // The next batch trains as if nothing had happened.
        var other = new SmallClassifier(1);
        other.CreateTrainer(new Adam(), batchSize: 4).Step(Numbers(20), FourLabels);
        trainer.Step(Numbers(20), FourLabels);
        Assert.Equal(other.Hash(), network.Hash());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(31)]
    [InlineData(70)]
    [InlineData(95)]
    [InlineData(96)]
    [InlineData(98)]
    public void Step_finds_an_infinite_input_that_the_layers_would_hide(int index)
    {
        // Weights below zero: ReLU makes 0 of the infinite sums.
        var network = new SmallRegressor(1);
        for (var unit = 0; unit < 8; unit++)
            for (var input = 0; input < 3; input++)
                network.Layer1.Weights[unit, input] = -1;
        var inputs = Numbers(99);
        inputs[index] = float.PositiveInfinity;
        AssertMessage<NotFiniteNumberException>(
            $"SmallRegressor.Step: feature {index % 3} of sample {index / 3} is {float.PositiveInfinity}. Clean the data; the weights are as they were.",
            () => network.CreateTrainer(new Sgd(0.1), batchSize: 33).Step(inputs, new float[66]));
    }

    [Fact]
    public void Backward_keeps_the_gradients_of_a_batch_when_the_next_is_refused()
    {
        // More rows than are computed at a time: the first of them are finite.
        var trainer = new SmallRegressor(1).CreateTrainer(new Sgd(0.1), batchSize: 300);
        trainer.Backward(Numbers(900), Numbers(600));
        var gradients = trainer.GradientBlock.Hash();
        var inputs = Numbers(900);
        inputs[890] = float.NaN;
        AssertMessage<NotFiniteNumberException>(
            "SmallRegressor.Backward: feature 2 of sample 296 is NaN. Clean the data; the weights are as they were.", () => trainer.Backward(inputs, Numbers(600)));
        Assert.Equal(gradients, trainer.GradientBlock.Hash());
    }

    [Fact]
    public void Step_names_a_target_that_is_not_finite()
    {
        var targets = Numbers(8);
        targets[5] = float.NaN;
        AssertMessage<NotFiniteNumberException>(
            "Regressor.Step: target 1 of sample 2 is NaN. Clean the data; the weights are as they were.",
            () => new Regressor(1).CreateTrainer(new Adam(), batchSize: 4).Step(Numbers(160), targets));
    }

    [Fact]
    public void Step_stops_when_training_diverges()
    {
        var network = new Regressor(1);
        var trainer = network.CreateTrainer(new Sgd(1e30), batchSize: 4);
        var exception = Assert.Throws<TrainingDivergedException>(() =>
        {
            for (var step = 0; step < 10; step++)
                trainer.Step(Numbers(160), Numbers(8));
        });
        Assert.Contains("lower the learning rate", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateTrainer_and_optimizers_refuse_what_makes_no_sense()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Xor(1).CreateTrainer(new Adam(), batchSize: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(learningRate: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(beta1: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(-1));
    }

    [Fact]
    public void Weights_are_ordinary_matrices()
    {
        var network = new Regressor(1);
        var matrix = new float[33 * 70];
        network.Layer2.Weights.CopyTo(matrix);
        Assert.Equal(matrix[32 * 70 + 69], network.Layer2.Weights[32, 69]);
        Assert.Equal(matrix[1 * 70 + 2], network.Layer2.Weights[1, 2]);
        matrix[5] = 42;
        network.Layer2.Weights.CopyFrom(matrix);
        Assert.Equal(42, network.Layer2.Weights[0, 5]);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Layer2.Weights[33, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Layer2.Weights[0, 70]);
        AssertMessage<ArgumentException>("The weights [33, 70] have 2310 elements, got 2309.", () => network.Layer2.Weights.CopyTo(new float[2309]));
        AssertMessage<ArgumentException>("These parameters are of 40→70→33→2, the source's of 2→8→1.", () => network.Parameters.CopyFrom(new Xor(1).Parameters));
    }

    static readonly int[] FourLabels = [0, 1, 2, 0];

    static float[] Numbers(int count)
    {
        var random = new RandomStream(5);
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan())
            number = 2 * random.NextSingle() - 1;
        return numbers;
    }

    static void AssertMessage<TException>(string message, Action action) where TException : Exception
    {
        var exception = Assert.ThrowsAny<TException>(action);
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }
}
