namespace GenNet.Mpi.Tests;

public class RankPlanTests
{
    /// <summary>Symbolic sums of the parts: the same text as one rank alone has means the same additions in the same order.</summary>
    [Fact]
    public void Every_number_of_ranks_adds_in_the_declared_tree()
    {
        for (var parts = 1; parts <= 40; parts++)
            for (var ranks = 1; ranks <= Math.Min(parts, 9); ranks++)
            {
                var samples = parts * 128 - parts * 7 % 128;
                var plan = new RankPlan(samples, ranks);
                var sums = plan.Nodes.Select(node => Tree(node.First / 128, (node.Count + 127) / 128)).ToArray();
                foreach (var (into, from) in plan.Additions)
                    sums[into] = $"({sums[into]}+{sums[from]})";
                Assert.Equal(Tree(0, parts), sums[0]);
                Assert.Equal(samples, plan.Nodes.Sum(node => node.Count));
                var counts = Enumerable.Range(0, ranks).Select(rank => plan.SamplesOf(rank)).Select(own => (own.End - own.First + 127) / 128).ToArray();
                Assert.InRange(counts.Max() - counts.Min(), 0, 1);
                Assert.All(Enumerable.Range(0, ranks), rank => Assert.InRange(plan.NodesOf(rank).Length, 1, RankReport.MostNodes));
            }
    }

    /// <summary>As docs/determinism.md declares it: the sum of n parts is that of the first m plus that of the others, m the largest power of two below n.</summary>
    static string Tree(int first, int count)
    {
        if (count == 1)
            return $"{first}";
        var m = 1;
        while (2 * m < count)
            m *= 2;
        return $"({Tree(first, m)}+{Tree(first + m, count - m)})";
    }
}
