using GenNet.Testing;
using GenNet.Tests.Networks;
using GenNet.Tests.Reference;

namespace GenNet.Tests.Training;

[Network]
[Sequence(6, 3)]
[GRU(9)]
[Dense(4, Activation.Softmax)]
[Flatten]
sealed partial class Tagger;

/// <summary>The same with another loss, batch norm and health.</summary>
[Network(Loss = Loss.MeanSquaredError, Health = true)]
[Sequence(6, 3)]
[Dense(9)]
[BatchNorm(Activation.Tanh)]
[Dense(4, Activation.Softmax)]
[Flatten]
sealed partial class HealthyTagger;

[Network]
[Image(3, 4, 2)]
[Conv2D(5, 3, Activation.ReLU, Padding = Padding.Same)]
[Conv2D(20, 1, Activation.Softmax)]
[Flatten]
sealed partial class Segmenter;

/// <summary>A label for each step, or pixel, and labels that do not count.</summary>
[Collection(nameof(ParallelismTests))]
public sealed class StepLabelTests : IDisposable
{
    const int None = Dataset.IgnoredLabel;

    public static TheoryData<string> Networks => [nameof(Tagger), nameof(HealthyTagger), nameof(Segmenter)];

    public void Dispose() => Parallelism.Threads = 1;

    [Theory, MemberData(nameof(Networks))]
    public void A_network_with_classes_of_positions_is_right(string name)
    {
        NetworkCheck.All(Create(name));
        Assert.Equal(name == nameof(Segmenter) ? 12 : 6, Create(name).Architecture.LabelSize);
        Assert.Equal((6, 12, 1), (Tagger.LabelSize, Segmenter.LabelSize, Xor.Architecture.LabelSize));
    }

    [Fact]
    public void Each_step_has_probabilities_of_its_own()
    {
        var network = new Tagger(1);
        var data = new Samples(network, 5);
        var outputs = new float[5 * Tagger.OutputSize];
        network.ForwardBatch(data.Inputs, outputs);
        Assert.All(outputs.Chunk(4), step => Assert.Equal(1, step.Sum(), 1e-6f));
        Assert.Equal(outputs, network.CreateTrainer(new Sgd(0.1), 5).Forward(data.Inputs, training: false).ToArray());

        // Step by step, and of fewer steps.
        var (state, step, one) = (network.CreateState(), new float[4], new float[3 * 4]);
        network.Forward(data.Inputs.AsSpan(0, 9), one);
        for (var t = 0; t < 6; t++)
        {
            network.Forward(data.Inputs.AsSpan(3 * t, 3), state, step);
            Assert.Equal(outputs[(4 * t)..(4 * t + 4)], step);
            if (t < 3)
                Assert.Equal(step, one[(4 * t)..(4 * t + 4)]);
        }
    }

    /// <summary>Labels are targets of 1 and 0, of which each step's loss is one of a row.</summary>
    [Theory, MemberData(nameof(Networks))]
    public void Labels_are_targets(string name)
    {
        var network = Create(name);
        var data = new Samples(network, 7);
        var trainer = network.CreateTrainer(new Sgd(0.1), 7);
        Assert.Equal(trainer.Backward(data.Inputs, data.OneHot()), trainer.Backward(data.Inputs, data.Labels));
        var loss = trainer.Loss(data.Inputs, data.Labels);
        var rows = trainer.Forward(data.Inputs, training: false).ToArray().Chunk(data.Classes).ToArray();
        Assert.Equal(rows.Select((row, i) => Value(row, data.Labels[i])).Average(), loss, 1e-5);

        var ignored = data.Labels.Select((label, i) => i % 3 == 1 ? None : label).ToArray();
        Assert.Equal(rows.Select((row, i) => (row, i)).Where(of => of.i % 3 != 1).Select(of => Value(of.row, data.Labels[of.i])).Average(), trainer.Loss(data.Inputs, ignored), 1e-5);

        double Value(float[] row, int label) => network.Architecture.Loss == nameof(Loss.CrossEntropy)
            ? -Math.Log(row[label])
            : row.Select((a, j) => Math.Pow(a - (j == label ? 1 : 0), 2)).Average();
    }

    /// <summary>What is ignored has no gradient: its row may hold anything that is a number.</summary>
    [Fact]
    public void Behind_the_last_label_that_counts_nothing_is_learnt()
    {
        var network = new Tagger(1);
        var trainer = network.CreateTrainer(new Sgd(0.1), 2, inputGradients: true);
        var data = new Samples(network, 2);
        int[] labels = [1, 2, None, None, None, None, None, 3, 0, None, None, None];
        var loss = trainer.Backward(data.Inputs, labels);
        var gradients = trainer.GradientBlock.Span.ToArray();
        Assert.All(Enumerable.Range(0, 36), i => Assert.Equal(i % 18 >= (i < 18 ? 6 : 9), trainer.InputGradients[i] == 0));
        var others = data.Inputs.Select((value, i) => i % 18 >= (i < 18 ? 6 : 9) ? 50 - i : value).ToArray();
        Assert.Equal(loss, trainer.Backward(others, labels));
        Assert.Equal(gradients, trainer.GradientBlock.Span.ToArray());

        // The same by lengths, whatever label stands there.
        int[] anything = [1, 2, 99, -1, None, 0, 3, 3, 0, 7, 7, -5];
        Assert.NotEqual(loss, trainer.Backward(data.Inputs, anything, new Sequences { Lengths = [2, 3] }));
        anything[6] = None;
        Assert.Equal(loss, trainer.Backward(data.Inputs, anything, new Sequences { Lengths = [2, 3] }));
        Assert.Equal(gradients, trainer.GradientBlock.Span.ToArray());
    }

    /// <summary>Targets that are distributions are left out behind the end of a sequence, and nowhere else.</summary>
    [Fact]
    public void Distributions_of_steps_have_lengths()
    {
        var network = new Tagger(1);
        var data = new Samples(network, 3);
        var trainer = network.CreateTrainer(new Sgd(0.1), 3);
        int[] lengths = [6, 1, 4];
        var targets = data.OneHot();
        for (var i = 0; i < targets.Length; i++)
            if (i / 4 % 6 >= lengths[i / 24])
                targets[i] = 9;
        Assert.Equal(trainer.Backward(data.Inputs, data.Labels, new Sequences { Lengths = lengths }), trainer.Backward(data.Inputs, targets, new Sequences { Lengths = lengths }));
        Assert.Contains("sample 1, step 1, target 0 is 9", Assert.Throws<ArgumentOutOfRangeException>(() => { trainer.Backward(data.Inputs, targets); }).Message, StringComparison.Ordinal);
        targets = data.OneHot();
        targets[4 * 8 + data.Labels[8]] = 0.25f;
        Assert.Contains("the 4 targets of sample 1, step 2 add up to 0.25", Assert.Throws<ArgumentException>(() => { trainer.Backward(data.Inputs, targets); }).Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Networks))]
    public void Bits_depend_on_no_thread_and_no_batch(string name)
    {
        const int Count = 300;
        var data = new Samples(Create(name), Count);
        var labels = data.Labels.Select((label, i) => i % 5 == 2 || i % 7 == 0 ? None : label).ToArray();
        var expected = (float[]?)null;
        foreach (var threads in new[] { 1, 2, 3 })
        {
            Parallelism.Threads = threads;
            var network = Create(name);
            var trainer = network.CreateTrainer(new Adam(0.01), Count);
            var loss = trainer.Step(data.Inputs, labels, data.Weights);
            float[] result = [loss, .. network.Parameters.Span.ToArray()];
            Assert.Equal(expected ??= result, result);
        }
    }

    /// <summary>Parts of a batch that are told how many labels of it count have its bits, though each has others that count.</summary>
    [Fact]
    public void Parts_have_the_gradients_of_the_whole()
    {
        const int Count = 200;
        var network = new Tagger(1);
        var data = new Samples(network, Count);
        var labels = data.Labels.Select((label, i) => i % 5 == 2 || i > 700 ? None : label).ToArray();
        var counted = labels.Count(label => label != None);
        var (whole, parts) = (network.CreateTrainer(new Sgd(0.1), Count), network.CreateTrainer(new Sgd(0.1), 70));
        var loss = whole.Backward(data.Inputs, labels);
        var sum = 0f;
        for (var first = 0; first < Count; first += 70)
        {
            var end = Math.Min(Count, first + 70);
            sum += parts.Accumulate(data.Inputs.AsSpan((18 * first)..(18 * end)), labels.AsSpan((6 * first)..(6 * end)), Count, counted);
        }
        Assert.Equal(loss, sum, 1e-6f);
        Assert.Equal(whole.GradientBlock.Span.ToArray(), parts.GradientBlock.Span.ToArray());
        Assert.Contains("say how many labels of the batch count", Assert.Throws<ArgumentException>(() => { parts.Accumulate(data.Inputs.AsSpan(0, 18), labels.AsSpan(0, 6), 4); }).Message, StringComparison.Ordinal);
        Assert.Contains("5 labels of this part count, and a batch of 4 samples has 24 at most, so 3", Assert.Throws<ArgumentOutOfRangeException>(() => { parts.Accumulate(data.Inputs.AsSpan(0, 18), labels.AsSpan(0, 6), 4, 3); }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => { parts.Accumulate(data.Inputs.AsSpan(0, 18), labels.AsSpan(0, 6), 4, 25); });
    }

    [Theory, MemberData(nameof(Networks))]
    public void A_batch_without_a_label_that_counts_teaches_nothing(string name)
    {
        var network = Create(name);
        var data = new Samples(network, 3);
        var trainer = network.CreateTrainer(new Sgd(0.1), 3);
        trainer.ClassWeights = [.. Enumerable.Range(1, data.Classes).Select(c => (float)c)];
        var weights = network.Parameters.Span[..network.Architecture.TrainedLength].ToArray();
        int[] none = [.. data.Labels.Select(_ => None)];
        Assert.Equal(0, trainer.Step(data.Inputs, none));
        Assert.Equal(0, trainer.Loss(data.Inputs, none));
        Assert.Equal(weights, network.Parameters.Span[..network.Architecture.TrainedLength].ToArray());
    }

    [Fact]
    public void A_sample_whose_label_does_not_count_is_none()
    {
        var (network, other) = (new SmallClassifier(1), new SmallClassifier(1));
        var inputs = TestNumbers.Create(5 * 40, 1);
        var (trainer, others) = (network.CreateTrainer(new Adam(0.01), 40), other.CreateTrainer(new Adam(0.01), 40));
        int[] labels = [.. Enumerable.Range(0, 40).Select(i => i < 30 ? i % 3 : None)];
        Assert.Equal(others.Step(inputs.AsSpan(0, 150), labels.AsSpan(0, 30)), trainer.Step(inputs, labels), 1e-6f);
        Close.AssertEqual("weights", [.. other.Parameters.Span.ToArray().Select(value => (double)value)], network.Parameters.Span.ToArray(), 1e-5);

        // Alone, by the way of its own that one sample goes.
        var before = network.Hash();
        Assert.Equal(0, network.CreateTrainer(new Sgd(0.1), 1).Step(inputs.AsSpan(0, 5), new[] { None }));
        Assert.Equal(before, network.Hash());
        Assert.Equal(0, new Xor(1).CreateTrainer(new Sgd(0.1), 1).Step([1, 0], new[] { None }));
    }

    [Theory, MemberData(nameof(Networks))]
    public void A_step_allocates_nothing(string name)
    {
        var network = Create(name);
        var data = new Samples(network, 20);
        var trainer = network.CreateTrainer(new Adam(0.01), 20);
        var labels = data.Labels.Select((label, i) => i % 5 == 2 ? None : label).ToArray();
        int[] lengths = [.. Enumerable.Range(0, 20).Select(sample => sample % 6 + 1)];
        var measured = name == nameof(Tagger);
        void Step() => _ = measured ? trainer.Step(data.Inputs, labels, new Sequences { Lengths = lengths }) + trainer.Step(data.Inputs, labels, data.Weights) : trainer.Step(data.Inputs, labels, data.Weights);
        Step();
        NetworkContractTests.AssertAllocatesNothing(Step);
    }

    /// <summary>A dataset's labels, its batches in any order, and what judges by them.</summary>
    [Theory, MemberData(nameof(Networks))]
    public void Datasets_have_a_label_for_each_step(string name)
    {
        var network = Create(name);
        var samples = new Samples(network, 50);
        var labels = samples.Labels.Select((label, i) => i % 4 == 1 ? None : label).ToArray();
        var data = new Dataset(samples.Inputs, network.InputSize, labels, samples.Classes, samples.OfSample);
        Assert.Equal((samples.OfSample, 50), (data.LabelSize, data.Count));
        foreach (var batch in data.Shuffled(3).Batches(7))
            for (var i = 0; i < batch.Count; i++)
                Assert.Equal(labels.AsSpan(batch.DatasetIndex(i) * samples.OfSample, samples.OfSample).ToArray(), batch.Labels.Slice(i * samples.OfSample, samples.OfSample).ToArray());
        Assert.Equal(labels.AsSpan(4 * samples.OfSample, samples.OfSample).ToArray(), data.Subset([9, 4]).Labels[samples.OfSample..].ToArray());

        // In batches of which none has as many that count as another.
        var (whole, some) = (network.CreateTrainer(new Sgd(0.1), 50), network.CreateTrainer(new Sgd(0.1), 7));
        var judged = some.Evaluate(data);
        Assert.Equal(whole.Loss(samples.Inputs, labels), judged.Loss, 1e-6);
        var outputs = new float[50 * network.OutputSize];
        network.ForwardBatch(samples.Inputs, outputs);
        var matrix = new ConfusionMatrix(samples.Classes);
        matrix.AddBatch(labels, outputs);
        Assert.Equal(labels.Count(label => label != None), matrix.Total);
        Assert.Equal(matrix.Accuracy, judged.Accuracy, 1e-12);
        var right = outputs.Chunk(samples.Classes).Where((row, i) => labels[i] != None && Metrics.ArgMax(row) == labels[i]).Count();
        Assert.Equal((double)right / matrix.Total, judged.Accuracy, 1e-12);

        // Targets of the same classes, all of which count.
        var all = new Dataset(samples.Inputs, network.InputSize, samples.Labels, samples.Classes, samples.OfSample);
        var (byLabels, byTargets) = (some.Evaluate(all), some.Evaluate(all.OneHot()));
        Assert.Equal((byLabels.Loss, byLabels.Accuracy), (byTargets.Loss, byTargets.Accuracy));
        Assert.Equal(network.Architecture.Loss != nameof(Loss.MeanSquaredError), double.IsNaN(byTargets.RootMeanSquaredError));
    }

    [Fact]
    public void A_fit_learns_the_labels_of_steps()
    {
        // The class of a step is the first feature of the step before, which the first step does not have.
        const int Count = 400;
        var random = new RandomStream(1);
        var (inputs, labels) = (new float[Count * Tagger.InputSize], new int[Count * Tagger.LabelSize]);
        for (var row = 0; row < Count * 6; row++)
        {
            inputs[3 * row] = random.NextInt32(4);
            labels[row] = row % 6 == 0 ? None : (int)inputs[3 * (row - 1)];
        }
        var network = new Tagger(1);
        var data = new Dataset(inputs, Tagger.InputSize, labels, classCount: 4, Tagger.LabelSize);
        var result = network.Fit(data, new Adam(0.01), new() { Epochs = 40, BatchSize = 32, ValidationSplit = 0.2, EarlyStopping = new() { Monitor = MonitoredMetric.ValidationAccuracy, Patience = 40 } });
        Assert.True(result.Epochs[^1].Validation!.Value.Accuracy > 0.97, $"{result.Epochs[^1]}");
    }

    [Fact]
    public void What_cannot_be_is_refused_in_a_sentence()
    {
        var network = new Tagger(1);
        var trainer = network.CreateTrainer(new Sgd(0.1), 4);
        var (inputs, labels) = (new float[2 * Tagger.InputSize], new int[12]);
        Refused<ArgumentException>("Tagger.Step expects 6 labels a sample, one for each step, got 2 in all.", () => trainer.Step(inputs, new int[2]));
        Refused<ArgumentException>("Tagger.Backward expects 54 inputs for the labels of 3 samples (18 a sample), got 36.", () => trainer.Backward(inputs, new int[18]));
        labels[8] = 4;
        Refused<ArgumentOutOfRangeException>("Tagger.Step expects labels from 0 to 3, got 4 for sample 1, step 2.", () => trainer.Step(inputs, labels));
        labels[8] = -1;
        Refused<ArgumentOutOfRangeException>("got -1 for sample 1, step 2. One that does not count is Dataset.IgnoredLabel, -100.", () => trainer.Loss(inputs, labels));
        Refused<ArgumentOutOfRangeException>("got -1 for sample 1, step 2.", () => trainer.Step(inputs, labels, new Sequences { Lengths = [2, 3] }));
        Refused<ArgumentException>("Tagger.Step expects 2 sample weights, got 12.", () => trainer.Step(inputs, new int[12], new float[12]));
        Refused<ArgumentOutOfRangeException>("Segmenter.Step expects labels from 0 to 19, got 20 for sample 0, pixel 11.", () => new Segmenter(1).CreateTrainer(new Sgd(0.1), 4).Step(new float[Segmenter.InputSize], (int[])[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20]));

        Refused<ArgumentException>("2 samples of 6 labels need 12 labels, got 2.", () => new Dataset(inputs, 18, new int[2], 4, 6).Count);
        Refused<ArgumentException>("Label -1 of sample 1, step 2, is not in 0…3.", () => new Dataset(inputs, 18, labels, 4, 6).Count);
        labels[8] = None;
        var data = new Dataset(inputs, 18, labels, 4, 6);
        Refused<InvalidOperationException>("a class for each sample; this one has 6 labels a sample, one for each step.", () => data.WithClasses(1).Count);
        Refused<InvalidOperationException>("this one has 6 labels a sample", () => data.Folds(2, 1, stratified: true).Count);
        Refused<InvalidOperationException>("the label of sample 1 is to be ignored (-100).", () => data.OneHot().Count);
        Refused<ArgumentException>("Class-balanced sampling needs a dataset with a class for each sample; this one has 6 labels a sample", () => data.Sampled(Sampling.Balanced, 1).Batches(1).Count);
        Refused<ArgumentException>("Tagger takes 6 labels a sample, one for each step, the training data have one: give the dataset labelSize: 6.", () => (float)network.Fit(new Dataset(inputs, 18, new int[2], 4), new Sgd(0.1), new()).BestEpoch);
        Refused<ArgumentException>("Xor takes one label a sample, the training data have 9: give a class for each sample.", () => (float)new Xor(1).Fit(new Dataset(new float[4], 2, new int[18], 2, 9), new Sgd(0.1), new()).BestEpoch);

        var flat = new Dataset(new float[6], 2, new[] { 0, None, 1 }, 2);
        Assert.Equal([1], flat.WithClasses(1).Labels.ToArray().Select(label => label + 1));
        Refused<InvalidOperationException>("the label of sample 1 is to be ignored", () => flat.Folds(2, 1, stratified: true).Count);
        Assert.Equal(2, flat.Folds(2, 1).Count);
        Refused<ArgumentException>("the label of sample 1 is to be ignored", () => flat.Sampled(Sampling.Balanced, 1).Batches(1).Count);
    }

    /// <summary>A mean over no labels is no number: neither is anything judged by them, nor learnt from them.</summary>
    [Fact]
    public void Data_of_which_no_label_counts_are_refused()
    {
        var network = new Tagger(1);
        var trainer = network.CreateTrainer(new Sgd(0.1), 4);
        var none = new Dataset(new float[2 * Tagger.InputSize], Tagger.InputSize, Enumerable.Repeat(None, 12).ToArray(), 4, Tagger.LabelSize);
        var some = new Dataset(new float[2 * Tagger.InputSize], Tagger.InputSize, new[] { None, None, 3, None, None, None, None, None, None, None, None, None }, 4, Tagger.LabelSize);
        var weights = network.Hash();
        Refused<ArgumentException>("Tagger.Evaluate: of the data no label counts: all 12 are Dataset.IgnoredLabel, -100.", () => trainer.Evaluate(none).Loss);
        Refused<ArgumentException>("Tagger.Fit: of the training data no label counts: all 12 are", () => trainer.Fit(none).BestEpoch);
        Refused<ArgumentException>("Tagger.Fit: of the validation data no label counts: all 12 are", () => trainer.Fit(some, new() { Validation = none }).BestEpoch);
        Refused<ArgumentException>("Tagger.Fit: of the ", () => trainer.Fit(some, new() { ValidationSplit = 0.5 }).BestEpoch);
        Refused<ArgumentException>("Tagger.CrossValidation: of the ", () => CrossValidation.Run(some, () => new Tagger(1), new Sgd(0.1), folds: 2).Folds.Count);
        Refused<ArgumentException>("Xor.Evaluate: of the data no label counts: its one is", () => new Xor(1).CreateTrainer(new Sgd(0.1), 4).Evaluate(new Dataset(new float[2], 2, new[] { None }, 2)).Loss);
        Assert.Equal(weights, network.Hash());

        // A batch of them is nothing wrong, nor is data with one that counts.
        Assert.Equal(0, trainer.Step(none.Inputs, none.Labels));
        Assert.Equal(weights, network.Hash());
        var evaluation = trainer.Evaluate(some);
        Assert.True(double.IsFinite(evaluation.Loss) && evaluation.Accuracy is 0 or 1);
    }

    static void Refused<TException>(string message, Func<double> call) where TException : Exception =>
        Assert.Contains(message, Assert.Throws<TException>(() => { call(); }).Message, StringComparison.Ordinal);

    static INetwork Create(string name) => name switch
    {
        nameof(Tagger) => new Tagger(1),
        nameof(HealthyTagger) => new HealthyTagger(1),
        _ => new Segmenter(1),
    };

    /// <summary>Samples of a network, a label for each of their rows.</summary>
    sealed class Samples
    {
        public Samples(INetwork network, int count)
        {
            OfSample = network.Architecture.LabelSize;
            Classes = network.OutputSize / OfSample;
            var (random, classes) = (new RandomStream(7), Classes);
            Inputs = TestNumbers.Create(count * network.InputSize, 3);
            Labels = [.. Enumerable.Range(0, count * OfSample).Select(_ => random.NextInt32(classes))];
            Weights = [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
        }

        public int OfSample { get; }

        public int Classes { get; }

        public float[] Inputs { get; }

        public int[] Labels { get; }

        public float[] Weights { get; }

        public float[] OneHot()
        {
            var targets = new float[Labels.Length * Classes];
            for (var i = 0; i < Labels.Length; i++)
                targets[i * Classes + Labels[i]] = 1;
            return targets;
        }
    }
}
