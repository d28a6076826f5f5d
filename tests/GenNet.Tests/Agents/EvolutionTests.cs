using GenNet.Agents;
using GenNet.Agents.Environments;
using GenNet.Tests.Networks;
using GenNet.Tests.Reference;
using GenNet.Tests.Training;

namespace GenNet.Tests.Agents;

[Network(16, 16, 4, Hidden = Activation.Tanh, Loss = Loss.CrossEntropy)]
sealed partial class SmallDriver;

[Network(2, 8, 1, Hidden = Activation.Tanh, Output = Activation.Tanh, Loss = Loss.MeanSquaredError)]
sealed partial class SmallCar;

[Network(2)]
[Dense(8)]
[BatchNorm(Activation.Tanh)]
[Dense(2)]
sealed partial class SmallNormalized;

/// <summary>Evolution strategies and genetic algorithms.</summary>
[Collection(nameof(ParallelismTests))]
public sealed class EvolutionTests : IDisposable
{
    static readonly EvolutionStrategyOptions Strategy = new() { Population = 32, Deviation = 0.5f, LearningRate = 0.1, Standardizer = new Standardizer([-0.3, 0], [0.5, 0.03]) };

    static readonly GeneticAlgorithmOptions Crowd = new() { Population = 50, Elites = 2 };

    readonly string _file = Path.Combine(Path.GetTempPath(), $"agent-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_car_is_driven_out_of_its_valley()
    {
        var search = new EvolutionStrategy(new SmallCar(1), Strategy, 1);
        search.Learn(new MountainCarContinuous[1], 200, episodes: 2, targetFitness: 90);
        Assert.True(search.Evaluate(new MountainCarContinuous(), 20).Average() > 85, search.History[^1].ToString());
        Assert.True(search.Steps > 0 && search.Steps == search.History[^1].Steps);
    }

    [Fact]
    public void Running_statistics_stay_whatever_decays()
    {
        var network = new SmallNormalized(1);
        var statistics = network.Parameters.Tensors.Where(tensor => tensor.Kind is ParameterKind.RunningMean or ParameterKind.RunningVariance).ToArray();
        float[] Values() => [.. statistics.SelectMany(tensor => Enumerable.Range(0, tensor.Length).Select(i => tensor[i]))];
        var (before, hash) = (Values(), network.Hash());
        var search = new EvolutionStrategy(network, new() { Population = 4, LearningRate = 0.1, WeightDecay = 0.1 }, 1);
        for (var generation = 0; generation < 8; generation++)
            search.Tell([1, 2, 3, 4]);
        Assert.Equal(16, before.Length);
        Assert.Equal(before, Values());
        Assert.NotEqual(hash, network.Hash());
    }

    [Fact]
    public void A_crowd_learns_to_drive()
    {
        var crowd = new GeneticAlgorithm(new SmallDriver(1), new() { Population = 200 }, 1);
        crowd.Learn(new Track[1], 15);
        Assert.True(crowd.History[0].Best < 5 && crowd.History[^1].Best > 8, $"{crowd.History[0]} … {crowd.History[^1]}");
        Assert.True(crowd.Evaluate(new Track(), 20).Average() > 3);
    }

    /// <summary>w + Adam's step up Σ(rank of one − rank of the other)·ε/n, in double precision from the networks that were asked for.</summary>
    [Fact]
    public void A_strategy_moves_as_its_formula_says()
    {
        var options = new EvolutionStrategyOptions { Population = 8, Deviation = 0.25f, LearningRate = 0.02, WeightDecay = 0.01 };
        var search = new EvolutionStrategy(new SmallCar(1), options, 5);
        var weights = AgentTest.Flat(search.Network.Parameters);
        double[] means = new double[weights.Length], squares = new double[weights.Length];
        var asked = new SmallCar(9);
        for (var generation = 1; generation <= 3; generation++)
        {
            // Two are equal, and share their rank.
            double[] fitness = [3, -1, 0.5, 2, 2, 7, -4, 1], ranks = [6, 1, 2, 4.5, 4.5, 7, 0, 3];
            var gradient = weights.Select(weight => options.WeightDecay * weight).ToArray();
            for (var index = 0; index < options.Population; index++)
            {
                search.Ask(index, asked);
                var values = AgentTest.Flat(asked.Parameters);
                var sign = index % 2 == 0 ? 1 : -1;
                for (var i = 0; i < weights.Length; i++)
                {
                    var noise = sign * (values[i] - weights[i]) / options.Deviation;
                    gradient[i] -= sign * (ranks[index] / 7 - 0.5) * noise / options.Population;
                }
            }
            search.Tell(fitness);
            for (var i = 0; i < weights.Length; i++)
            {
                means[i] = 0.9 * means[i] + 0.1 * gradient[i];
                squares[i] = 0.999 * squares[i] + 0.001 * gradient[i] * gradient[i];
                weights[i] -= options.LearningRate * means[i] / (1 - Math.Pow(0.9, generation)) / (Math.Sqrt(squares[i] / (1 - Math.Pow(0.999, generation))) + 1e-8);
            }
            Close.AssertEqual("weights", weights, AgentTest.Flat(search.Network.Parameters), 1e-3);
        }
        Assert.Equal(new GenNet.Agents.Generation(3, 7, 10.5 / 8, 0), search.History[2]);
    }

    /// <summary>What is of equal worth gives no direction.</summary>
    [Fact]
    public void Equal_fitness_changes_nothing()
    {
        var search = new EvolutionStrategy(new SmallCar(1), Strategy, 1);
        var hash = search.Network.Hash();
        search.Tell(new double[32]);
        Assert.Equal(hash, search.Network.Hash());
    }

    [Fact]
    public void A_pair_is_changed_by_the_same_numbers()
    {
        var search = new EvolutionStrategy(new SmallCar(1), Strategy, 1);
        SmallCar up = new(2), down = new(3), other = new(4);
        search.Ask(4, up);
        search.Ask(5, down);
        search.Ask(6, other);
        var middle = AgentTest.Flat(search.Network.Parameters);
        Close.AssertEqual("middle", middle, AgentTest.Flat(up.Parameters).Zip(AgentTest.Flat(down.Parameters), (a, b) => (a + b) / 2).ToArray(), 1e-5);
        Assert.NotEqual(up.Hash(), other.Hash());
        var squares = new List<double>();
        for (var pair = 0; pair < 16; pair++)
        {
            search.Ask(2 * pair, up);
            squares.AddRange(AgentTest.Flat(up.Parameters).Zip(middle, (a, b) => (a - b) * (a - b)));
        }
        Assert.InRange(Math.Sqrt(squares.Average()), 0.45, 0.55);
    }

    /// <summary>Elites stay as they are, and every child is of the fittest fifth: without mutation each weight is one of theirs.</summary>
    [Fact]
    public void Children_are_of_the_fittest()
    {
        var options = new GeneticAlgorithmOptions { Population = 20, Elites = 3, Parents = 0.2, MutationRate = 0, InitialDeviation = 0.5f };
        var crowd = new GeneticAlgorithm(new SmallCar(1), options, 3);
        Assert.Equal(20, crowd.Networks.Select(network => network.Hash()).Distinct().Count());
        for (var generation = 0; generation < 5; generation++)
        {
            var fitness = Enumerable.Range(0, 20).Select(i => (double)((i * 7 + generation) % 20)).ToArray();
            var fittest = Enumerable.Range(0, 20).OrderByDescending(i => fitness[i]).Take(4).Select(i => AgentTest.Flat(crowd.Networks[i].Parameters)).ToArray();
            crowd.Tell(fitness);
            Assert.Equal(20, crowd.Networks.Distinct().Count());
            for (var elite = 0; elite < 3; elite++)
                Assert.Equal(fittest[elite], AgentTest.Flat(crowd.Networks[elite].Parameters));
            foreach (var network in crowd.Networks)
            {
                var weights = AgentTest.Flat(network.Parameters);
                for (var i = 0; i < weights.Length; i++)
                    Assert.Contains(weights[i], fittest.Select(parent => parent[i]));
            }
        }
        Assert.Contains(crowd.Networks, network => !crowd.Networks.Take(3).Any(elite => elite.Hash() == network.Hash()));
    }

    [Fact]
    public void The_bits_are_the_same_with_any_number_of_threads_and_resumed()
    {
        var strategies = new[] { 1, 2, 3 }.Select(threads => AgentTest.WithThreads(threads, () =>
        {
            var search = new EvolutionStrategy(new SmallCar(1), Strategy, 1);
            search.Learn(new MountainCarContinuous[threads], 4, episodes: 2);
            return $"{search.Network.Hash():x16} {string.Join('\n', search.History)}";
        })).ToList();
        var crowds = new[] { 1, 2, 3 }.Select(threads => AgentTest.WithThreads(threads, () =>
        {
            var crowd = new GeneticAlgorithm(new SmallDriver(1), Crowd, 1);
            crowd.Learn(new Track[threads], 4);
            return $"{crowd.Networks.Aggregate(0UL, (hash, network) => hash * 31 + network.Hash()):x16} {string.Join('\n', crowd.History)}";
        })).ToList();

        var (stopped, resumed) = (new EvolutionStrategy(new SmallCar(1), Strategy, 1), new EvolutionStrategy(new SmallCar(2), Strategy, 2));
        stopped.Learn(new MountainCarContinuous[1], 2, episodes: 2);
        stopped.Save(_file);
        resumed.Load(_file);
        resumed.Learn(new MountainCarContinuous[1], 4, episodes: 2);
        strategies.Add($"{resumed.Network.Hash():x16} {string.Join('\n', resumed.History)}");

        var (first, second) = (new GeneticAlgorithm(new SmallDriver(1), Crowd, 1), new GeneticAlgorithm(new SmallDriver(2), Crowd, 2));
        first.Learn(new Track[1], 2);
        first.Save(_file);
        second.Load(_file);
        second.Learn(new Track[1], 4);
        crowds.Add($"{second.Networks.Aggregate(0UL, (hash, network) => hash * 31 + network.Hash()):x16} {string.Join('\n', second.History)}");

        Assert.Single(strategies.Distinct());
        Assert.Single(crowds.Distinct());
        Assert.Contains("a genetic algorithm with networks of 340 weights", Assert.Throws<InvalidDataException>(() => new EvolutionStrategy(new SmallDriver(1), Strategy).Load(_file)).Message);
    }

    [Fact]
    public void Nothing_is_allocated_once_warm()
    {
        var (search, asked) = (new EvolutionStrategy(new SmallCar(1), Strategy, 1), new SmallCar(2));
        var crowd = new GeneticAlgorithm(new SmallCar(1), Crowd, 1);
        double[] fitness = [.. Enumerable.Range(0, 32).Select(i => (double)(i * 5 % 32))], ofCrowd = [.. Enumerable.Range(0, 50).Select(i => (double)(i * 7 % 50))];
        NetworkContractTests.AssertAllocatesNothing(() =>
        {
            search.Ask(3, asked);
            search.Tell(fitness);
            crowd.Tell(ofCrowd);
        });
    }

    [Fact]
    public void What_is_wrong_is_said_and_changes_nothing()
    {
        var search = new EvolutionStrategy(new SmallCar(1), Strategy, 1);
        var crowd = new GeneticAlgorithm(new SmallCar(1), Crowd, 1);
        var before = (search.Network.Hash(), crowd.Networks[7].Hash());
        Assert.Contains("expects the fitness of 32 networks, got 0", Assert.Throws<ArgumentException>(() => search.Tell([])).Message);
        Assert.Contains("expects the fitness of 50 networks, got 49", Assert.Throws<ArgumentException>(() => crowd.Tell(new double[49])).Message);
        var fitness = new double[50];
        fitness[3] = double.NaN;
        Assert.Contains("GeneticAlgorithm.Tell: the fitness of network 3 is NaN", Assert.Throws<NotFiniteNumberException>(() => crowd.Tell(fitness)).Message);
        Assert.Contains("the fitness of network 3 is NaN", Assert.Throws<NotFiniteNumberException>(() => search.Tell(fitness.AsSpan(0, 32))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => search.Ask(32, new SmallCar(1)));
        Assert.Throws<ArgumentException>(() => search.Ask(0, new SmallDriver(1)));
        Assert.Contains("no environment", Assert.Throws<ArgumentException>(() => search.Learn(Array.Empty<MountainCarContinuous>(), 1)).Message);
        Assert.Contains("SmallCar has 2 inputs, but an observation of Track has 16", Assert.Throws<ArgumentException>(() => crowd.Learn(new Track[1], 1)).Message);
        foreach (var threads in new[] { 1, 2 })
            AgentTest.WithThreads(threads, () =>
            {
                var told = new GeneticAlgorithm(new CartPolicy(1), Crowd, 1);
                Assert.Contains("Told.Step, 5 steps into the episode: the reward is NaN", Assert.Throws<NotFiniteNumberException>(() => told.Learn<Told>([new() { Fault = "reward", BadStep = 5 }, new()], 1)).Message);
                told.Learn<Told>([new(), new()], 1);
                return 0;
            });
        Assert.Equal(before, (search.Network.Hash(), crowd.Networks[7].Hash()));
        Assert.Throws<ArgumentException>(() => new GeneticAlgorithm(new SmallCar(1), new() { Population = 2, Elites = 3 }));
        foreach (var make in new Action[]
        {
            () => _ = new EvolutionStrategyOptions { Population = 0 }, () => _ = new EvolutionStrategyOptions { Population = 7 }, () => _ = new EvolutionStrategyOptions { Deviation = 0 }, () => _ = new EvolutionStrategyOptions { LearningRate = -1 },
            () => _ = new EvolutionStrategyOptions { WeightDecay = double.NaN }, () => _ = new GeneticAlgorithmOptions { Population = 0 }, () => _ = new GeneticAlgorithmOptions { Elites = -1 }, () => _ = new GeneticAlgorithmOptions { Parents = 0 },
            () => _ = new GeneticAlgorithmOptions { MutationRate = 2 }, () => _ = new GeneticAlgorithmOptions { MutationDeviation = -1 }, () => _ = new GeneticAlgorithmOptions { InitialDeviation = float.NaN },
        })
            Assert.Throws<ArgumentOutOfRangeException>(make);
    }
}
