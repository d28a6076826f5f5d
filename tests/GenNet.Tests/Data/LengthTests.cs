using System.Globalization;
using GenNet.Tests.Networks;

namespace GenNet.Tests.Data;

/// <summary>Its last step answers.</summary>
[Network]
[Sequence(6, 2)]
[GRU(5)]
[LastStep]
[Dense(3, Activation.Softmax)]
public sealed partial class LastOfUnequal;

/// <summary>What inference makes of it has other bits than training, and goes through the steps in both directions.</summary>
[Network]
[Sequence(6, 2)]
[Dense(4)]
[BatchNorm(Activation.Tanh)]
[LSTM(5, Bidirectional = true)]
[GlobalAveragePool1D]
[Dense(3, Activation.Softmax)]
public sealed partial class NormOfUnequal;

/// <summary>A softmax whose loss leaves no logits.</summary>
[Network(Loss = Loss.MeanSquaredError)]
[Sequence(6, 2)]
[SimpleRNN(5)]
[GlobalMaxPool1D]
[Dense(3, Activation.Softmax)]
public sealed partial class SquaresOfUnequal;

/// <summary>Each step has numbers.</summary>
[Network]
[Sequence(6, 2)]
[GRU(5)]
[Dense(2)]
[Flatten]
public sealed partial class NumbersOfUnequal;

/// <summary>Each step has a class.</summary>
[Network]
[Sequence(6, 2)]
[GRU(5)]
[Dense(3, Activation.Softmax)]
[Flatten]
public sealed partial class TagsOfUnequal;

/// <summary>Datasets of sequences of unequal lengths: the same as telling each step of them.</summary>
public class LengthTests
{
    const int Steps = 6, Count = 7;

    static readonly int[] Lengths = [6, 1, 3, 6, 2, 5, 4];

    public static TheoryData<string> Networks => [nameof(LastOfUnequal), nameof(NormOfUnequal), nameof(SquaresOfUnequal), nameof(NumbersOfUnequal), nameof(TagsOfUnequal)];

    /// <summary>Fit is a loop of steps that are told of the lengths, whatever the padding.</summary>
    [Theory, MemberData(nameof(Networks))]
    public void A_fit_tells_each_step_of_them(string name)
    {
        var (fitted, trained, other) = (Create(name), Create(name), Create(name));
        var data = Data(fitted, padding: float.NaN);
        var result = fitted.Fit(data, new Adam(0.01), new() { Epochs = 3, BatchSize = 3, Seed = 5, DropLast = true });
        var trainer = trained.CreateTrainer(new Adam(0.01), 3);
        trainer.Seed = 5;
        var (random, losses) = (new RandomStream(5), new List<double>());
        for (var epoch = 1; epoch <= 3; epoch++)
        {
            var sum = 0.0;
            foreach (var batch in Data(fitted, padding: 7).Shuffled(random.Split((ulong)epoch).Key).Batches(3, dropLast: true))
            {
                for (var sample = 0; sample < batch.Count; sample++)
                    Assert.Equal(Lengths[batch.DatasetIndex(sample)], batch.Lengths[sample]);
                var sequences = new Sequences { Lengths = batch.Lengths };
                sum += 3 * (double)(batch.Labels.IsEmpty ? trainer.Step(batch.Inputs, batch.Targets, sequences) : trainer.Step(batch.Inputs, batch.Labels, sequences));
            }
            losses.Add(sum / 6);
        }
        Assert.Equal(trained.Hash(), fitted.Hash());
        Assert.Equal(losses, result.Epochs.Select(epoch => epoch.Loss));
        other.Fit(Data(fitted, padding: 0).WithLengths(default, Steps), new Adam(0.01), new() { Epochs = 3, BatchSize = 3, Seed = 5, DropLast = true });
        Assert.NotEqual(trained.Hash(), other.Hash());
    }

    /// <summary>Judged by what the network makes of each sample alone, of as many steps as it has.</summary>
    [Theory, MemberData(nameof(Networks))]
    public void An_evaluation_counts_what_is_there(string name)
    {
        var network = Create(name);
        var data = Data(network, padding: float.NaN);
        var (clean, architecture) = (Data(network, padding: 0), network.Architecture);
        var alone = network.CreateTrainer(new Sgd(0.1), 1);
        var (loss, right, squares, errors, count) = (0.0, 0, 0.0, 0.0, 0);
        for (var sample = 0; sample < Count; sample++)
        {
            var inputs = clean.Inputs.Slice(sample * network.InputSize, network.InputSize);
            var rows = architecture.OutputPositions == 1 ? 1 : Lengths[sample];
            var outputs = alone.Forward(inputs, new Sequences { Lengths = [Lengths[sample]] }, training: false);
            var width = network.OutputSize / architecture.OutputPositions;
            for (var row = 0; row < rows; row++)
            {
                var a = outputs.Slice(row * width, width);
                if (clean.HasLabels)
                {
                    var label = clean.Labels[sample * clean.LabelSize + row];
                    right += Metrics.ArgMax(a) == label ? 1 : 0;
                    for (var j = 0; j < width; j++)
                        loss += name == nameof(SquaresOfUnequal) ? Math.Pow(a[j] - (j == label ? 1 : 0), 2) / width : j == label ? -Math.Log(a[j]) : 0;
                }
                else
                    for (var j = 0; j < width; j++)
                    {
                        var error = Math.Abs(a[j] - clean.Targets[(sample * Steps + row) * width + j]);
                        (squares, errors, loss) = (squares + error * error, errors + error, loss + error * error / width);
                    }
                count++;
            }
        }
        foreach (var batchSize in new[] { 1, 3, 7, 20 })
        {
            var evaluation = network.CreateTrainer(new Sgd(0.1), batchSize).Evaluate(data);
            Assert.Equal(loss / count, evaluation.Loss, 1e-5);
            Assert.Equal(clean.HasLabels ? (double)right / count : double.NaN, evaluation.Accuracy);
            if (clean.HasLabels)
                continue;
            Assert.Equal(Math.Sqrt(squares / count / 2), evaluation.RootMeanSquaredError, 1e-5);
            Assert.Equal(errors / count / 2, evaluation.MeanAbsoluteError, 1e-5);
            Assert.InRange(evaluation.RSquared, -100, 1);
        }

        // Validation is the same, and after it training goes on as without.
        var (judged, plain) = (Create(name), Create(name));
        var fit = judged.Fit(data, new Adam(0.01), new() { Epochs = 2, BatchSize = 7, Validation = data });
        plain.Fit(data, new Adam(0.01), new() { Epochs = 2, BatchSize = 7 });
        Assert.Equal(plain.Hash(), judged.Hash());
        Assert.Equal(judged.CreateTrainer(new Sgd(0.1), 7).Evaluate(data), fit.Epochs[1].Validation);
    }

    [Fact]
    public void Parts_keep_the_lengths_of_their_samples()
    {
        var data = Data(new LastOfUnequal(1), padding: 0);
        Assert.Equal(Lengths, data.Lengths.ToArray());
        Assert.Equal([5, 1], data.Subset([5, 1]).Lengths.ToArray());
        var (first, second) = data.SplitInOrder(0.43);
        Assert.Equal(Lengths, (int[])[.. first.Lengths, .. second.Lengths]);
        foreach (var fold in data.Folds(3, seed: 1))
            Assert.Equal(fold.ValidationIndices.ToArray().Select(sample => Lengths[sample]), fold.ValidationData().Lengths.ToArray());
        Assert.Equal(data.Labels.ToArray().Select((label, i) => (label, i)).Where(of => of.label == 1).Select(of => Lengths[of.i]), data.WithClasses(1).Lengths.ToArray());
        Assert.Equal(Lengths, data.OneHot().Lengths.ToArray());
        Assert.Equal(Lengths, data.WithSampleWeights(new float[Count]).Lengths.ToArray());
        Assert.Equal([3, 6], BatchAt(data, 1, size: 2));
        Assert.Empty(data.WithLengths(default, Steps).Lengths.ToArray());
        Assert.True(data.WithLengths(default, Steps).Batches(2).Count == 4);

        static int[] BatchAt(Dataset data, int number, int size)
        {
            foreach (var batch in data.Batches(size).Skip(number))
                return batch.Lengths.ToArray();
            return [];
        }
    }

    /// <summary>Wherever samples go, also in batches of any order: their first feature says how long they are. Cut into windows they cannot be.</summary>
    [Theory]
    [MemberData(nameof(DatasetWays.Names), MemberType = typeof(DatasetWays))]
    public void Lengths_go_with_their_samples(string way)
    {
        const int Samples = 40, Size = 4;
        int[] lengths = [.. Enumerable.Range(0, Samples).Select(i => 1 + i * i % Size)];
        float[] inputs = [.. lengths.SelectMany(length => new float[] { length, 0, 0, 0 })];
        var data = new Dataset(inputs, Size, Enumerable.Range(0, Samples).Select(i => i % 3).ToArray(), 3).WithLengths(lengths, Size);
        if (way is nameof(Dataset.WithLengths))
            return;
        if (way is nameof(Dataset.Windows) or nameof(Dataset.ConsecutiveWindows))
        {
            Assert.Throws<InvalidOperationException>(() => DatasetWays.All[way](data).Count());
            return;
        }
        foreach (var other in DatasetWays.All[way](data))
        {
            Assert.Equal(other.Inputs.ToArray().Chunk(Size).Select(row => (int)row[0]), other.Lengths.ToArray());
            foreach (var batch in other.Batches(7))
                Assert.Equal(batch.Inputs.ToArray().Chunk(Size).Select(row => (int)row[0]), batch.Lengths.ToArray());
            foreach (var batch in other.Shuffled(3).Batches(7))
                Assert.Equal(batch.Inputs.ToArray().Chunk(Size).Select(row => (int)row[0]), batch.Lengths.ToArray());
        }
    }

    [Fact]
    public void A_standardizer_leaves_padding_out()
    {
        var data = Data(new LastOfUnequal(1), padding: float.NaN);
        var there = Enumerable.Range(0, Count).SelectMany(sample => data.Inputs.Slice(sample * 12, 2 * Lengths[sample]).ToArray().Select((value, i) => (Value: (double)value, Feature: i))).ToArray();
        var global = Standardizer.FitGlobal(data);
        Assert.Equal(there.Average(of => of.Value), global.Means[3], 1e-12);
        Assert.Equal(Math.Sqrt(there.Average(of => Math.Pow(of.Value - global.Means[0], 2))), global.Deviations[11], 1e-12);
        var each = Standardizer.Fit(data);
        for (var feature = 0; feature < 12; feature++)
            Assert.Equal(there.Where(of => of.Feature == feature).Average(of => of.Value), each.Means[feature], 1e-12);
        Assert.Equal(Lengths, each.Transform(data).Lengths.ToArray());

        // Steps that no sample has are as they are.
        var ones = Standardizer.Fit(data.WithLengths(new[] { 1, 1, 1, 1, 1, 1, 1 }, Steps));
        Assert.Equal((0, 1), (ones.Means[11], ones.Deviations[11]));
    }

    [Fact]
    public void An_epoch_allocates_nothing()
    {
        var network = new LastOfUnequal(1);
        var (data, trainer) = (Data(network, padding: 0), network.CreateTrainer(new Adam(), 3));
        NetworkContractTests.AssertAllocatesNothing(() =>
        {
            foreach (var batch in data.Shuffled(3).Batches(3))
                trainer.Step(batch);
        });
    }

    /// <summary>What is left of a recording behind its last whole window, and a recording that has none.</summary>
    [Theory]
    [InlineData(4, 4, new[] { 0, 4, 8, 10, 14 }, new[] { 4, 4, 2, 4, 3 })]
    [InlineData(4, 3, new[] { 0, 3, 6, 10, 13 }, new[] { 4, 4, 4, 4, 4 })]
    [InlineData(4, 2, new[] { 0, 2, 4, 6, 10, 12, 14 }, new[] { 4, 4, 4, 4, 4, 4, 3 })]
    [InlineData(4, 6, new[] { 0, 6, 10, 16 }, new[] { 4, 4, 4, 1 })]
    [InlineData(8, 8, new[] { 0, 8, 10 }, new[] { 8, 2, 7 })]
    [InlineData(20, 20, new[] { 0, 10 }, new[] { 10, 7 })]
    public void The_last_window_of_a_recording_may_be_shorter(int steps, int stride, int[] starts, int[] lengths)
    {
        // Recordings of 10 and of 7 steps.
        float[] features = [.. Enumerable.Range(1, 34).Select(i => (float)i)];
        int[] labels = [.. Enumerable.Range(0, 17)];
        var recording = new Dataset(features, 2, labels, 17);
        var last = recording.Windows(steps, stride, recordings: [10, 7], keepLast: true);
        Assert.Equal(lengths.All(length => length == steps) ? [] : lengths, last.Lengths.ToArray());
        Assert.Equal(starts.Zip(lengths, (start, length) => start + length - 1), last.Labels.ToArray());
        var each = recording.Windows(steps, stride, eachStep: true, [10, 7], keepLast: true);
        var values = new Dataset(features, 2, features, 2).Windows(steps, stride, eachStep: true, [10, 7], keepLast: true);
        for (var window = 0; window < starts.Length; window++)
        {
            var row = new float[2 * steps];
            Array.Fill(row, 7);
            last.CopyInputs(window, row);
            float[] expected = [.. features.Skip(2 * starts[window]).Take(2 * lengths[window]), .. new float[2 * (steps - lengths[window])]];
            Assert.Equal(expected, row);
            Assert.Equal(expected, values.Targets.Slice(window * 2 * steps, 2 * steps).ToArray());
            Assert.Equal([.. labels.Skip(starts[window]).Take(lengths[window]), .. Enumerable.Repeat(Dataset.IgnoredLabel, steps - lengths[window])], each.Labels.Slice(window * steps, steps).ToArray());
        }
        var targets = each.OneHot();
        Assert.Equal(each.Labels.ToArray().SelectMany(label => Enumerable.Range(0, 17).Select(c => c == label ? 1f : 0f)), targets.Targets.ToArray());
        Assert.Equal(each.Lengths.ToArray(), targets.Lengths.ToArray());
        var ignored = new Dataset(features, 2, (int[])[.. labels[..11], Dataset.IgnoredLabel, .. labels[12..]], 17).Windows(steps, stride, eachStep: true, [10, 7], keepLast: true);
        if (starts.Zip(lengths).Any(window => window.First <= 11 && window.First + window.Second > 11))
            Assert.Contains("is to be ignored", Assert.Throws<InvalidOperationException>(ignored.OneHot).Message, StringComparison.Ordinal);
        var bytes = new Dataset(Array.ConvertAll(features, value => (byte)value), 2, labels, 17).WithScale(1).Windows(steps, stride, recordings: [10, 7], keepLast: true);
        foreach (var batch in bytes.Batches(100))
            foreach (var other in last.Batches(100))
                Assert.Equal(other.Inputs.ToArray(), batch.Inputs.ToArray());
        if (stride >= steps)
            Assert.Equal(starts.Length, last.Split(0.5, seed: 1).First.Count + last.Split(0.5, seed: 1).Second.Count);
        else
            Assert.Throws<InvalidOperationException>(() => last.Split(0.5, seed: 1));
        Assert.Equal(lengths[^1], last.Subset([starts.Length - 1]).Lengths is [var one] ? one : steps);
    }

    /// <summary>Streams go through recordings one behind the other, and forget where another begins.</summary>
    [Fact]
    public void Consecutive_windows_of_several_recordings_have_resets()
    {
        // Recordings of 9, 4 and 15 steps, divided in two parts of 14: windows of 6 begin at 0, 14, 6 and 20.
        float[] features = [.. Enumerable.Range(0, 56).Select(i => MathF.Sin(i))];
        int[] labels = [.. Enumerable.Range(0, 28).Select(i => i % 3)];
        var recording = new Dataset(features, 2, labels, 3);
        var windows = recording.ConsecutiveWindows(Steps, streams: 2, recordings: [9, 4, 15]);
        bool[] Begins(int first) => [.. Enumerable.Range(first, Steps).Select(step => step is 9 or 13)];
        Assert.Equal([.. Begins(0), .. Begins(14), .. Begins(6), .. Begins(20)], windows.Resets.ToArray());
        Assert.Equal((bool[])[.. Begins(6), .. Begins(14)], windows.Subset([2, 1]).Resets.ToArray());
        Assert.Empty(recording.ConsecutiveWindows(Steps, 2, recordings: [28]).Resets.ToArray());
        Assert.Empty(windows.Lengths.ToArray());

        // A batch says them, whichever way it comes, and a step is told of them.
        var (told, fitted) = (new TagsOfUnequal(1), new TagsOfUnequal(1));
        var (first, second) = (told.CreateTrainer(new Adam(0.01), 3), fitted.CreateTrainer(new Adam(0.01), 3));
        foreach (var batch in windows.Shuffled(4).Batches(3))
        {
            Assert.Equal(Enumerable.Range(0, batch.Count).SelectMany(Of(batch.DatasetIndex(0), batch.Count > 1 ? batch.DatasetIndex(1) : 0, batch.Count > 2 ? batch.DatasetIndex(2) : 0)), batch.Resets.ToArray());
            Assert.Equal(first.Step(batch.Inputs, batch.Labels, new Sequences { Resets = batch.Resets }), second.Step(batch));
        }
        Assert.Equal(told.Hash(), fitted.Hash());
        var evaluation = second.Evaluate(windows);
        var loss = 0.0;
        foreach (var batch in windows.Batches(2))
            loss += second.Loss(batch.Inputs, batch.Labels, new Sequences { Resets = batch.Resets }) / 2;
        Assert.Equal(loss, evaluation.Loss, 1e-6);
        Assert.NotEqual(evaluation.Loss, second.Evaluate(recording.ConsecutiveWindows(Steps, 2)).Loss);

        Func<int, IEnumerable<bool>> Of(params int[] numbers) => sample => Begins(new[] { 0, 14, 6, 20 }[numbers[sample]]);
    }

    [Fact]
    public void What_does_not_fit_is_refused_in_a_sentence()
    {
        var network = new LastOfUnequal(1);
        var data = Data(network, padding: 0);
        Refused<ArgumentException>("7 samples need 7 lengths, got 2.", () => data.WithLengths(new[] { 1, 2 }, Steps));
        Refused<ArgumentException>("12 features a sample are not those of 5 steps.", () => data.WithLengths(Lengths, 5));
        Refused<ArgumentOutOfRangeException>("Sample 0 has a length of 6; lengths are from 1 to 4.", () => data.WithLengths(Lengths, 4));
        Refused<ArgumentOutOfRangeException>("Sample 1 has a length of 0", () => data.WithLengths(new[] { 1, 0, 1, 1, 1, 1, 1 }, Steps));
        Refused<InvalidOperationException>("The samples are sequences already", () => data.Windows(2));
        Refused<ArgumentException>("LastOfUnequal takes sequences of 6 steps, not of 12; the training data have lengths.", () => network.Fit(data.WithLengths(Lengths, 12), new Adam()));
        Refused<ArgumentException>("Xor takes no sequence; the training data have lengths.", () => new Xor(1).Fit(new Dataset(new float[2], 2, new[] { 0 }, 2).WithLengths(new[] { 1 }, 1), new Adam()));
        Refused<ArgumentException>("TagsOfUnequal.Evaluate: of the data no label counts", () => new TagsOfUnequal(1).CreateTrainer(new Adam(), 1).Evaluate(
            new Dataset(new float[12], 12, new[] { Dataset.IgnoredLabel, 1, 1, 1, 1, 1 }, 3, 6).WithLengths(new[] { 1 }, Steps)));
        var recording = new Dataset(new float[40], 2, new int[20], 3);
        Refused<ArgumentException>("The recordings have 19 steps, the dataset 20.", () => recording.ConsecutiveWindows(Steps, 2, recordings: [9, 10]));
        Refused<ArgumentException>("The recordings have more steps, the dataset 20.", () => recording.ConsecutiveWindows(Steps, 2, recordings: [9, 30]));
        Refused<ArgumentOutOfRangeException>("must be a non-negative and non-zero value", () => recording.ConsecutiveWindows(Steps, 2, recordings: [20, 0]));
        Refused<ArgumentException>("The samples are windows of 6 steps, not of 3.", () => recording.ConsecutiveWindows(Steps, 2, recordings: [9, 11]).WithLengths(default, 3));
        Refused<ArgumentException>("NormOfUnequal resets no states: layer 3, LSTM, sees more than one step; the training data have resets.", () => new NormOfUnequal(1).Fit(recording.ConsecutiveWindows(Steps, 2, eachStep: false, [9, 11]), new Adam()));
        var wrong = data.Inputs.ToArray();
        wrong[2 * 12 + 5] = float.NaN;
        Refused<NotFiniteNumberException>("LastOfUnequal.Fit: sample 2 of the training data, step 2, feature 1 is NaN.", () => network.Fit(new Dataset(wrong, 12, data.Labels.ToArray(), 3).WithLengths(Lengths, Steps), new Adam()));
        Assert.Equal(new LastOfUnequal(1).Hash(), network.Hash());

        void Refused<TException>(string message, Action call) where TException : Exception =>
            Assert.Contains(message, Assert.Throws<TException>(call).Message, StringComparison.Ordinal);
    }

    static Dataset Data(INetwork network, float padding)
    {
        var random = new RandomStream(3);
        var (inputs, size) = (new float[Count * network.InputSize], network.Architecture.LabelSize);
        for (var i = 0; i < inputs.Length; i++)
            inputs[i] = random.NextSingle() * 2 - 1;
        for (var sample = 0; sample < Count; sample++)
            inputs.AsSpan((sample * Steps + Lengths[sample]) * 2, (Steps - Lengths[sample]) * 2).Fill(padding);
        if (network is NumbersOfUnequal)
        {
            var targets = new float[Count * network.OutputSize];
            for (var i = 0; i < targets.Length; i++)
                targets[i] = random.NextSingle();
            for (var sample = 0; sample < Count; sample++)
                targets.AsSpan((sample * Steps + Lengths[sample]) * 2, (Steps - Lengths[sample]) * 2).Fill(padding);
            return new Dataset(inputs, network.InputSize, targets, network.OutputSize).WithLengths(Lengths, Steps);
        }
        int[] labels = [.. Enumerable.Range(0, Count * size).Select(i => i * i % 3)];
        return new Dataset(inputs, network.InputSize, labels, 3, size).WithLengths(Lengths, Steps);
    }

    static INetwork Create(string name) => name switch
    {
        nameof(LastOfUnequal) => new LastOfUnequal(1),
        nameof(NormOfUnequal) => new NormOfUnequal(1),
        nameof(SquaresOfUnequal) => new SquaresOfUnequal(1),
        nameof(NumbersOfUnequal) => new NumbersOfUnequal(1),
        _ => new TagsOfUnequal(1),
    };

    /// <summary>Steps of nine in six would be other features.</summary>
    [Fact]
    public void Lengths_are_counted_in_the_networks_steps()
    {
        var data = new Dataset(new float[12], 12, new[] { 1 }, 3).WithLengths(new[] { 2 }, 4);
        var trainer = new LastOfUnequal(1).CreateTrainer(new Sgd(0.1), 1);
        const string Expected = "LastOfUnequal.{0} takes sequences of 6 steps; the lengths or recordings of these samples are counted in 4.";
        Assert.StartsWith(string.Format(CultureInfo.InvariantCulture, Expected, "Evaluate"), Assert.Throws<ArgumentException>(() => trainer.Evaluate(data)).Message, StringComparison.Ordinal);
        foreach (var batch in data.Batches(1))
        {
            Exception? refused = null;
            try
            {
                trainer.Step(batch);
            }
            catch (ArgumentException e)
            {
                refused = e;
            }
            Assert.StartsWith(string.Format(CultureInfo.InvariantCulture, Expected, "Step"), refused?.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>The last batch, of one sample, may be one step, which has no variance: said before the first step.</summary>
    [Theory]
    [InlineData(9, 4, false, true)]
    [InlineData(9, 4, true, false)]
    [InlineData(8, 4, false, false)]
    [InlineData(8, 1, false, true)]
    [InlineData(8, 1, true, true)]
    public void A_batch_that_may_be_one_step_is_refused_before_the_fit(int samples, int batchSize, bool dropLast, bool refused)
    {
        var lengths = Enumerable.Range(0, samples).Select(i => i % 6 + 1).ToArray();
        var data = new Dataset(TestNumbers.Create(samples * 12, 1), 12, Enumerable.Range(0, samples).Select(i => i % 3).ToArray(), 3).WithLengths(lengths, 6);
        var network = new NormOfUnequal(1);
        var before = network.Parameters.Hash();
        var fit = Record.Exception(() => network.Fit(data, new Adam(0.01), new() { Epochs = 3, BatchSize = batchSize, DropLast = dropLast, Seed = 5 }));
        Assert.Equal(refused, fit is ArgumentException && fit.Message.StartsWith($"Batches of {batchSize} ", StringComparison.Ordinal));
        Assert.Equal(refused, network.Parameters.Hash() == before);
        Assert.True(refused || fit is null);
    }

    [Fact]
    public void A_learning_rate_test_needs_labels_that_count() =>
        Assert.StartsWith("LastOfUnequal.LearningRateTest: of the training data no label counts", Assert.Throws<ArgumentException>(() =>
            LearningRateTest.Run(new LastOfUnequal(1), new Dataset(new float[24], 12, new[] { Dataset.IgnoredLabel, Dataset.IgnoredLabel }, 3), new Sgd(0.1))).Message, StringComparison.Ordinal);
}
