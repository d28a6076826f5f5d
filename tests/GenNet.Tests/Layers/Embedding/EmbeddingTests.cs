namespace GenNet.Tests.Layers;

/// <summary>Tokens with a number, and one that says which of three kinds they are.</summary>
[Network]
[Sequence(6, 3)]
[Embedding(11, 5, Feature = 1)]
[Embedding(3, 2, Feature = 6)]
[GRU(7)]
[LastStep]
[Dense(4, Activation.Softmax)]
public sealed partial class Tokens;

/// <summary>An index alone.</summary>
[Network(1)]
[Embedding(40, 3)]
[Dense(2)]
public sealed partial class Things;

/// <summary>Fewer of them.</summary>
[Network(1)]
[Embedding(20, 3)]
[Dense(2)]
public sealed partial class FewerThings;

/// <summary>An answer at each step.</summary>
[Network]
[Sequence(4, 1)]
[Embedding(10, 4)]
[GRU(5)]
[Dense(1)]
[Flatten]
public sealed partial class Answers;

/// <summary>Many things, with health.</summary>
[Network(2, Health = true)]
[Embedding(500, 8)]
[Dense(8, Activation.ReLU)]
[Dense(1)]
public sealed partial class HealthyThings;

public sealed class EmbeddingTests
{
    /// <summary>A sequence of fewer steps than declared is computed step by step, but looked at whole.</summary>
    [Fact]
    public void Fewer_steps_with_a_wrong_index_write_no_output()
    {
        var outputs = new float[] { 7, 7, 7 };
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => new Answers(1).Forward([1, 2, 99], outputs));
        Assert.StartsWith("Answers.Forward: sample 0, step 2, feature 0 is 99, but layer 1 is an embedding of 10", exception.Message, StringComparison.Ordinal);
        Assert.Equal([7, 7, 7], outputs);
    }

    /// <summary>Who standardised an index would break it.</summary>
    [Fact]
    public unsafe void Health_does_not_measure_an_index()
    {
        var probe = new DataProbe(width: 6, features: 3, HealthyThings.Architecture.IndexFeatures);
        fixed (float* rows = (float[])[499, 1, 2, 300, 3, -1, 200, -1, 1, 100, 2, 30])
            probe.Measure(rows, 2);
        Assert.Equal((5, false), (probe.Largest, probe.Size < 21));
        Assert.Equal(Math.Sqrt((1 + 900) / 2.0), probe.Size, 9);
        fixed (float* rows = (float[])[499, 1, 2, 300, 3, -1])
            probe.Measure(rows, 1);
        Assert.Equal((4, false), (probe.Largest, probe.IsUnscaled));
    }

    const int Samples = 5;

    static float[] Inputs(ulong seed)
    {
        var random = new RandomStream(seed);
        return [.. Enumerable.Range(0, Samples * Tokens.InputSize).Select(i => (i % 3) switch { 1 => random.NextInt32(11), 2 => random.NextInt32(3), _ => random.NextSingle() })];
    }

    [Theory]
    [InlineData(11f, 1, "feature 1 is 11, but layer 1 is an embedding of 11: give a whole number from 0 to 10.")]
    [InlineData(-1f, 1, "feature 1 is -1, but layer 1 is")]
    [InlineData(0.5f, 2, "feature 2 is 0.5, but layer 2 is an embedding of 3: give a whole number from 0 to 2.")]
    [InlineData(3e9f, 2, "feature 2 is 3E+09, but layer 2 is")]
    public void What_is_no_index_is_refused_by_sample_and_step(float value, int feature, string message)
    {
        var network = new Tokens(1);
        var (inputs, labels, outputs) = (Inputs(2), new[] { 0, 1, 2, 3, 0 }, new float[Samples * 4]);
        var trainer = network.CreateTrainer(new Adam(), Samples, inputGradients: true);
        trainer.Step(inputs, labels);
        var before = (network.Hash(), trainer.StepCount, trainer.BatchCount);
        inputs[3 * Tokens.InputSize + 4 * 3 + feature] = value;
        var place = $"sample 3, step 4, {message}";
        Refused("Tokens.ForwardBatch: " + place, () => network.ForwardBatch(inputs, outputs));
        Refused("Tokens.Forward: sample 0, step 4, " + message, () => network.Forward(inputs.AsSpan(3 * Tokens.InputSize, Tokens.InputSize), outputs.AsSpan(0, 4)));
        Refused("Tokens.Step: " + place, () => trainer.Step(inputs, labels));
        Refused("Tokens.Backward: " + place, () => trainer.Backward(inputs, labels));
        Refused("Tokens.Loss: " + place, () => trainer.Loss(inputs, labels));
        Refused("Tokens.Accumulate: " + place, () => trainer.Accumulate(inputs, labels, 8));
        Refused("Tokens.Forward: " + place, () => trainer.Forward(inputs));
        Refused("Tokens.Forward: " + place, () => trainer.Forward(inputs, new Sequences { Lengths = [6, 6, 6, 5, 6] }));
        Refused("of the training data, step 4, " + message, () => network.Fit(new Dataset(inputs, Tokens.InputSize, labels, 4), new Adam()));

        // Of streams the step that comes.
        var states = network.CreateState(Samples);
        float[] steps = [.. Enumerable.Range(0, Samples).SelectMany(sample => inputs.AsSpan(sample * Tokens.InputSize + 12, 3).ToArray())];
        Refused($"Tokens.ForwardBatch: {message.Replace(" is ", " of sample 3 is ", StringComparison.Ordinal)[..20]}", () => network.ForwardBatch(steps, states, outputs));
        Refused("Tokens.Forward: ", () => network.Forward(steps.AsSpan(9, 3), network.CreateState(), outputs.AsSpan(0, 4)));
        Assert.All(states.Values(3).ToArray(), value => Assert.Equal(0, value));

        // Behind the end of a sequence it may be anything.
        Assert.Equal(before, (network.Hash(), trainer.StepCount, trainer.BatchCount));
        Assert.True(float.IsFinite(trainer.Step(inputs, labels, new Sequences { Lengths = [6, 6, 6, 4, 6] })));

        static void Refused(string message, Action action) => Assert.Contains(message, Assert.Throws<ArgumentOutOfRangeException>(action).Message, StringComparison.Ordinal);
    }

    /// <summary>Bytes become numbers from 0 to 1, which no index is, unless they are told not to.</summary>
    [Fact]
    public void Bytes_are_indices_where_they_are_not_scaled()
    {
        var data = new Dataset(new byte[] { 3, 39, 0, 7 }, 1, new[] { 0f, 1, 1, 0, 0, 0, 1, 1 }, 2);
        const string Remedy = "give a whole number from 0 to 39. The dataset's bytes are scaled: data.WithScale(1) leaves them as they are.";
        var trainer = new Things(1).CreateTrainer(new Sgd(0.1), 4);
        Assert.Contains(Remedy, Assert.Throws<ArgumentOutOfRangeException>(() => new Things(1).Fit(data, new Sgd(0.1))).Message, StringComparison.Ordinal);
        Assert.Contains(Remedy, Assert.Throws<ArgumentOutOfRangeException>(() => Step(data)).Message, StringComparison.Ordinal);
        Step(data.WithScale(1));
        var wrong = new Dataset(new byte[] { 40 }, 1, new[] { 0f, 1 }, 2).WithScale(1);
        Assert.EndsWith("from 0 to 39. (Parameter 'inputs')\nActual value was 40.", Assert.Throws<ArgumentOutOfRangeException>(() => Step(wrong)).Message.ReplaceLineEndings("\n"), StringComparison.Ordinal);

        void Step(Dataset of)
        {
            foreach (var batch in of.Batches(4))
                trainer.Step(batch);
        }
    }

    [Fact]
    public void Messages_call_rows_things()
    {
        var network = new Things(1);
        Assert.Contains("The weights [40, 3] have 40 things, counted from 0.", Assert.Throws<ArgumentOutOfRangeException>(() => network.Layer1.Weights[40, 0]).Message, StringComparison.Ordinal);
        Assert.Contains("0.weight [40, 3] has 3 values, counted from 0.", Assert.Throws<ArgumentOutOfRangeException>(() => network.Parameters.Tensors[0][0, 3]).Message, StringComparison.Ordinal);
        var path = Path.GetTempFileName();
        try
        {
            network.Save(path);
            Assert.Contains("Declare that layer as [Embedding(40, 3)], or load another file.", Assert.Throws<InvalidDataException>(() => new FewerThings(1).Load(path, checkSchema: false)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_is_not_finite_is_refused()
    {
        var (network, output) = (new Things(1), new float[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Forward([float.NaN], output));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Forward([float.PositiveInfinity], output));
        Assert.Throws<NotFiniteNumberException>(() => network.CreateTrainer(new Sgd(0.1), 1).Step([float.NaN], [1f, 2]));
    }

    /// <summary>As with PyTorch's dense gradients, rows that no sample has decay and go on with what an optimiser remembers of them.</summary>
    [Fact]
    public void Every_update_changes_all_rows()
    {
        var network = new Things(1);
        var before = network.Layer1.Weights[30, 1];
        network.CreateTrainer(new Sgd(0.1) { WeightDecay = 0.5 }, 2).Step([3, 4], [1f, 2, 3, 4]);
        Assert.Equal(before * (1 - 0.05f), network.Layer1.Weights[30, 1], 1e-6);

        var trainer = network.CreateTrainer(new Momentum(0.1), 2);
        trainer.Step([30, 4], [1f, 2, 3, 4]);
        before = network.Layer1.Weights[30, 1];
        trainer.Step([3, 4], [1f, 2, 3, 4]);
        Assert.NotEqual(before, network.Layer1.Weights[30, 1]);
    }

    [Fact]
    public void Steps_one_by_one_have_the_bits_of_whole_sequences()
    {
        var (network, inputs) = (new Tokens(3), Inputs(4));
        float[] whole = new float[4], step = new float[4], crowd = new float[Samples * 4];
        var states = network.CreateState(Samples);
        for (var t = 0; t < 6; t++)
            network.ForwardBatch([.. Enumerable.Range(0, Samples).SelectMany(sample => inputs.AsSpan(sample * Tokens.InputSize + t * 3, 3).ToArray())], states, crowd);
        for (var sample = 0; sample < Samples; sample++)
        {
            var sequence = inputs.AsSpan(sample * Tokens.InputSize, Tokens.InputSize);
            network.Forward(sequence, whole);
            var state = network.CreateState();
            for (var t = 0; t < 6; t++)
                network.Forward(sequence.Slice(3 * t, 3), state, step);
            Assert.Equal(whole, step);
            Assert.Equal(whole, crowd[(4 * sample)..(4 * sample + 4)]);
            network.Forward(sequence[..9], step);
            Assert.NotEqual(whole, step);
        }
    }

    [Fact]
    public void Threads_and_parts_leave_no_trace()
    {
        Assert.Equal(Train(1), Train(3));

        static ulong Train(int threads)
        {
            var before = Parallelism.Threads;
            Parallelism.Threads = threads;
            try
            {
                var network = new Things(1);
                var trainer = network.CreateTrainer(new Adam(0.01), 300);
                var random = new RandomStream(5);
                for (var step = 0; step < 3; step++)
                    trainer.Step([.. Enumerable.Range(0, 300).Select(_ => (float)random.NextInt32(40))], [.. Enumerable.Range(0, 600).Select(_ => random.NextSingle())]);
                return network.Hash();
            }
            finally
            {
                Parallelism.Threads = before;
            }
        }
    }

    [Fact]
    public void An_embedding_is_described_where_its_index_is_a_feature()
    {
        var builder = new ArchitectureBuilder(4).Sequence(5).Embedding(10, 3, feature: 1);
        Assert.Equal(6, builder.Units);
        Assert.Throws<InvalidOperationException>(() => builder.Embedding(10, 3, feature: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Embedding(10, 3, feature: 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Embedding(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Embedding(int.MaxValue, int.MaxValue));
        Assert.Throws<InvalidOperationException>(() => new ArchitectureBuilder(4).Dense(3, Activation.Identity).Embedding(10, 3));
        Assert.Equal("Embedding 4→6 of 10×3 at 1, Embedding 6→7 of 4×2 at 5", builder.Embedding(4, 2, feature: 5).Flatten(5).Build("Net", "").Schema.Split(", Flatten")[0]);
    }
}
