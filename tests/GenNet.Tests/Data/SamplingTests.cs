namespace GenNet.Tests.Data;

public class SamplingTests
{
    /// <summary>Sample i has the feature i; classes 0, 1 and 3 have 70, 25 and 5 samples, class 2 none.</summary>
    static readonly Dataset Data = Labelled(Enumerable.Range(0, 100).Select(i => i < 70 ? 0 : i < 95 ? 1 : 3), 4);

    [Fact]
    public void Balanced_takes_every_class_that_has_samples_equally_often()
    {
        var samples = Draw(Data.Sampled(Sampling.Balanced, 1));
        Assert.Equal(100, samples.Length);
        var classes = samples.GroupBy(i => Data.Labels[i]).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal([0, 1, 3], classes.Keys.Order());
        Assert.All(classes.Values, count => Assert.InRange(count, 33, 34));

        // No sample is taken again before all of its class were.
        Assert.All(samples.Where(i => i < 70).GroupBy(i => i), group => Assert.Single(group));
        Assert.Equal(25, samples.Where(i => i is >= 70 and < 95).Distinct().Count());
        Assert.All(samples.Where(i => i >= 95).GroupBy(i => i), group => Assert.InRange(group.Count(), 6, 7));
        Assert.Equal(5, samples.Where(i => i >= 95).Distinct().Count());
    }

    [Fact]
    public void Balanced_takes_turns_with_the_samples_of_a_frequent_class()
    {
        var seen = new HashSet<int>();
        for (var epoch = 0UL; epoch < 30; epoch++)
            seen.UnionWith(Draw(Data.Sampled(Sampling.Balanced, epoch)));
        Assert.Equal(100, seen.Count);
    }

    [Fact]
    public void Balanced_with_one_class_takes_each_sample_once()
    {
        var data = Labelled(Enumerable.Repeat(2, 11), 5);
        Assert.Equal(Enumerable.Range(0, 11), Draw(data.Sampled(Sampling.Balanced, 1)).Order());
        Assert.Equal([0], Draw(Labelled([0], 1).Sampled(Sampling.Balanced, 1)));
    }

    [Fact]
    public void Balanced_works_with_many_classes() =>
        Assert.Equal(1000, Draw(Labelled(Enumerable.Range(0, 1000), 1000).Sampled(Sampling.Balanced, 3)).Distinct().Count());

    [Fact]
    public void Weighted_takes_samples_in_proportion_to_their_weights()
    {
        // χ² with 99 − 20 degrees of freedom is below 126 with probability 0.999.
        var weights = Enumerable.Range(0, 100).Select(i => i % 5 == 0 ? 0 : 1 + i % 7f).ToArray();
        var counts = new int[100];
        for (var epoch = 0UL; epoch < 300; epoch++)
            foreach (var i in Draw(Data.Sampled(Sampling.Weighted(weights), epoch)))
                counts[i]++;
        var (total, squares) = (weights.Sum(), 0.0);
        for (var i = 0; i < 100; i++)
        {
            var expected = 30_000.0 * weights[i] / total;
            if (weights[i] == 0)
                Assert.Equal(0, counts[i]);
            else
                squares += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        Assert.InRange(squares, 40, 126);
    }

    [Fact]
    public void A_single_positive_weight_takes_all()
    {
        foreach (var only in new[] { 0, 1, 2 })
        {
            var weights = new float[3];
            weights[only] = 1e-30f;
            Assert.All(Draw(Labelled([0, 0, 0], 1).Sampled(Sampling.Weighted(weights), 1)), i => Assert.Equal(only, i));
        }
    }

    [Fact]
    public void The_seed_decides()
    {
        foreach (var sampling in new[] { Sampling.Balanced, Sampling.Weighted(Enumerable.Repeat(1f, 100).ToArray()) })
        {
            Assert.Equal(Draw(Data.Sampled(sampling, 1)), Draw(Data.Sampled(sampling, 1)));
            Assert.NotEqual(Draw(Data.Sampled(sampling, 1)), Draw(Data.Sampled(sampling, 2)));
        }
    }

    [Fact]
    public void Orders_never_change()
    {
        // Part of the contract: the same seed takes the same samples in every release.
        Assert.Equal([71, 84, 86, 91, 89, 98], Draw(Data.Sampled(Sampling.Balanced, 1))[..6]);
        Assert.Equal([50, 43, 55, 79, 59, 49], Draw(Data.Sampled(Sampling.Weighted(Enumerable.Range(0, 100).Select(i => (float)i).ToArray()), 1))[..6]);
    }

    [Fact]
    public void Says_what_does_not_fit()
    {
        Assert.Contains("needs a dataset with a class for each sample; ", Assert.Throws<ArgumentException>(() => Data.OneHot().Sampled(Sampling.Balanced, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("has 2 weights, the dataset 100 samples", Assert.Throws<ArgumentException>(() => Data.Sampled(Sampling.Weighted([1, 2]), 1)).Message, StringComparison.Ordinal);
        Assert.Contains("Weight 1 is -1", Assert.Throws<ArgumentException>(() => Sampling.Weighted([1, -1])).Message, StringComparison.Ordinal);
        Assert.Contains("Weight 0 is NaN", Assert.Throws<ArgumentException>(() => Sampling.Weighted([float.NaN])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Sampling.Weighted([0, 0]));
        Assert.Throws<ArgumentException>(() => Sampling.Weighted([]));
    }

    [Fact]
    public void Batches_are_skipped_and_the_last_one_dropped()
    {
        int[] Sizes(BatchSequence batches)
        {
            var sizes = new List<int>();
            foreach (var batch in batches)
                sizes.Add(batch.FirstIndex * 1000 + batch.Count);
            Assert.Equal(sizes.Count, batches.Count);
            return [.. sizes];
        }
        Assert.Equal([40, 40040, 80020], Sizes(Data.Batches(40)));
        Assert.Equal([40, 40040], Sizes(Data.Batches(40, dropLast: true)));
        Assert.Equal([40040], Sizes(Data.Shuffled(1).Batches(40, dropLast: true).Skip(1)));
        Assert.Equal([80020], Sizes(Data.Batches(40).Skip(1).Skip(1)));
        Assert.Empty(Sizes(Data.Batches(40).Skip(3)));
        Assert.Empty(Sizes(Data.Batches(101, dropLast: true)));
        Assert.Equal([100], Sizes(Data.Batches(int.MaxValue)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Data.Batches(40).Skip(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Data.Batches(40).Skip(-1));

        // Skipping does not change which samples come.
        var all = Draw(Data.Shuffled(7));
        var rest = new List<int>();
        foreach (var batch in Data.Shuffled(7).Batches(16).Skip(2))
            foreach (var input in batch.Inputs)
                rest.Add((int)input);
        Assert.Equal(all[32..], rest);
    }

    static int[] Draw(SampledDataset samples)
    {
        var drawn = new List<int>();
        foreach (var batch in samples.Batches(7))
        {
            for (var i = 0; i < batch.Count; i++)
                drawn.Add((int)batch.Inputs[i]);
        }
        return [.. drawn];
    }

    static Dataset Labelled(IEnumerable<int> labels, int classes)
    {
        var all = labels.ToArray();
        return new(Enumerable.Range(0, all.Length).Select(i => (float)i).ToArray(), 1, all, classes);
    }
}
