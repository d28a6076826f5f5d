namespace GenNet;

/// <summary>See <see cref="Sampling.Balanced"/>.</summary>
sealed class BalancedSampling : Sampling
{
    internal override void Check(Dataset dataset)
    {
        if (dataset.LackOfClasses is { } lack)
            throw new ArgumentException($"Class-balanced sampling needs a dataset with a class for each sample; {lack}.", nameof(dataset));
    }

    internal override ulong Hash() => 1;

    internal override Sampling Of(ReadOnlySpan<int> indices) => this;

    internal override void Fill(Dataset dataset, Span<int> order, Span<int> scratch, RandomStream random)
    {
        Span<int> starts = dataset.ClassCount < 256 ? stackalloc int[dataset.ClassCount + 1] : new int[dataset.ClassCount + 1];
        ClassOrder.Sort(dataset.Labels, starts, scratch);

        // The classes that have samples, in a random order: where the turns do not divide evenly, chance decides who gets one more.
        Span<int> classes = dataset.ClassCount < 256 ? stackalloc int[dataset.ClassCount] : new int[dataset.ClassCount];
        var count = 0;
        for (var c = 0; c < dataset.ClassCount; c++)
        {
            if (starts[c] == starts[c + 1])
                continue;
            random.Shuffle(scratch[starts[c]..starts[c + 1]]);
            classes[count++] = c;
        }
        random.Shuffle(classes[..count]);
        for (var i = 0; i < order.Length; i++)
        {
            var (turn, c) = (i / count, classes[i % count]);
            order[i] = scratch[starts[c] + turn % (starts[c + 1] - starts[c])];
        }
        random.Shuffle(order);
    }
}
