namespace GenNet.Tests.Generation;

/// <summary>A graph's values in memory that remembers, float by float, whose each was last: what takes the place of a value that is still read is found where that is read.</summary>
/// <param name="Sources">What value 1, value 2 and so on are computed from; 0 for the inputs.</param>
/// <param name="Lengths">The length of each, the inputs first.</param>
/// <param name="Outputs">What is read when all are computed.</param>
sealed record GraphMemory(int[][] Sources, int[] Lengths, int[] Outputs)
{
    /// <summary>What is wrong where values start at such places; null where nothing is.</summary>
    public string? Fault(int[] places)
    {
        var owners = new int[places.Zip(Lengths, (place, length) => place + length).Max()];
        Array.Fill(owners, -1);
        Write(0);
        for (var value = 1; value <= Sources.Length; value++)
        {
            // While the value is written its sources are read: before the first of its floats is there and after the last.
            if (Sources[value - 1].FirstOrDefault(source => !Holds(source), -1) is >= 0 and var before)
                return $"value {before} is gone before value {value} is computed from it";
            Write(value);
            if (Sources[value - 1].FirstOrDefault(source => !Holds(source), -1) is >= 0 and var meanwhile)
                return $"value {value} is written over value {meanwhile}, which it is computed from";
        }
        return Outputs.FirstOrDefault(output => !Holds(output), -1) is >= 0 and var lost ? $"output {lost} is gone in the end" : null;

        void Write(int value) => Array.Fill(owners, value, places[value], Lengths[value]);

        bool Holds(int value) => owners.AsSpan(places[value], Lengths[value]).IndexOfAnyExcept(value) < 0;
    }

    /// <summary>Values other than <paramref name="value"/> itself that hold what is still read once it is computed.</summary>
    public IEnumerable<int> BesideWhich(int value) => Enumerable.Range(0, value).Where(other =>
        Lengths[other] > 0 && (Outputs.Contains(other) || Enumerable.Range(value, Sources.Length + 1 - value).Any(later => later > 0 && Sources[later - 1].Contains(other))));

    /// <summary>Any graph: values of any length with up to three sources and any number of readers, or none, and any of them outputs.</summary>
    public static GraphMemory Random(Random random)
    {
        var count = random.Next(1, 30);
        var lengths = Enumerable.Range(0, count + 1).Select(_ => random.Next(1, 6)).ToArray();
        lengths[0] *= random.Next(2);
        var near = random.Next(1, 8);
        return new(
            [.. Enumerable.Range(1, count).Select(value => Enumerable.Range(0, random.Next(1, 4)).Select(_ => Math.Max(0, value - random.Next(1, 1 + near))).ToArray())],
            lengths,
            [.. Enumerable.Range(1, count).Where(value => value == count || random.Next(8) == 0)]);
    }
}
