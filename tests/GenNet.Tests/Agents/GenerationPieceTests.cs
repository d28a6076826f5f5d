using GenNet.Agents;
using GenNet.Agents.Environments;
using GenNet.Tests.Networks;
using GenNet.Tests.Training;

namespace GenNet.Tests.Agents;

/// <summary>Generations that are made in pieces: none works on more than it may, and how many there were shows in nothing.</summary>
[Collection(nameof(ParallelismTests))]
public sealed class GenerationPieceTests : IDisposable
{
    readonly string _file = Path.Combine(Path.GetTempPath(), $"agent-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_file);

    static readonly Func<int, PopulationSearch>[] Searches =
    [
        seed => new EvolutionStrategy(new SmallDriver((ulong)seed), new() { Population = 130, Deviation = 0.3f, LearningRate = 0.05, WeightDecay = 0.01 }, (ulong)seed),
        seed => new EvolutionStrategy(new LargeDriver((ulong)seed), new() { Population = 6 }, (ulong)seed),
        seed => new GeneticAlgorithm(new SmallDriver((ulong)seed), new() { Population = 130, Elites = 3 }, (ulong)seed),
        seed => new GeneticAlgorithm(new SmallDriver((ulong)seed), new() { Population = 130, Elites = 40, CrossOver = false }, (ulong)seed),
        seed => new GeneticAlgorithm(new SmallDriver((ulong)seed), new() { Population = 20, Elites = 20 }, (ulong)seed),
        seed => new GeneticAlgorithm(new SmallDriver((ulong)seed), new() { Population = 130, Elites = 0, Parents = 1 }, (ulong)seed),
        seed => new GeneticAlgorithm(new LargeDriver((ulong)seed), new() { Population = 6 }, (ulong)seed),
    ];

    public static TheoryData<int> Kinds()
    {
        var kinds = new TheoryData<int>();
        for (var kind = 0; kind < Searches.Length; kind++)
            kinds.Add(kind);
        return kinds;
    }

    /// <summary>What networks are worth, some of them as much as others.</summary>
    static double[] Fitness(PopulationSearch search, int generation = 0) => [.. Enumerable.Range(0, search.Population).Select(i => (double)((i * 7 + generation) % (search.Population - 2)))];

    static string State(PopulationSearch search)
    {
        var networks = search is GeneticAlgorithm crowd ? crowd.Networks : [search.Network];
        return $"{string.Join(' ', networks.Select(network => $"{network.Hash():x16}"))} {string.Join(' ', search.History)}";
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Have_the_bits_of_one_piece_with_any_threads_stopped_and_resumed(int kind)
    {
        var (whole, create) = (Searches[kind](1), Searches[kind]);
        var expected = new List<string>();
        for (var generation = 0; generation < 4; generation++)
        {
            whole.Tell(Fitness(whole, generation));
            expected.Add(State(whole));
        }
        foreach (var threads in new[] { 1, 2, 3 })
            AgentTest.WithThreads(threads, () =>
            {
                var search = create(1);
                for (var generation = 0; generation < 4; generation++)
                {
                    var fitness = Fitness(search, generation);
                    search.BeginTell(fitness);
                    Array.Fill(fitness, double.NaN);
                    while (!search.Advance())
                        Assert.True(search.IsDue);
                    Assert.False(search.IsDue);
                    Assert.Equal(expected[generation], State(search));
                    search.Save(_file);
                    search = create(2);
                    search.Load(_file);
                }
                return 0;
            });
    }

    /// <summary>Pieces are counted, and so are networks that a piece writes to.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Are_small(int kind)
    {
        var search = Searches[kind](1);
        search.Tell(Fitness(search));
        var weights = search.Network.Parameters.Length;
        var atOnce = Math.Max(1, RowPass.Numbers / weights);
        var rows = search is GeneticAlgorithm { Options: var options } ? search.Population - options.Elites : search.Population / 2;
        var expected = Math.Max(1, (rows + atOnce - 1) / atOnce) + (search is EvolutionStrategy ? (weights + RowPass.Numbers / 5 - 1) / (RowPass.Numbers / 5) : 0);
        var networks = search is GeneticAlgorithm crowd ? crowd.Networks : [search.Network];
        search.BeginTell(Fitness(search, 1));
        var (pieces, before) = (0, Hashes());
        for (var complete = false; !complete; pieces++)
        {
            complete = search.Advance();
            var now = Hashes();
            Assert.InRange(now.Zip(before).Count(pair => pair.First != pair.Second), 0, search is GeneticAlgorithm ? atOnce : complete ? 1 : 0);
            before = now;
        }
        Assert.Equal(expected, pieces);

        ulong[] Hashes() => [.. networks.Select(network => network.Hash())];
    }

    [Fact]
    public void Are_made_for_as_long_as_there_is_time()
    {
        foreach (var create in Searches)
        {
            var (search, other) = (create(1), create(1));
            search.BeginTell(Fitness(search));
            Assert.True(search.Advance(TimeSpan.MaxValue));
            other.BeginTell(Fitness(other));
            while (!other.Advance(TimeSpan.Zero))
            {
            }
            Assert.Equal(State(search), State(other));
        }
        var crowd = Searches[2](1);
        crowd.BeginTell(Fitness(crowd));
        Assert.False(crowd.Advance(TimeSpan.Zero));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Allocate_nothing(int kind)
    {
        var search = Searches[kind](1);
        var fitness = Fitness(search);
        NetworkContractTests.AssertAllocatesNothing(() =>
        {
            search.BeginTell(fitness);
            while (!search.Advance())
            {
            }
        });
    }

    /// <summary>Between two pieces there is neither this generation nor the next: what needs one says so, and what was begun goes on to the same bits.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_does_not_go_between_them_is_refused(int kind)
    {
        var (search, whole) = (Searches[kind](1), Searches[kind](1));
        var name = search.GetType().Name;
        Assert.Equal($"{name}.Advance: no generation is being made. Call BeginTell first, and Advance while IsDue.", Assert.Throws<InvalidOperationException>(() => search.Advance()).Message);
        Assert.Throws<InvalidOperationException>(() => search.Advance(TimeSpan.MaxValue));
        search.Save(_file);
        var written = File.ReadAllBytes(_file);
        Assert.ThrowsAny<ArgumentException>(() => search.BeginTell([]));
        Assert.False(search.IsDue);
        var fitness = Fitness(search);
        search.BeginTell(fitness);
        for (var goesOn = true; goesOn;)
        {
            Refuse("Tell", () => search.Tell(fitness));
            Refuse("Tell", () => search.BeginTell(fitness));
            Refuse("Save", () => search.Save(_file));
            Refuse("Load", () => search.Load(_file));
            if (search is GeneticAlgorithm crowd)
            {
                Refuse("Networks", () => _ = crowd.Networks);
                Refuse("Networks", () => _ = crowd.Network);
            }
            Assert.Contains("0 generations", search.ToString(), StringComparison.Ordinal);
            goesOn = !search.Advance();
        }
        Assert.Equal(written, File.ReadAllBytes(_file));
        whole.Tell(fitness);
        Assert.Equal(State(whole), State(search));
        Assert.Throws<InvalidOperationException>(() => search.Advance());

        void Refuse(string member, Action action) =>
            Assert.Equal($"{name}.{member}: the next generation is being made. Call Advance until it is complete.", Assert.Throws<InvalidOperationException>(action).Message);
    }

    /// <summary>Until the last piece a strategy asks for networks of the present generation.</summary>
    [Fact]
    public void A_strategy_moves_with_the_last_of_them()
    {
        var (search, asked) = (new EvolutionStrategy(new SmallDriver(1), new() { Population = 130 }, 1), new SmallDriver(2));
        search.Ask(7, asked);
        var hash = asked.Hash();
        search.BeginTell(Fitness(search));
        do
        {
            search.Ask(7, asked);
            Assert.Equal(hash, asked.Hash());
        }
        while (!search.Advance());
        search.Ask(7, asked);
        Assert.NotEqual(hash, asked.Hash());
    }

    [Fact]
    public void Learning_completes_what_has_begun()
    {
        foreach (var kind in new[] { 0, 2 })
        {
            var (search, whole) = (Searches[kind](1), Searches[kind](1));
            search.BeginTell(Fitness(search));
            search.Advance();
            search.Learn(new Track[1], 2);
            whole.Tell(Fitness(whole));
            whole.Learn(new Track[1], 2);
            Assert.Equal(2, search.History.Count);
            Assert.Equal(State(whole), State(search));
        }
    }
}

[Network(16, 160, 100, 4, Hidden = Activation.Tanh, Loss = Loss.CrossEntropy)]
sealed partial class LargeDriver;
