namespace GenNet;

/// <summary>Sorts samples by class.</summary>
static class ClassOrder
{
    /// <summary>Counting sort, stable.</summary>
    /// <param name="labels">[samples] class numbers.</param>
    /// <param name="starts">[classes + 1] written: where the samples of each class start, and behind the last.</param>
    /// <param name="order">[samples] written: the numbers of the samples, class by class.</param>
    public static void Sort(ReadOnlySpan<int> labels, Span<int> starts, Span<int> order)
    {
        starts.Clear();
        foreach (var label in labels)
            starts[label]++;
        var end = 0;
        foreach (ref var start in starts)
            start = end += start;
        for (var i = labels.Length - 1; i >= 0; i--)
            order[--starts[labels[i]]] = i;
    }
}
