namespace GenNet.Generator.Planning;

/// <summary>
/// Memory for the values of a graph, which are computed one after the other, each from any number of those before it, and read by any number of those behind it.
/// Knows nothing of layers.
/// </summary>
static class Liveness
{
    /// <summary>The last value that is computed from each: its own number where there is none, and one more than there are for those that are read in the end.</summary>
    /// <param name="sources">What value 1, value 2 and so on are computed from, by their numbers; 0 for the inputs.</param>
    /// <param name="outputs">The values that are read when all are computed.</param>
    public static int[] LastReads(IReadOnlyList<IReadOnlyList<int>> sources, IEnumerable<int> outputs)
    {
        int[] last = [.. Enumerable.Range(0, sources.Count + 1)];
        for (var value = 1; value < last.Length; value++)
            foreach (var source in sources[value - 1])
                last[source] = value;
        foreach (var output in outputs)
            last[output] = last.Length;
        return last;
    }

    /// <summary>
    /// Where each value starts, the inputs first: the lowest place that has room beside all that is still to be read. A value is written while its sources are read,
    /// so that it never lies where one of them does.
    /// </summary>
    /// <param name="sources">What value 1, value 2 and so on are computed from, by their numbers; 0 for the inputs.</param>
    /// <param name="lengths">The length of each, the inputs first: 0 where they lie elsewhere.</param>
    /// <param name="outputs">The values that are read when all are computed.</param>
    public static int[] Places(IReadOnlyList<IReadOnlyList<int>> sources, IReadOnlyList<int> lengths, IEnumerable<int> outputs)
    {
        var last = LastReads(sources, outputs);
        var places = new int[last.Length];
        var live = new List<int>(); // in the order of their places
        for (var value = 0; value < places.Length; value++)
        {
            live.RemoveAll(other => last[other] < value);
            var (start, index) = (0, 0);
            for (; index < live.Count && start + lengths[value] > places[live[index]]; index++)
                start = places[live[index]] + lengths[live[index]];
            places[value] = start;
            live.Insert(index, value);
        }
        return places;
    }
}
