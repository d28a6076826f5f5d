using System.Runtime.InteropServices;
using GenNet.Tests.Networks;
using GenNet.Tests.Typed;

namespace GenNet.Tests.Training;

[Network(3, 4, 1, Loss = Loss.BinaryCrossEntropy)]
sealed partial class LogitOfOne;

[Network(3, 4, 1, Output = Activation.Sigmoid)]
sealed partial class SigmoidOfOne;

[Network(3, 4, 20, Output = Activation.Sigmoid)]
sealed partial class ManyLabels;

[Network(3, 4, 5, Loss = Loss.CrossEntropy)]
sealed partial class LogitsOfFive;

[Network(3, 4, 5, Output = Activation.Softmax, Health = true)]
sealed partial class WatchedClassifier;

[Network(3)]
[Dense(4)]
[BatchNorm(Activation.ReLU)]
[Dropout(0.25)]
[Dense(2)]
sealed partial class NormalizedRegressor;

[Network]
[Sequence(4, 3)]
[Dense(6, Activation.ReLU)]
[Flatten]
[Dense(2)]
sealed partial class SequenceRegressor;

[Network(Loss = Loss.BinaryCrossEntropy)]
[Sequence(4, 3)]
[Dense(6)]
[BatchNorm(Activation.Tanh)]
[Dense(5)]
[Flatten]
sealed partial class StepLabels;

/// <summary>
/// Every way in which data come in, with everything that may be wrong with one sample: it is refused before anything changes, and named by its number in the data.
/// </summary>
public class BadSampleTests
{
    const int Samples = 12, Bad = 9, BatchSize = 4;

    static readonly Dictionary<string, Func<INetwork>> Networks = new()
    {
        ["logit"] = () => new LogitOfOne(1),
        ["sigmoid"] = () => new SigmoidOfOne(1),
        ["many labels"] = () => new ManyLabels(1),
        ["softmax"] = () => new SmallClassifier(1),
        ["logits"] = () => new LogitsOfFive(1),
        ["watched"] = () => new WatchedClassifier(1),
        ["normalized classes"] = () => new NormalizedClassifier(1),
        ["regression"] = () => new SmallRegressor(1),
        ["normalized regression"] = () => new NormalizedRegressor(1),
        ["sequence"] = () => new SequenceRegressor(1),
        ["labels of steps"] = () => new StepLabels(1),
    };

    static readonly Dictionary<string, Action<Trainer<Adam>, Data>> Entries = new()
    {
        ["Step"] = (trainer, data) => _ = data.Labels is null ? trainer.Step(data.Inputs, data.Targets) : trainer.Step(data.Inputs, data.Labels),
        ["Step, weighted"] = (trainer, data) => _ = data.Labels is null ? trainer.Step(data.Inputs, data.Targets, data.Weights) : trainer.Step(data.Inputs, data.Labels, data.Weights),
        ["Backward"] = (trainer, data) => _ = data.Labels is null ? trainer.Backward(data.Inputs, data.Targets) : trainer.Backward(data.Inputs, data.Labels),
        ["Accumulate"] = (trainer, data) => _ = data.Labels is null ? trainer.Accumulate(data.Inputs, data.Targets, 50) : trainer.Accumulate(data.Inputs, data.Labels, 50),
        ["Loss"] = (trainer, data) => _ = data.Labels is null ? trainer.Loss(data.Inputs, data.Targets) : trainer.Loss(data.Inputs, data.Labels),
        ["Step on a batch"] = (trainer, data) => StepOnBad(trainer, data, data.Set.Batches(BatchSize)),
        ["Step on a shuffled batch"] = (trainer, data) => StepOnBad(trainer, data, data.Set.Shuffled(3).Batches(BatchSize)),
        ["Step on one sample"] = (trainer, data) => StepOnBad(trainer, data, data.Set.Shuffled(3).Batches(trainer.Network is NormalizedClassifier or NormalizedRegressor or StepLabels ? 2 : 1)),
        ["Step on a fold's batch"] = (trainer, data) => StepOnBad(trainer, data, data.Set.Folds(3, 1).First(fold => fold.TrainingIndices.Contains(Bad)).TrainingData().Shuffled(3).Batches(BatchSize)),
        ["Evaluate"] = (trainer, data) => trainer.Evaluate(data.Set),
        ["Fit"] = (trainer, data) => trainer.Fit(data.Set, Options),
        ["Fit, validation"] = (trainer, data) => trainer.Fit(Data.Good(trainer.Network, data.Labels is not null).Set, Options with { Validation = data.Set }),
        ["Fit, split"] = (trainer, data) => trainer.Fit(data.Set, Options with { ValidationSplit = 0.5 }),
        ["Fit, other split"] = (trainer, data) => trainer.Fit(data.Set, Options with { ValidationSplit = 0.5, Seed = 3 }),
        ["Cross-validation"] = (trainer, data) => CrossValidation.Run(data.Set, () => (INetwork)Activator.CreateInstance(trainer.Network.GetType(), 1UL)!, new Adam(), Options, folds: 3),
        ["Learning-rate test"] = (trainer, data) => LearningRateTest.Run(trainer.Network, data.Set, new Adam(), new() { BatchSize = BatchSize }),
    };

    static readonly Dictionary<string, (Type Exception, Func<INetwork, Data, bool> Spoil)> Faults = new()
    {
        ["no class"] = (typeof(ArgumentOutOfRangeException), (network, data) => SetLabel(data, Math.Max(2, network.OutputSize))),
        ["far from any class"] = (typeof(ArgumentOutOfRangeException), (_, data) => SetLabel(data, 999)),
        ["target NaN"] = (typeof(NotFiniteNumberException), (_, data) => SetTarget(data, float.NaN)),
        ["target infinite"] = (typeof(NotFiniteNumberException), (_, data) => SetTarget(data, float.NegativeInfinity)),
        ["target above 1"] = (typeof(ArgumentOutOfRangeException), (network, data) => TakesProbabilities(network) && SetTarget(data, 1.001f)),
        ["target below 0"] = (typeof(ArgumentOutOfRangeException), (network, data) => TakesProbabilities(network) && SetTarget(data, -1e-6f)),
        ["sum above 1"] = (typeof(ArgumentException), (network, data) => network.Architecture.Loss == "CrossEntropy" && AddToTargets(data, 0.1f)),
        ["sum of 0"] = (typeof(ArgumentException), (network, data) => network.Architecture.Loss == "CrossEntropy" && AddToTargets(data, float.NegativeInfinity)),
        ["feature NaN"] = (typeof(NotFiniteNumberException), (_, data) => SetFeature(data, float.NaN)),
        ["feature infinite"] = (typeof(NotFiniteNumberException), (_, data) => SetFeature(data, float.PositiveInfinity)),
    };

    static FitOptions Options => new() { Epochs = 1, BatchSize = BatchSize };

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var entry in Entries.Keys)
                foreach (var fault in Faults.Keys)
                    cases.Add(entry, fault);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Is_refused_and_named_and_nothing_has_changed(string entry, string fault)
    {
        var tried = 0;
        foreach (var (kind, create) in Networks)
            foreach (var labels in new[] { true, false })
            {
                var network = create();
                var trainer = network.CreateTrainer(new Adam(), Samples);
                trainer.Seed = 7;
                var data = Data.Good(network, labels);
                Entries["Step"](trainer, data);
                Entries[entry](create().CreateTrainer(new Adam(), Samples), data);
                if (!Faults[fault].Spoil(network, data))
                    continue;
                tried++;
                var before = State.Of(trainer);
                var exception = Record.Exception(() => Entries[entry](trainer, data));
                Assert.True(exception?.GetType() == Faults[fault].Exception, $"{kind}, {(labels ? "labels" : "targets")}: {exception}");
                Assert.Contains($"sample {Bad} ", exception!.Message.Replace('.', ' ').Replace(',', ' '), StringComparison.Ordinal);
                Assert.Equal(before, State.Of(trainer));
            }
        Assert.InRange(tried, 4, 22);
    }

    [Theory]
    [InlineData(float.NaN, 0, "feature 0")]
    [InlineData(float.PositiveInfinity, 0, "feature 0")]
    [InlineData(0, double.NaN, "target 0")]
    [InlineData(0, double.NegativeInfinity, "target 0")]
    public void Values_of_ones_own_types_are_named_too(float input, double output, string what)
    {
        var samples = Enumerable.Range(0, Samples).Select(i => ((float)i, (double)i)).ToArray();
        samples[Bad] = (input, output);
        var network = new CurveNet(1);
        var hash = network.Hash();
        var trainer = network.CreateTrainer(new Adam(), Samples);
        foreach (var entry in new Action[]
        {
            () => trainer.Step(samples),
            () => trainer.Backward(samples),
            () => trainer.Loss(samples),
            () => trainer.Fit(CurveNet.CreateDataset(samples), Options),
        })
            Assert.Contains($"{what} of sample {Bad} ", Assert.Throws<NotFiniteNumberException>(entry).Message, StringComparison.Ordinal);
        Assert.Equal((hash, 0, 0), (network.Hash(), trainer.StepCount, trainer.BatchCount));
    }

    [Theory]
    [InlineData("Step")]
    [InlineData("Step, weighted")]
    [InlineData("Loss")]
    [InlineData("Step on a shuffled batch")]
    [InlineData("Evaluate")]
    [InlineData("Fit")]
    public void A_number_of_a_sequence_is_named_by_its_step(string entry)
    {
        Check(new SequenceRegressor(1), "step 2, feature 1 is NaN. ", data => data.Inputs[Bad * 12 + 2 * 3 + 1] = float.NaN);
        Check(new StepLabels(1), "step 0, feature 2 is NaN. ", data => data.Inputs[Bad * 12 + 2] = float.NaN);
        Check(new StepLabels(1), "step 3, target 4 is NaN. ", data => data.Targets[Bad * 20 + 3 * 5 + 4] = float.NaN);
        Check(new StepLabels(1), "step 1, target 0 is 2, but binary cross-entropy takes ", data => data.Targets[Bad * 20 + 5] = 2);

        // Where no step has targets of its own, they are the sample's.
        var wrong = Data.Good(new SequenceRegressor(1), labels: false);
        wrong.Targets[Bad * 2 + 1] = float.NaN;
        Assert.Contains($": target 1 of sample {Bad} is NaN. ", Assert.ThrowsAny<Exception>(() => Entries[entry](new SequenceRegressor(1).CreateTrainer(new Adam(), Samples), wrong)).Message.Replace(" of the training data", ""), StringComparison.Ordinal);

        void Check(INetwork network, string place, Action<Data> spoil)
        {
            var data = Data.Good(network, labels: false);
            spoil(data);
            Assert.Contains($": sample {Bad}, {place}", Assert.ThrowsAny<Exception>(() => Entries[entry](network.CreateTrainer(new Adam(), Samples), data)).Message.Replace(" of the training data", ""), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_number_of_a_sequence_is_named_by_its_step_where_gradients_come_from_outside()
    {
        var network = new StepLabels(1);
        var trainer = network.CreateTrainer(new Adam(), Samples);
        var data = Data.Good(network, labels: false);
        _ = trainer.Forward(data.Inputs);
        data.Targets[Bad * 20 + 3 * 5 + 4] = float.NaN;
        Assert.Contains($"the gradient of sample {Bad}, step 3, output 4 is NaN. ", Assert.Throws<NotFiniteNumberException>(() => trainer.Backward(data.Targets)).Message, StringComparison.Ordinal);
        data.Inputs[Bad * 12 + 2 * 3 + 1] = float.NaN;
        Assert.Contains($": sample {Bad}, step 2, feature 1 is NaN. ", Assert.Throws<NotFiniteNumberException>(() => { _ = trainer.Forward(data.Inputs); }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_numbers_given_to_a_regression_are_told_that_targets_are_floats()
    {
        var trainer = new SmallRegressor(1).CreateTrainer(new Adam(), 4);
        const string Advice = "what a regression is to predict are targets: pass them as floats.";
        Assert.Contains(Advice, Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Step(new float[6], new[] { 0, 3 })).Message, StringComparison.Ordinal);
        Assert.Contains(Advice, Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(new Dataset(new float[6], 3, new[] { 0, 3 }, 4))).Message, StringComparison.Ordinal);
        Assert.Contains(Advice, Assert.Throws<ArgumentException>(() => new Dataset(new float[6], 3, new[] { 0, 3 }, 1)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Advice, Assert.Throws<ArgumentOutOfRangeException>(() => new SmallClassifier(1).CreateTrainer(new Adam(), 4).Step(new float[5], new[] { 3 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_diverges_names_the_sample_of_the_data()
    {
        var data = Data.Good(new SmallRegressor(1), labels: false);
        data.Inputs.AsSpan(Bad * 3, 3).Fill(3e38f);
        var trainer = new SmallRegressor(1).CreateTrainer(new Adam(), BatchSize);
        Assert.Contains($"for sample {Bad}. ", Assert.Throws<TrainingDivergedException>(() => StepOnBad(trainer, data, data.Set.Shuffled(3).Batches(BatchSize))).Message, StringComparison.Ordinal);
        Assert.Contains($"for sample {Bad}. ", Assert.Throws<TrainingDivergedException>(() => CrossValidation.Run(data.Set, () => new SmallRegressor(1), new Sgd(0), Options, folds: 3)).Message, StringComparison.Ordinal);

        // Of a sequence the step is named too.
        var steps = Data.Good(new SequenceRegressor(1), labels: false);
        steps.Inputs.AsSpan(Bad * 12 + 3, 3).Fill(float.MaxValue);
        var loud = new SequenceRegressor(1);
        loud.Layer1.Weights.CopyFrom([.. Enumerable.Repeat(1f, 18)]);
        Assert.Contains($"for sample {Bad}, step 1. ", Assert.Throws<TrainingDivergedException>(() => loud.CreateTrainer(new Adam(), Samples).Step(steps.Inputs, steps.Targets)).Message, StringComparison.Ordinal);

        // A batch of the user's own has numbers of its own.
        Assert.Contains("for sample 0. ", Assert.Throws<TrainingDivergedException>(() => trainer.Step(data.Inputs.AsSpan(Bad * 3, 3), data.Targets.AsSpan(0, 2))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_at_the_limits_are_taken()
    {
        foreach (var target in new[] { 0, -0f, float.Epsilon, 1 })
            foreach (var network in new INetwork[] { new LogitOfOne(1), new SigmoidOfOne(1), new ManyLabels(1) })
            {
                var targets = new float[2 * network.OutputSize];
                Array.Fill(targets, target);
                Assert.True(float.IsFinite(network.CreateTrainer(new Adam(), 2).Step(new float[6], targets)));
            }
    }

    [Fact]
    public void Distributions_of_half_precision_are_taken()
    {
        var random = new RandomStream(1);
        var trainer = new LogitsOfFive(1).CreateTrainer(new Adam(), 1);
        for (var i = 0; i < 100; i++)
        {
            var targets = Enumerable.Range(0, 5).Select(_ => random.NextSingle()).ToArray();
            var sum = targets.Sum();
            trainer.Step(new float[3], [.. targets.Select(target => (float)(Half)(target / sum))]);
        }
    }

    [Fact]
    public void A_batch_knows_the_numbers_of_its_samples()
    {
        var data = Data.Good(new SmallRegressor(1), labels: false).Set;
        foreach (var batches in new[] { data.Batches(5), data.Shuffled(3).Batches(5), data.Sampled(Sampling.Weighted([1, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 3]), 4).Batches(5) })
            foreach (var batch in batches)
                for (var i = 0; i < batch.Count; i++)
                    Assert.Equal(batch.Inputs.Slice(3 * i, 3), data.Inputs.Slice(3 * batch.DatasetIndex(i), 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Index(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Index(-1));

        int Index(int sample)
        {
            foreach (var batch in data.Batches(5))
                return batch.DatasetIndex(sample);
            return -1;
        }
    }

    static bool TakesProbabilities(INetwork network) => network.Architecture.Loss is "CrossEntropy" or "BinaryCrossEntropy";

    static bool SetLabel(Data data, int label)
    {
        if (data.Labels is null)
            return false;
        data.Labels[Bad] = label;
        return true;
    }

    static bool SetTarget(Data data, float target)
    {
        if (data.Labels is not null)
            return false;
        data.Targets[Bad * data.Targets.Length / Samples] = target;
        return true;
    }

    static bool AddToTargets(Data data, float difference)
    {
        if (data.Labels is not null)
            return false;
        var width = data.Targets.Length / Samples;
        foreach (ref var target in data.Targets.AsSpan(Bad * width, width))
            target = Math.Clamp(target + difference, 0, 1);
        return true;
    }

    static bool SetFeature(Data data, float value)
    {
        data.Inputs[Bad * data.Inputs.Length / Samples + 1] = value;
        return true;
    }

    /// <summary>A step on the batch that has the bad sample.</summary>
    static void StepOnBad(Trainer trainer, Data data, BatchSequence batches)
    {
        var bad = Row(data.Inputs, Bad);
        foreach (var batch in batches)
            for (var i = 0; i < batch.Count; i++)
                if (Row(batch.Inputs, i).SequenceEqual(bad))
                {
                    trainer.Step(batch);
                    return;
                }

        ReadOnlySpan<byte> Row(ReadOnlySpan<float> inputs, int number) => MemoryMarshal.AsBytes(inputs.Slice(number * data.InputSize, data.InputSize));
        throw new InvalidOperationException("No batch has the sample.");
    }

    /// <summary>Samples that fit a network, with labels or with targets.</summary>
    sealed record Data(float[] Inputs, int InputSize, int[]? Labels, float[] Targets)
    {
        public float[] Weights { get; } = [.. Enumerable.Repeat(1f, Samples)];

        // What a network does not have, a dataset may.
        public Dataset Set => Labels is null ? new(Inputs, InputSize, Targets, Targets.Length / Samples) : new(Inputs, InputSize, Labels, 1000);

        public static Data Good(INetwork network, bool labels)
        {
            var (classes, outputs) = (Math.Max(2, network.OutputSize), network.OutputSize);
            var targets = TestNumbers.Create(Samples * outputs, 2);
            if (TakesProbabilities(network))
                targets = [.. targets.Select(target => target + 0.5f)];
            if (network.Architecture.Loss == "CrossEntropy")
                targets = [.. targets.Chunk(outputs).SelectMany(row => row.Select(target => target / row.Sum()))];
            return new(
                TestNumbers.Create(Samples * network.InputSize, 1), network.InputSize,
                labels ? [.. Enumerable.Range(0, Samples).Select(i => i % classes)] : null, targets);
        }
    }

    /// <summary>All that a refused sample must leave as it was.</summary>
    sealed record State(string Values)
    {
        public static State Of(Trainer<Adam> trainer) => new(string.Join(
            "; ",
            trainer.Network.Hash(), trainer.StepCount, trainer.BatchCount, trainer.Seed, trainer.LearningRate, trainer.Schedule, trainer.GradientBlock.Hash(),
            string.Join(", ", trainer.StateNames.Select(name => trainer.State(name).Hash()))));
    }
}
