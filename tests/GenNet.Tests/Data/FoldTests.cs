namespace GenNet.Tests.Data;

public class FoldTests
{
    /// <summary>Classes 0, 1 and 3 have 60, 30 and 13 samples, class 2 none.</summary>
    static readonly Dataset Data = Labelled([.. Enumerable.Repeat(0, 60), .. Enumerable.Repeat(1, 30), .. Enumerable.Repeat(3, 13)], 4);

    [Theory]
    [InlineData(2, false)]
    [InlineData(5, false)]
    [InlineData(103, false)]
    [InlineData(5, true)]
    [InlineData(103, true)]
    public void Every_sample_is_judged_once_and_never_trained_on_in_that_fold(int count, bool stratified)
    {
        var folds = Data.Folds(count, 1, stratified);
        Assert.Equal(Enumerable.Range(1, count), folds.Select(fold => fold.Number));
        Assert.Equal(Enumerable.Range(0, 103), folds.SelectMany(fold => fold.ValidationIndices.ToArray()).Order());
        foreach (var fold in folds)
        {
            Assert.InRange(fold.ValidationIndices.Length, 103 / count, 103 / count + 1);
            Assert.Equal(Enumerable.Range(0, 103), fold.TrainingIndices.ToArray().Concat(fold.ValidationIndices.ToArray()).Order());
            Assert.Empty(fold.TrainingIndices.ToArray().Intersect(fold.ValidationIndices.ToArray()));
        }
    }

    [Fact]
    public void Leaving_one_out_takes_little_memory()
    {
        const int Count = 20_000;
        var data = new Dataset(new float[Count], 1, new int[Count], 1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var folds = data.Folds(Count, 1);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500 * Count);
        Assert.Equal(Count - 1, folds[7].TrainingIndices.Length);
        Assert.True(folds[7].TrainingIndices == folds[7].TrainingIndices, "indices are worked out once while they are in use");
    }

    [Fact]
    public void Data_are_those_of_the_indices()
    {
        var fold = Data.Folds(4, 1)[2];
        Assert.Equal(fold.TrainingIndices.ToArray().Select(i => (float)i), fold.TrainingData().Inputs.ToArray());
        Assert.Equal(fold.ValidationIndices.ToArray().Select(i => (float)i), fold.ValidationData().Inputs.ToArray());
        Assert.Equal(fold.ValidationIndices.ToArray().Select(i => Data.Labels[i]), fold.ValidationData().Labels.ToArray());
    }

    [Fact]
    public void Stratified_parts_have_their_share_of_every_class()
    {
        foreach (var fold in Data.Folds(5, 1, stratified: true))
        {
            var counts = fold.ValidationIndices.ToArray().GroupBy(i => Data.Labels[i]).ToDictionary(group => group.Key, group => group.Count());
            Assert.Equal((12, 6), (counts[0], counts[1]));
            Assert.InRange(counts[3], 2, 3);
        }

        // Parts that are not stratified are not: the check can fail.
        Assert.Contains(Data.Folds(5, 1), fold => fold.ValidationIndices.ToArray().Count(i => Data.Labels[i] == 0) != 12);
    }

    [Fact]
    public void Stratified_parts_of_equal_labels_are_any_parts() =>
        Assert.All(Labelled(Enumerable.Repeat(1, 10), 3).Folds(5, 1, stratified: true), fold => Assert.Equal(2, fold.ValidationIndices.Length));

    [Fact]
    public void The_seed_decides()
    {
        foreach (var stratified in new[] { false, true })
        {
            int[] First(ulong seed) => Data.Folds(5, seed, stratified)[0].ValidationIndices.ToArray();
            Assert.Equal(First(1), First(1));
            Assert.NotEqual(First(1), First(2));
        }
    }

    [Fact]
    public void Says_what_does_not_fit()
    {
        Assert.Contains("103 samples are divided in 2 to 103 folds.", Assert.Throws<ArgumentOutOfRangeException>(() => Data.Folds(104, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Data.Folds(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Labelled([0], 1).Folds(2, 1));
        Assert.Throws<InvalidOperationException>(() => Data.OneHot().Folds(2, 1, stratified: true));
        Assert.Equal(2, Data.OneHot().Folds(2, 1).Count);
    }

    static Dataset Labelled(IEnumerable<int> labels, int classes)
    {
        var all = labels.ToArray();
        return new(Enumerable.Range(0, all.Length).Select(i => (float)i).ToArray(), 1, all, classes);
    }
}
