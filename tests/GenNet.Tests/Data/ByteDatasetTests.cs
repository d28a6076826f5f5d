using GenNet.Tests.Networks;

namespace GenNet.Tests.Data;

/// <summary>A dataset of bytes does what one of the same floats does, to the same bits, in a quarter of the memory.</summary>
public sealed class ByteDatasetTests
{
    const int Samples = 300, Features = 6, Classes = 3;

    static readonly byte[] Bytes = [.. Enumerable.Range(0, Samples * Features).Select(i => (byte)(i * 37 + i / 7))];
    static readonly int[] Labels = [.. Enumerable.Range(0, Samples).Select(i => i * i % Classes)];
    static readonly Dataset OfBytes = Labelled(new(Bytes, Features, Labels, Classes)), OfFloats = Labelled(new(Array.ConvertAll(Bytes, value => value / 255f), Features, Labels, Classes));

    [Theory]
    [MemberData(nameof(DatasetWays.Names), MemberType = typeof(DatasetWays))]
    public void Whatever_is_made_of_it_is_as_of_floats(string way)
    {
        var pairs = DatasetWays.All[way](OfBytes).Zip(DatasetWays.All[way](OfFloats), (bytes, floats) => (bytes, floats)).ToArray();
        Assert.NotEmpty(pairs);
        foreach (var (bytes, floats) in pairs)
        {
            Assert.Equal(floats.Count * Features, bytes.Bytes.Length);
            AssertEqual(floats, bytes);
            AssertEqual(Standardizer.Fit(floats).Transform(floats), Standardizer.Fit(bytes).Transform(bytes));
            AssertEqual(Standardizer.FitGlobal(floats).Transform(floats), Standardizer.FitGlobal(bytes).Transform(bytes));
        }
    }

    /// <summary>From one number for all features to one for each, where bytes may become floats, and back.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void Standardising_gives_the_same_bits_whatever_the_channels(int channels)
    {
        double[] means = [0.5, 0.25, 0.1, -3, 1e-9, 7], deviations = [0.3, 1e-3, 2, 1, 4, 0.7];
        var standardizer = Standardizer.OfChannels(means.AsSpan(0, channels), deviations.AsSpan(0, channels), Features / channels);
        var other = Standardizer.OfChannels([1, -2], [3, 0.1], Features / 2);
        foreach (var count in new[] { 1, Samples })
        {
            Dataset bytes = OfBytes.Subset(Enumerable.Range(0, count).ToArray()), floats = OfFloats.Subset(Enumerable.Range(0, count).ToArray());
            AssertEqual(standardizer.Transform(floats), standardizer.Transform(bytes));
            AssertEqual(other.Transform(standardizer.Transform(floats)), other.Transform(standardizer.Transform(bytes)));
            AssertEqual(standardizer.InverseTransform(other.Transform(floats)), standardizer.InverseTransform(other.Transform(bytes)));
        }
    }

    [Fact]
    public void Channels_have_means_and_deviations_of_their_own()
    {
        var images = OfBytes.AsImages(1, 2, 3);
        var standardizer = Standardizer.FitChannels(images);
        for (var i = 0; i < Features; i++)
        {
            var values = Enumerable.Range(0, Bytes.Length).Where(k => k % 3 == i % 3).Select(k => (double)(Bytes[k] / 255f)).ToArray();
            Assert.Equal(values.Average(), standardizer.Means[i], 1e-12);
            Assert.Equal(Math.Sqrt(values.Average(x => (x - values.Average()) * (x - values.Average()))), standardizer.Deviations[i], 1e-12);
        }
        Assert.Equal(standardizer.Means.ToArray(), Standardizer.FitChannels(OfFloats.AsImages(1, 2, 3)).Means.ToArray());
        Assert.Equal(Bytes, standardizer.Transform(images).Bytes.ToArray());
        Assert.Contains("AsImages", Assert.Throws<InvalidOperationException>(() => Standardizer.FitChannels(OfBytes)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Standardizer.OfChannels([1], [1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Standardizer.OfChannels([1], [1], int.MaxValue));
        Assert.Throws<ArgumentException>(() => Standardizer.OfChannels([1], [0], 5));
    }

    [Fact]
    public void A_scale_is_of_the_bytes()
    {
        AssertRows(OfBytes.WithScale(1), value => value);
        AssertRows(OfBytes.WithScale(0.1), value => (float)(value * 0.1));
        AssertRows(OfBytes.WithScale(0.1).WithScale(1 / 255.0), value => value / 255f);

        static void AssertRows(Dataset data, Func<byte, float> expected)
        {
            var row = new float[Features];
            for (var i = 0; i < data.Count; i++)
            {
                data.CopyInputs(i, row);
                Assert.Equal(Bytes.Skip(i * Features).Take(Features).Select(expected), row);
            }
        }
    }

    [Fact]
    public void All_256_bytes_are_as_divided_by_255()
    {
        var row = new float[256];
        new Dataset(Enumerable.Range(0, 256).Select(i => (byte)i).ToArray(), 256, new int[1], 1).CopyInputs(0, row);
        Assert.Equal(Enumerable.Range(0, 256).Select(i => i / 255f), row);
    }

    [Fact]
    public void Fitting_and_judging_give_the_same_bits()
    {
        var options = new FitOptions { Epochs = 3, BatchSize = 8, Seed = 3, ValidationSplit = 0.2, Sampling = Sampling.Balanced, EarlyStopping = new() { Patience = 1 } };
        var (ofBytes, ofFloats) = (Fit(OfBytes, options), Fit(OfFloats, options));
        Assert.Equal(ofFloats.Hash, ofBytes.Hash);
        Assert.Equal(ofFloats.Losses, ofBytes.Losses);
        Assert.Equal(Judged(OfFloats), Judged(OfBytes));
        Assert.Equal(Trials(OfFloats), Trials(OfBytes));
        Assert.Equal(Folds(OfFloats), Folds(OfBytes));

        static (ulong Hash, string[] Losses) Fit(Dataset data, FitOptions options)
        {
            var network = new ByteNetwork(1);
            var result = network.Fit(data, new Adam(0.02), options);
            return (network.Hash(), [.. result.Epochs.Select(epoch => $"{epoch.Loss:R} {epoch.Validation}")]);
        }

        static Evaluation Judged(Dataset data) => new ByteNetwork(1).CreateTrainer(new Sgd(0.1), 8).Evaluate(data);

        static double[] Trials(Dataset data) => [.. LearningRateTest.Run(new ByteNetwork(1), data, new Sgd(0.1), new() { BatchSize = 8, Steps = 20 }).Trials.Select(trial => trial.Loss)];

        static Evaluation[] Folds(Dataset data) => [.. CrossValidation.Run(data, () => new ByteNetwork(1), new Sgd(0.1), new() { Epochs = 1, BatchSize = 8 }, folds: 3, stratified: true, standardize: Standardizer.Fit).Folds.Select(fold => fold.Validation)];
    }

    /// <summary>A fit goes on in mid-epoch with neither.</summary>
    [Fact]
    public void The_same_bytes_for_other_numbers_are_other_data()
    {
        var images = OfBytes.AsImages(2, 3);
        Dataset[] all = [OfBytes, OfFloats, OfBytes.WithScale(0.5), Standardizer.FitGlobal(OfBytes).Transform(OfBytes), images.Augmented(new()), images.Augmented(new() { Shift = 1 }), OfBytes.AsImages(3, 2).Augmented(new() { Shift = 1 })];
        Assert.Equal(all.Length, all.Select(data => EpochSource.Of(data, null, 8, false).DataHash).Distinct().Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_epoch_allocates_nothing(bool shuffled)
    {
        var data = Standardizer.FitChannels(OfBytes.AsImages(1, 2, 3)).Transform(OfBytes);
        Assert.False(data.Bytes.IsEmpty);
        var (sum, least) = (0f, long.MaxValue);
        for (ulong epoch = 0; epoch < 40; epoch++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var batch in shuffled ? data.Shuffled(epoch).Batches(16) : data.Batches(16))
                sum += batch.Inputs[0] + batch.Count;
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.NotEqual(0, sum);
        Assert.Equal(0, least);
    }

    /// <summary>Batches in order are no views here: a second enumeration has a buffer of its own.</summary>
    [Fact]
    public void Enumerations_at_once_do_not_disturb_each_other()
    {
        foreach (var outer in OfBytes.Batches(4))
        {
            var before = outer.Inputs.ToArray();
            foreach (var inner in OfBytes.Batches(4))
                Assert.Equal(OfBytes.Bytes[inner.FirstIndex * Features] / 255f, inner.Inputs[0]);
            foreach (var inner in OfBytes.Shuffled(1).Batches(4))
                Assert.Equal(4, inner.Count);
            Assert.Equal(before, outer.Inputs.ToArray());
            Assert.Equal(outer.FirstIndex + 2, outer.DatasetIndex(2));
        }
        Parallel.For(0, 64, i => AssertEqual(OfFloats, OfBytes));
    }

    [Fact]
    public void What_is_no_dataset_of_bytes_is_refused()
    {
        Assert.Contains("CopyInputs", Assert.Throws<InvalidOperationException>(() => OfBytes.Inputs.Length).Message, StringComparison.Ordinal);
        Assert.True(OfFloats.Bytes.IsEmpty);
        Assert.Contains("are floats", Assert.Throws<InvalidOperationException>(() => OfFloats.WithScale(2)).Message, StringComparison.Ordinal);
        Assert.Contains("before", Assert.Throws<InvalidOperationException>(() => Standardizer.Fit(OfBytes).Transform(OfBytes).WithScale(2)).Message, StringComparison.Ordinal);
        Assert.Contains("before", Assert.Throws<InvalidOperationException>(() => OfBytes.AsImages(2, 3).Augmented(new()).WithScale(2)).Message, StringComparison.Ordinal);
        foreach (var scale in new[] { 0, double.NaN, double.PositiveInfinity })
            Assert.Throws<ArgumentOutOfRangeException>(() => OfBytes.WithScale(scale));
        Assert.Throws<ArgumentOutOfRangeException>(() => OfBytes.CopyInputs(Samples, new float[Features]));
        Assert.Throws<ArgumentOutOfRangeException>(() => OfBytes.CopyInputs(-1, new float[Features]));
        Assert.Contains("has 6 features, the row 5", Assert.Throws<ArgumentException>(() => OfBytes.CopyInputs(0, new float[5])).Message, StringComparison.Ordinal);
        Assert.Contains("5 input values are not whole samples of 2.", Assert.Throws<ArgumentException>(() => new Dataset(new byte[5], 2, new int[2], 3)).Message, StringComparison.Ordinal);
        Assert.Contains("2 samples of 3 targets need 6 values, got 5.", Assert.Throws<ArgumentException>(() => new Dataset(new byte[4], 2, new float[5], 3)).Message, StringComparison.Ordinal);
        Assert.Contains("2 × 2 × 1 has 4 features, the samples have 6", Assert.Throws<ArgumentException>(() => OfBytes.AsImages(2, 2)).Message, StringComparison.Ordinal);
        foreach (var (height, width, channels) in new[] { (0, 1, 1), (1, -1, 1), (1, 1, 0), (int.MaxValue, int.MaxValue, int.MaxValue) })
            Assert.Throws<ArgumentOutOfRangeException>(() => OfBytes.AsImages(height, width, channels));
    }

    /// <summary>A deviation so small that some bytes become no numbers: the message names the sample and the feature.</summary>
    [Fact]
    public void Features_that_are_not_finite_are_named()
    {
        var data = new Standardizer([0, 0, 0, 0, 0, 0], [1, 1, 1, 1e-39, 1, 1]).Transform(OfBytes);
        Assert.False(data.Bytes.IsEmpty);
        var sample = Enumerable.Range(0, Samples).First(i => Bytes[i * Features + 3] > 86);
        var message = Assert.Throws<NotFiniteNumberException>(() => new ByteNetwork(1).Fit(data, new Sgd(0.1))).Message;
        Assert.Contains($"feature 3 of sample {sample} of the training data", message, StringComparison.Ordinal);
        Assert.Contains($"Row {sample}, column 3", Assert.Throws<ArgumentException>(() => Standardizer.Fit(data)).Message, StringComparison.Ordinal);
    }

    static Dataset Labelled(Dataset data) => data.WithSampleWeights(Enumerable.Range(0, Samples).Select(i => 1f + i % 4).ToArray());

    static void AssertEqual(Dataset expected, Dataset actual)
    {
        Assert.Equal((expected.Count, expected.InputSize, expected.ClassCount, expected.TargetSize, expected.Image), (actual.Count, actual.InputSize, actual.ClassCount, actual.TargetSize, actual.Image));
        AssertSame(expected.Batches(7), actual.Batches(7));
        AssertSame(expected.Batches(7, dropLast: true).Skip(expected.Count / 14), actual.Batches(7, dropLast: true).Skip(expected.Count / 14));
        AssertSame(expected.Shuffled(3).Batches(7), actual.Shuffled(3).Batches(7));
        if (expected.HasLabels)
            AssertSame(expected.Sampled(Sampling.Balanced, 3).Batches(7), actual.Sampled(Sampling.Balanced, 3).Batches(7));
    }

    static void AssertSame(BatchSequence expected, BatchSequence actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        var others = actual.GetEnumerator();
        foreach (var batch in expected)
        {
            Assert.True(others.MoveNext());
            var other = others.Current;
            Assert.Equal((batch.FirstIndex, batch.Count, batch.DatasetIndex(0)), (other.FirstIndex, other.Count, other.DatasetIndex(0)));
            Assert.Equal(batch.Inputs.ToArray(), other.Inputs.ToArray());
            Assert.Equal(batch.Labels.ToArray(), other.Labels.ToArray());
            Assert.Equal(batch.Targets.ToArray(), other.Targets.ToArray());
            Assert.Equal(batch.SampleWeights.ToArray(), other.SampleWeights.ToArray());
        }
        Assert.False(others.MoveNext());
        others.Dispose();
    }
}

[Network(6, 5, 3, Hidden = Activation.Tanh, Output = Activation.Softmax)]
sealed partial class ByteNetwork;
