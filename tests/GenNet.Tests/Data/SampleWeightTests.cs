using GenNet.Tests.Training;

namespace GenNet.Tests.Data;

/// <summary>The weights of a dataset's samples go with their samples, wherever these go, and count in training.</summary>
public sealed class SampleWeightTests
{
    const int Samples = 60, Features = 5, Classes = 3;

    /// <summary>The first feature of a sample says what it weighs.</summary>
    static readonly Dataset Labelled = Create();
    static readonly Dataset Targeted = new Dataset(Labelled.Inputs.ToArray(), Features, Targets(), 2).WithSampleWeights(Labelled.SampleWeights.ToArray());

    [Theory]
    [MemberData(nameof(DatasetWays.Names), MemberType = typeof(DatasetWays))]
    public void Weights_go_with_their_samples(string way)
    {
        foreach (var data in DatasetWays.All[way](Labelled).Concat(DatasetWays.All[way](Targeted)))
        {
            AssertWeights(data.Inputs, data.SampleWeights);
            foreach (var batch in data.Batches(7))
                AssertWeights(batch.Inputs, batch.SampleWeights);
            foreach (var batch in data.Shuffled(3).Batches(7))
                AssertWeights(batch.Inputs, batch.SampleWeights);
            if (data.HasLabels)
                foreach (var batch in data.Sampled(Sampling.Balanced, 3).Batches(7))
                    AssertWeights(batch.Inputs, batch.SampleWeights);
        }
    }

    [Fact]
    public void No_way_to_other_samples_is_forgotten() =>
        Assert.Empty(typeof(Dataset).GetMethods().Where(method => Mentions(method.ReturnType)).Select(method => method.Name).Except(DatasetWays.All.Keys));

    static bool Mentions(Type type) => type == typeof(Dataset) || type == typeof(Fold) || type.GenericTypeArguments.Any(Mentions);

    /// <summary>A fit goes on in mid-epoch with the same data alone: each kind of number that a dataset holds, and each one of them, tells it from another.</summary>
    [Fact]
    public void A_fingerprint_of_the_data_covers_all_that_they_hold()
    {
        float[] inputs = Labelled.Inputs.ToArray(), targets = Targets(), weights = Labelled.SampleWeights.ToArray();
        var labels = Labelled.Labels.ToArray();
        var bytes = new byte[inputs.Length];
        int[] lengths = [.. Enumerable.Repeat(Features, Samples)];
        var spans = typeof(Dataset).GetProperties().Where(property => property.PropertyType.IsByRefLike).Select(property => property.Name).Order();
        Assert.Equal([nameof(Dataset.Bytes), nameof(Dataset.Inputs), nameof(Dataset.Labels), nameof(Dataset.Lengths), nameof(Dataset.Resets), nameof(Dataset.SampleWeights), nameof(Dataset.Targets)], spans);
        Func<Dataset>[] kinds =
        [
            () => new Dataset(inputs.ToArray(), Features, labels.ToArray(), Classes),
            () => new Dataset(inputs.ToArray(), Features, targets.ToArray(), 2),
            () => new Dataset(bytes.ToArray(), Features, labels.ToArray(), Classes),
            () => new Dataset(bytes.ToArray(), Features, targets.ToArray(), 2),
            () => new Dataset(bytes.ToArray(), Features, labels.ToArray(), Classes).WithScale(0.5),
            () => new Dataset(bytes.ToArray(), Features, labels.ToArray(), Classes).AsImages(1, Features).Augmented(new() { Shift = 1 }),
        ];
        var hashes = new HashSet<ulong>();
        foreach (var kind in kinds)
        {
            Array.Fill(lengths, Features);
            Add(kind());
            for (var sample = 0; sample < Samples; sample += 7)
            {
                inputs[sample * Features + 1]++;
                bytes[sample * Features + 1]++;
                (labels[sample], targets[2 * sample + 1]) = ((labels[sample] + 1) % Classes, targets[2 * sample + 1] + 1);
                Add(kind());
                Add(kind().WithSampleWeights(weights.ToArray()));
                weights[sample]++;
                Add(kind().WithSampleWeights(weights.ToArray()));
                Add(kind().WithLengths(lengths.ToArray(), Features));
                lengths[sample]--;
                Add(kind().WithLengths(lengths.ToArray(), Features));
                if (kind().Image is null)
                    Add(kind().ConsecutiveWindows(1, 1, recordings: [sample + 1, Samples - 1 - sample]));
            }
        }

        void Add(Dataset data) => Assert.True(hashes.Add(EpochSource.Of(data, null, 8, false).DataHash), "Other data have the same fingerprint.");
    }

    [Fact]
    public void Standardised_samples_keep_their_weights()
    {
        var standardized = Standardizer.Fit(Labelled).Transform(Labelled);
        Assert.Equal(Labelled.SampleWeights.ToArray(), standardized.SampleWeights.ToArray());
    }

    [Fact]
    public void A_fit_counts_them()
    {
        var options = new FitOptions { Epochs = 3, Seed = 4 };
        OutsideClassifier weighted = new(1), alike = new(1), nothing = new(1);
        weighted.CreateTrainer(new Sgd(0.1), 16).Fit(Labelled, options);
        alike.CreateTrainer(new Sgd(0.1), 16).Fit(Labelled.WithSampleWeights(default), options);
        nothing.CreateTrainer(new Sgd(0.1), 16).Fit(Labelled.WithSampleWeights(new float[Samples]), options);
        Assert.NotEqual(alike.Hash(), weighted.Hash());
        Assert.Equal(new OutsideClassifier(1).Hash(), nothing.Hash());
    }

    [Fact]
    public void A_step_on_a_batch_counts_them()
    {
        OutsideClassifier first = new(1), second = new(1);
        Trainer byBatch = first.CreateTrainer(new Adam(), 16), bySpans = second.CreateTrainer(new Adam(), 16);
        foreach (var batch in Labelled.Shuffled(9).Batches(16))
        {
            Assert.Equal(bySpans.Step(batch.Inputs, batch.Labels, batch.SampleWeights), byBatch.Step(batch));
            Assert.Equal(second.Hash(), first.Hash());
        }
    }

    [Theory]
    [InlineData(59, 1f, "60 samples need 60 weights, got 59")]
    [InlineData(60, -1f, "The weight of sample 3 is -1")]
    [InlineData(60, float.NaN, "The weight of sample 3 is NaN")]
    public void Wrong_weights_are_refused(int count, float value, string message)
    {
        var weights = new float[count];
        weights[3] = value;
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Labelled.WithSampleWeights(weights)).Message);
    }

    static void AssertWeights(ReadOnlySpan<float> inputs, ReadOnlySpan<float> weights)
    {
        Assert.Equal(inputs.Length / Features, weights.Length);
        for (var i = 0; i < weights.Length; i++)
            Assert.Equal(inputs[i * Features], weights[i]);
    }

    static Dataset Create()
    {
        var random = new RandomStream(1);
        var (inputs, labels, weights) = (new float[Samples * Features], new int[Samples], new float[Samples]);
        foreach (ref var value in inputs.AsSpan())
            value = random.NextSingle();
        for (var i = 0; i < Samples; i++)
            (labels[i], weights[i]) = (i % Classes, inputs[i * Features]);
        return new Dataset(inputs, Features, labels, Classes).WithSampleWeights(weights);
    }

    static float[] Targets() => Networks.TestNumbers.Create(2 * Samples, 2);
}
