namespace GenNet.Mpi.Tests;

public class RankJobsTests
{
    [Fact]
    public void An_exchange_of_a_world_that_was_left_says_so()
    {
        var exchange = new MpiExchange(new MpiLink(null) { IsClosed = true }, 0, 2, TimeSpan.FromSeconds(1));
        Assert.Contains(nameof(MpiWorld), Assert.Throws<ObjectDisposedException>(() => exchange.Send(1, [1])).Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => exchange.Receive(1, new byte[1]));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 7)]
    [InlineData(4, 2)]
    [InlineData(2, 0)]
    public void Every_rank_gets_what_came_of_all_jobs(int ranks, int jobs)
    {
        var done = new int[jobs];
        var results = ThreadRanks.Run(ranks, exchange => new RankJobs(exchange).Run(jobs, job =>
        {
            Interlocked.Increment(ref done[job]);
            return [.. Enumerable.Range(0, job % 3).Select(number => job + number / 8.0)];
        }));
        Assert.All(done, times => Assert.Equal(1, times));
        Assert.All(results, result => Assert.Equal(Enumerable.Range(0, jobs).Select(job => Enumerable.Range(0, job % 3).Select(number => job + number / 8.0).ToArray()), result));
    }

    [Fact]
    public void A_job_that_fails_is_known_to_all()
    {
        var ends = ThreadRanks.Try(3, exchange => new RankJobs(exchange).Run(6, job => job == 4 ? throw new IOException("no disk") : [1]));
        Assert.IsType<IOException>(ends[1].Exception);
        Assert.All([ends[0], ends[2]], end => Assert.Equal("Map: rank 1 cannot go on: no disk", Assert.IsType<RankFailedException>(end.Exception).Message));
    }

    [Fact]
    public void What_is_no_job_is_known_to_all()
    {
        foreach (var isNull in new[] { true, false })
        {
            var ends = ThreadRanks.Try(3, exchange => new RankJobs(exchange).Run(exchange.Rank == 1 && !isNull ? -1 : 6, exchange.Rank == 1 && isNull ? null! : _ => []));
            Assert.IsAssignableFrom<ArgumentException>(ends[1].Exception);
            Assert.All([ends[0], ends[2]], end => Assert.Equal($"Map: rank 1 cannot go on: {ends[1].Exception!.Message}", Assert.IsType<RankFailedException>(end.Exception).Message));
        }
    }

    [Fact]
    public void Other_numbers_of_jobs_are_told()
    {
        var ends = ThreadRanks.Try(2, exchange => new RankJobs(exchange).Run(5 + exchange.Rank, _ => []));
        Assert.All(ends, end => Assert.StartsWith("Map: rank 1 differs from rank 0 in the number of jobs", Assert.IsType<RankFailedException>(end.Exception).Message, StringComparison.Ordinal));
    }
}
