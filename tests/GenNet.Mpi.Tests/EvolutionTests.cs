using GenNet.Agents;
using GenNet.Agents.Environments;

namespace GenNet.Mpi.Tests;

[Network(4, 8, 2, Hidden = Activation.Tanh)]
sealed partial class PoleNetwork;

/// <summary>Evolution on several ranks has the bits of one.</summary>
public class EvolutionTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Any_number_of_ranks_finds_the_same_networks(int ranks)
    {
        foreach (var create in new Func<PopulationSearch>[] { Strategy, Algorithm })
        {
            var expected = Learn(create(), null);
            Assert.All(ThreadRanks.Run(ranks, exchange => Learn(create(), exchange)), found => Assert.Equal(expected, found));
        }
    }

    [Fact]
    public void More_ranks_than_networks_leave_some_with_nothing_to_do() =>
        Assert.Single(ThreadRanks.Run(9, exchange => Learn(new GeneticAlgorithm(new PoleNetwork(1), new() { Population = 6 }), exchange)).Append(Learn(new GeneticAlgorithm(new PoleNetwork(1), new() { Population = 6 }), null)).Distinct());

    [Fact]
    public void What_differs_is_told()
    {
        var ends = ThreadRanks.Try(3, exchange => Learn(new EvolutionStrategy(new PoleNetwork(exchange.Rank == 2 ? 5UL : 1UL), seed: 3), exchange));
        Assert.All(ends, end => Assert.StartsWith("EvolutionStrategy: rank 2 differs from rank 0 in its networks, its seed or its generation", Assert.IsType<RankFailedException>(end.Exception).Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(5, 2, null)]
    [InlineData(4, 3, null)]
    [InlineData(4, 2, 100.0)]
    public void What_Learn_is_given_is_compared(int generations, int episodes, double? targetFitness)
    {
        var ends = ThreadRanks.Try(3, exchange =>
        {
            var search = Strategy();
            search.Exchange = exchange;
            if (exchange.Rank == 1)
                search.Learn(new CartPole[1], generations, episodes, targetFitness);
            else
                search.Learn(new CartPole[1], 4, 2);
            return 0;
        });
        Assert.All(ends, end => Assert.StartsWith("EvolutionStrategy: rank 1 differs from rank 0 in what Learn was given", Assert.IsType<RankFailedException>(end.Exception).Message, StringComparison.Ordinal));
    }

    /// <summary>A call that is refused leaves all as it was; one rank that has nothing to do tells the others.</summary>
    [Fact]
    public void A_search_that_is_refused_leaves_all_as_it_was()
    {
        foreach (var create in new Func<PopulationSearch>[] { Strategy, Algorithm })
        {
            var expected = Learn(create(), null);
            Assert.All(ThreadRanks.Run(3, exchange =>
            {
                var search = create();
                search.Exchange = exchange;
                foreach (var generations in new[] { 0, 2 })
                {
                    search.Learn(new CartPole[1], generations, 2);
                    var refused = Record.Exception(() => search.Learn(new CartPole[1], exchange.Rank == 1 ? generations : 4, 2));
                    Assert.Contains("rank 1 differs from rank 0 in what Learn was given", Assert.IsType<RankFailedException>(refused).Message, StringComparison.Ordinal);
                    Assert.Equal(generations, search.History.Count);
                }
                return Learn(search, exchange);
            }), found => Assert.Equal(expected, found));
        }
    }

    [Fact]
    public void A_rank_that_is_further_is_told()
    {
        var ends = ThreadRanks.Try(3, exchange =>
        {
            var search = Strategy();
            if (exchange.Rank == 1)
                search.Learn(new CartPole[1], 4, 2);
            search.Exchange = exchange;
            search.Learn(new CartPole[1], 4, 2);
            return 0;
        });
        Assert.All(ends, end => Assert.StartsWith("EvolutionStrategy: rank 1 differs from rank 0 in its networks, its seed or its generation", Assert.IsType<RankFailedException>(end.Exception).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Environments_that_one_rank_lacks_are_known_to_all()
    {
        var ends = ThreadRanks.Try(3, exchange =>
        {
            var search = Strategy();
            search.Exchange = exchange;
            search.Learn(new CartPole[exchange.Rank == 2 ? 0 : 1], generations: 4);
            return 0;
        });
        Assert.IsType<ArgumentException>(ends[2].Exception);
        Assert.All(ends[..2], end => Assert.Equal($"EvolutionStrategy: rank 2 cannot go on: {ends[2].Exception!.Message}", Assert.IsType<RankFailedException>(end.Exception).Message));
    }

    /// <summary>Of the second generation, and of the last.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_report_that_fails_is_known_to_all_and_the_search_goes_on_to_the_same_bits(int generation)
    {
        var expected = Learn(Strategy(), null);
        Assert.All(ThreadRanks.Run(3, exchange =>
        {
            var search = Strategy();
            search.Exchange = exchange;
            var exception = Record.Exception(() => search.Learn(new CartPole[1], 4, 2, progress: new Unread(generation)))!;
            Assert.Equal(exchange.Rank == 0 ? "nobody reads it" : "EvolutionStrategy: rank 0 cannot go on: nobody reads it", exception.Message);
            Assert.Equal(generation, search.History.Count);
            return Learn(search, exchange);
        }), found => Assert.Equal(expected, found));
    }

    /// <summary>Takes reports up to a generation.</summary>
    sealed class Unread(int generation) : IProgress<Generation>
    {
        public void Report(Generation value)
        {
            if (value.Number == generation)
                throw new IOException("nobody reads it");
        }
    }

    [Fact]
    public void A_rank_that_fails_is_named()
    {
        var ends = ThreadRanks.Try(3, exchange =>
        {
            using var source = new CancellationTokenSource();
            if (exchange.Rank == 1)
                source.Cancel();
            var search = Strategy();
            search.Exchange = exchange;
            search.Learn(new CartPole[1], generations: 2, cancellationToken: source.Token);
            return 0;
        });
        Assert.IsType<OperationCanceledException>(ends[1].Exception);
        Assert.StartsWith("EvolutionStrategy: rank 1 cannot go on: ", Assert.IsType<RankFailedException>(ends[0].Exception).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_generation_that_one_rank_could_not_judge_is_judged_again_by_the_same_episodes(bool isCancelled)
    {
        foreach (var create in new Func<PopulationSearch>[] { Strategy, Algorithm })
        {
            var expected = Learn(create(), null);
            var found = ThreadRanks.Run(3, exchange =>
            {
                using var source = new CancellationTokenSource();
                var (search, pole) = (create(), new InterruptedPole(exchange.Rank != 1 ? null : isCancelled ? source : new object()));
                search.Exchange = exchange;
                var exception = Assert.ThrowsAny<Exception>(() => search.Learn([pole], generations: 4, episodes: 2, cancellationToken: source.Token));
                Assert.IsType(exchange.Rank != 1 ? typeof(RankFailedException) : isCancelled ? typeof(OperationCanceledException) : typeof(NotFiniteNumberException), exception);
                Assert.InRange(search.History.Count, 1, 3);
                return Learn(search, exchange);
            });
            Assert.All(found, end => Assert.Equal(expected, end));
        }
    }

    /// <summary>Is interrupted once, in the second generation or the third: by a cancellation, or by a reward that is no number.</summary>
    /// <param name="by">What it is cancelled by; another object for a reward that is no number, null for nothing.</param>
    sealed class InterruptedPole(object? by) : IEnvironment
    {
        const int Interruption = 1000;

        CartPole _pole;
        int _steps;

        public static int ObservationSize => CartPole.ObservationSize;

        public static ActionSpace ActionSpace => CartPole.ActionSpace;

        public static int TimeLimit => CartPole.TimeLimit;

        public void Reset(ulong seed, Span<float> observation) => _pole.Reset(seed, observation);

        public StepResult Step(AgentAction action, Span<float> observation)
        {
            var result = _pole.Step(action, observation);
            if (++_steps != Interruption || by is null)
                return result;
            (by as CancellationTokenSource)?.Cancel();
            return by is CancellationTokenSource ? result : result with { Reward = float.NaN };
        }
    }

    static EvolutionStrategy Strategy() => new(new PoleNetwork(1), new() { Population = 20 }, seed: 3);

    static GeneticAlgorithm Algorithm() => new(new PoleNetwork(1), new() { Population = 15 }, seed: 3);

    static string Learn(PopulationSearch search, IRankExchange? exchange)
    {
        search.Exchange = exchange;
        search.Learn(new CartPole[1], generations: 4, episodes: 2);
        return $"{search.Network.Hash():X16} {search.Steps} {string.Join(' ', search.History.Select(generation => $"{generation.Mean:R}"))}";
    }
}
