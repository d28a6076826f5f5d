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

    /// <summary>However a batch is accumulated, portion after portion of whole parts, by however many ranks.</summary>
    [Fact]
    public void Portions_of_a_batch_add_up_in_the_declared_tree()
    {
        var random = new RandomStream(1);
        for (var attempt = 0; attempt < 2000; attempt++)
        {
            var (parts, kept, before) = (1 + random.NextInt32(40), Array.Empty<string>(), 0);
            var samples = parts * 128 - random.NextInt32(128);
            while (before < samples)
            {
                var (rows, ranks) = (Math.Min(samples - before, 128 * (1 + random.NextInt32(parts))), 1 + random.NextInt32(9));
                var plan = new RankPlan(samples, before, rows, ranks);
                string[] sums = [.. kept, .. plan.Nodes.Select(node => Tree(node.First / 128, (node.Count + 127) / 128))];
                Assert.Equal((kept.Length, rows), (plan.Kept, plan.Nodes.Sum(node => node.Count)));
                Assert.All(Enumerable.Range(0, ranks), rank => Assert.Equal(plan.NodesOf(rank).Sum(node => node.Count), new RankPlan(rows, ranks).NodesOf(rank).Sum(node => node.Count)));
                foreach (var (into, from) in plan.Additions)
                    sums[into] = $"({sums[into]}+{sums[from]})";
                string[] left = [.. plan.Sums.Select(sum => sums[sum])];
                Assert.Equal(kept[..plan.Unchanged], left[..plan.Unchanged]);
                Assert.True(plan.FirstPlace >= kept.Length && (plan.FirstPlace >= left.Length || left.Length == 1));
                (kept, before) = (left, before + rows);
                Assert.Equal(before == samples ? 1 : System.Numerics.BitOperations.PopCount((uint)before / 128), kept.Length);
            }
            Assert.Equal(Tree(0, parts), kept[0]);
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

    [Fact]
    public void Portions_of_which_no_two_are_alike_leave_few_plans() => _ = ThreadRanks.Run(2, exchange =>
    {
        var trainer = new PlainNetwork(1).CreateTrainer(new Adam(0.01), 200);
        trainer.Exchange = exchange;
        var random = new RandomStream(3);
        for (var portion = 0; portion < 3_000; portion++)
        {
            var samples = 130 + random.NextInt32(70);
            trainer.Accumulate(new float[samples * 4], new int[samples], samples + 128 * random.NextInt32(100_000));
            trainer.Backward(new float[samples * 4], new int[samples]);
            trainer.Update();
            Assert.InRange(trainer.PlanCount, 1, RankPlans.Most);
        }
        return 0;
    });
}
