namespace GenNet.Tests.Data;

public class DatasetTests
{
    /// <summary>Sample i has features (i, −i) and label i mod 3.</summary>
    static Dataset Labelled(int count) => new(
        Enumerable.Range(0, count).SelectMany(i => new float[] { i, -i }).ToArray(), 2,
        Enumerable.Range(0, count).Select(i => i % 3).ToArray(), 3);

    [Fact]
    public void Batches_in_order_are_views_and_the_last_may_be_smaller()
    {
        var data = Labelled(7);
        var sizes = new List<int>();
        foreach (var batch in data.Batches(3))
        {
            Assert.Equal(sizes.Sum(), batch.FirstIndex);
            Assert.Equal(batch.Count, batch.Labels.Length);
            Assert.True(data.Inputs.Overlaps(batch.Inputs, out var offset));
            Assert.Equal(2 * batch.FirstIndex, offset);
            Assert.Equal(batch.FirstIndex % 3, batch.Labels[0]);
            Assert.True(batch.Targets.IsEmpty);
            sizes.Add(batch.Count);
        }
        Assert.Equal([3, 3, 1], sizes);
        Assert.Equal(3, data.Batches(3).Count);
        Assert.Equal(1, data.Batches(int.MaxValue).Count);
    }

    [Fact]
    public void A_shuffled_epoch_has_every_sample_once_with_its_own_label()
    {
        var order = Epoch(Labelled(100), 5, 7);
        Assert.NotEqual(Enumerable.Range(0, 100), order);
        Assert.Equal(Enumerable.Range(0, 100), order.Order());
    }

    [Fact]
    public void The_order_follows_from_the_seed_alone()
    {
        var expected = Enumerable.Range(0, 100).ToArray();
        new RandomStream(5).SplitFor(RandomPurpose.Shuffling).Shuffle(expected);
        var data = Labelled(100);
        Assert.Equal(expected, Epoch(data, 5, 7));
        Assert.NotEqual(expected, Epoch(data, 6, 7));
        Assert.Equal(expected, Epoch(data, 5, 33));
        Assert.Equal(expected, Epoch(data, 5, 1000));
    }

    [Fact]
    public void Shuffled_targets_stay_with_their_samples()
    {
        var data = Labelled(50).OneHot();
        foreach (var batch in data.Shuffled(1).Batches(8))
        {
            Assert.True(batch.Labels.IsEmpty);
            Assert.Equal(3 * batch.Count, batch.Targets.Length);
            for (var i = 0; i < batch.Count; i++)
                Assert.Equal(1, batch.Targets[3 * i + (int)batch.Inputs[2 * i] % 3]);
        }
    }

    [Fact]
    public void Two_enumerations_at_once_do_not_disturb_each_other()
    {
        var data = Labelled(40);
        // Leaves a buffer behind that both could take.
        var expected = Epoch(data, 2, 4);
        foreach (var outer in data.Shuffled(1).Batches(4))
        {
            var before = outer.Inputs.ToArray();
            Assert.Equal(expected, Epoch(data, 2, 4));
            Assert.Equal(before, outer.Inputs.ToArray());
        }
    }

    [Fact]
    public void Many_threads_may_enumerate_one_dataset()
    {
        var data = Labelled(300);
        Parallel.For(0, 64, i => Assert.Equal(Epoch(Labelled(300), (ulong)i, 16), Epoch(data, (ulong)i, 16)));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 0)]
    [InlineData(true, 24)]
    public void A_shuffled_epoch_allocates_nothing(bool labels, int planted)
    {
        var data = labels ? Labelled(1000) : Labelled(1000).OneHot();
        var sum = 0f;
        var last = 0L;
        // The first epochs make the buffers and let the runtime compile the loop.
        for (ulong epoch = 0; epoch < 40; epoch++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var batch in data.Shuffled(epoch).Batches(128))
                sum += batch.Inputs[0] + batch.Count;
            if (planted > 0)
                GC.KeepAlive(new object());
            last = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.True(sum > 0);
        Assert.Equal(planted, last);
    }

    [Fact]
    public void Choosing_classes_renumbers_them_in_the_order_given()
    {
        var chosen = Labelled(7).WithClasses(2, 0);
        Assert.Equal(2, chosen.ClassCount);
        Assert.Equal([0f, 2, 3, 5, 6], Firsts(chosen));
        Assert.Equal([1, 0, 1, 0, 1], chosen.Labels.ToArray());
    }

    [Fact]
    public void A_subset_has_the_samples_asked_for()
    {
        var subset = Labelled(7).Subset([4, 1, 4]);
        Assert.Equal([4f, -4, 1, -1, 4, -4], subset.Inputs.ToArray());
        Assert.Equal([1, 1, 1], subset.Labels.ToArray());
        Assert.Equal([0f, 1, 0], Labelled(7).OneHot().Subset([1]).Targets.ToArray());
    }

    [Fact]
    public void A_split_divides_the_samples()
    {
        var (first, second) = Labelled(10).Split(0.75, 3);
        Assert.Equal(8, first.Count);
        Assert.Equal(2, second.Count);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (float)i), Firsts(first).Concat(Firsts(second)).Order());
        Assert.NotEqual(Firsts(first), Firsts(Labelled(10).Split(0.75, 4).First));
    }

    [Fact]
    public void One_hot_targets_mark_the_class()
    {
        var data = Labelled(4).OneHot();
        Assert.False(data.HasLabels);
        Assert.Equal(3, data.TargetSize);
        Assert.Equal([1f, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0], data.Targets.ToArray());
    }

    [Fact]
    public void Bad_data_is_refused_with_its_numbers()
    {
        Refused("A dataset needs at least one sample, got none.", () => new Dataset(Array.Empty<float>(), 2, Array.Empty<int>(), 3));
        Refused("5 input values are not whole samples of 2.", () => new Dataset(new float[5], 2, new int[2], 3));
        Refused("2 samples need 2 labels, got 3.", () => new Dataset(new float[4], 2, new int[3], 3));
        Refused("Label 3 of sample 1 is not in 0…2.", () => new Dataset(new float[4], 2, new[] { 0, 3 }, 3));
        Refused("Label -1 of sample 0 is not in 0…2.", () => new Dataset(new float[4], 2, new[] { -1, 3 }, 3));
        Refused("2 samples of 3 targets need 6 values, got 5.", () => new Dataset(new float[4], 2, new float[5], 3));
        Refused("inputSize", () => new Dataset(new float[4], 0, new int[4], 3));
        Refused("classCount", () => new Dataset(new float[4], 2, new int[2], 0));
        Refused("targetSize", () => new Dataset(new float[4], 2, new float[2], 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_enumeration_that_is_over_has_no_current_batch(bool shuffled)
    {
        var data = Labelled(8);
        var batches = (shuffled ? data.Shuffled(1).Batches(2) : data.Batches(2)).GetEnumerator();
        Assert.True(batches.MoveNext());
        var other = (shuffled ? data.Shuffled(2).Batches(2) : data.Batches(2)).GetEnumerator();
        Assert.True(other.MoveNext());
        batches.Dispose();
        try
        {
            _ = batches.Current;
            Assert.Fail("a batch of an enumeration that is over");
        }
        catch (InvalidOperationException e)
        {
            Assert.Contains("is over", e.Message, StringComparison.Ordinal);
        }
        Assert.False(batches.MoveNext());
        batches.Dispose();
        Assert.Equal(2, other.Current.Count);
    }

    [Fact]
    public void A_number_of_classes_that_no_network_has_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dataset(new float[2], 1, new int[2], int.MaxValue));
        var many = new Dataset(new float[2000], 1, new int[2000], 1 << 24);
        Assert.Contains("more targets than fit one array", Assert.Throws<InvalidOperationException>(() => many.OneHot()).Message, StringComparison.Ordinal);
        Assert.Equal(2, many.Folds(2, 1, stratified: true).Count);
        Assert.Contains("2147483 samples of 1001 features", Assert.Throws<ArgumentException>(() => new Dataset(new float[1001], 1001, new int[1], 1).Subset(new int[2147483])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_requests_are_refused_with_their_numbers()
    {
        var data = Labelled(4);
        Refused("batchSize", () => _ = data.Batches(0));
        Refused("batchSize", () => _ = data.Shuffled(1).Batches(-1));
        Refused("Sample 4 was asked for, but there are samples 0…3.", () => data.Subset([0, 4]));
        Refused("at least one sample", () => data.Subset([]));
        Refused("Choose at least one class.", () => data.WithClasses());
        Refused("Class 3 is not in 0…2.", () => data.WithClasses(1, 3));
        Refused("Class 1 is given twice.", () => data.WithClasses(1, 1));
        Refused("No sample is of class 2.", () => Labelled(2).WithClasses(2));
        Refused("leaves one side empty", () => data.Split(0.1, 1));
        Refused("leaves one side empty", () => data.Split(double.NaN, 1));
        Refused("leaves one side empty", () => data.Split(1, 1));
        Assert.Throws<InvalidOperationException>(() => data.OneHot().OneHot());
        Assert.Throws<InvalidOperationException>(() => data.OneHot().WithClasses(1));
    }

    static void Refused(string message, Action action) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);

    static float[] Firsts(Dataset data) => data.Inputs.ToArray().Where((_, i) => i % 2 == 0).ToArray();

    static List<int> Epoch(Dataset data, ulong seed, int batchSize)
    {
        var order = new List<int>();
        foreach (var batch in data.Shuffled(seed).Batches(batchSize))
        {
            Assert.Equal(order.Count, batch.FirstIndex);
            for (var i = 0; i < batch.Count; i++)
            {
                order.Add((int)batch.Inputs[2 * i]);
                Assert.Equal(-batch.Inputs[2 * i], batch.Inputs[2 * i + 1]);
                Assert.Equal(order[^1] % 3, batch.Labels[i]);
            }
        }
        return order;
    }
}
