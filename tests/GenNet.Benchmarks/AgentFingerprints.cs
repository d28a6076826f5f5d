using GenNet.Agents;
using GenNet.Agents.Environments;

namespace GenNet.Benchmarks;

/// <summary>What the bits of short runs come to: of every algorithm, stopped in the middle and resumed.</summary>
static class AgentFingerprints
{
    public static IEnumerable<(string Name, ulong Fingerprint)> Compute()
    {
        var file = Path.Combine(Path.GetTempPath(), $"agent-{Guid.NewGuid():N}.safetensors");
        try
        {
            yield return ("Ppo", Learn(() => new Ppo<CartPole>(new AgentNetworks.CartPolicy(1), new AgentNetworks.CartValue(2), new CartPole[8], new() { NSteps = 32, BatchSize = 250, NEpochs = 4, LearningRate = 1e-3 }, 1), 6, file));
            yield return ("PpoShared", Learn(() => new Ppo<Acrobot>(new AgentNetworks.AcrobotNet(3), new Acrobot[5], new() { NSteps = 40, ClipRangeVf = 0.2, EntCoef = 0.01, TargetKl = 0.02, LearningRate = 3e-3 }, 2), 6, file));
            yield return ("PpoNormalized", Learn(() => new Ppo<Pendulum>(new AgentNetworks.PendulumNet(4), new AgentNetworks.PendulumNet(5), new Pendulum[4],
                new() { NSteps = 64, Gamma = 0.9, NEpochs = 3, NormalizeObservations = true, NormalizeRewards = true, Schedule = new CosineSchedule(40) }, 3), 6, file));
            yield return ("PpoRecurrent", Learn(() => new Ppo<Pendulum>(new AgentNetworks.PendulumMemory(10), new AgentNetworks.PendulumMemory(11), new Pendulum[4],
                new() { NSteps = 64, BatchSize = 96, Gamma = 0.9, NEpochs = 2, NormalizeObservations = true }, 7), 4, file));
            yield return ("Dqn", Learn(prioritized: false, file));
            yield return ("DqnPrioritized", Learn(prioritized: true, file));
            yield return ("EvolutionStrategy", Search(file));
            yield return ("GeneticAlgorithm", Breed(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    static ulong Learn<TEnvironment>(Func<Ppo<TEnvironment>> create, int updates, string file) where TEnvironment : IEnvironment
    {
        var first = create();
        first.Learn(1);
        for (var piece = 0; piece < 50; piece++)
            first.Advance();
        first.Save(file);
        var agent = create();
        agent.Load(file);
        while (agent.History.Count < updates)
            agent.Learn(agent.Steps + 1);
        var fingerprint = agent.Policy.Hash();
        foreach (var number in agent.LogStd)
            fingerprint = fingerprint * 31 + BitConverter.SingleToUInt32Bits(number);
        foreach (var iteration in agent.History)
            foreach (var number in (double[])[iteration.MeanReturn, iteration.PolicyLoss, iteration.ValueLoss, iteration.Entropy, iteration.ApproxKl, iteration.ExplainedVariance])
                fingerprint = fingerprint * 31 + (double.IsNaN(number) ? 1UL : BitConverter.DoubleToUInt64Bits(number));
        return fingerprint;
    }

    static ulong Learn(bool prioritized, string file)
    {
        Dqn<CartPole> Create() => new(new AgentNetworks.CartPolicy(6), new CartPole[3], new() { BufferSize = 700, LearningRate = 1e-3, TargetUpdateInterval = 50, ExplorationSteps = 800, NStep = 3, Prioritized = prioritized, Tau = 0.5 }, 4);
        var first = Create();
        first.Learn(1_000);
        first.Save(file);
        var agent = Create();
        agent.Load(file);
        agent.Learn(3_000);
        return agent.Network.Hash() * 31 + BitConverter.DoubleToUInt64Bits(agent.History[^1].Loss);
    }

    static ulong Search(string file)
    {
        var options = new EvolutionStrategyOptions { Population = 20, Deviation = 0.5f, LearningRate = 0.1, Standardizer = new Standardizer([-0.3, 0], [0.5, 0.03]) };
        var first = new EvolutionStrategy(new AgentNetworks.Climber(7), options, 5);
        first.Learn(new MountainCarContinuous[Parallelism.Threads], 2);
        first.Save(file);
        var search = new EvolutionStrategy(new AgentNetworks.Climber(8), options);
        search.Load(file);
        search.Learn(new MountainCarContinuous[Parallelism.Threads], 5);
        return search.Network.Hash() * 31 + BitConverter.DoubleToUInt64Bits(search.History[^1].Mean);
    }

    static ulong Breed(string file)
    {
        var options = new GeneticAlgorithmOptions { Population = 40, Elites = 3 };
        var first = new GeneticAlgorithm(new AgentNetworks.Driver(9), options, 6);
        first.Learn(new Track[Parallelism.Threads], 2);
        first.Save(file);
        var crowd = new GeneticAlgorithm(new AgentNetworks.Driver(9), options);
        crowd.Load(file);
        crowd.Learn(new Track[Parallelism.Threads], 5);
        var fingerprint = BitConverter.DoubleToUInt64Bits(crowd.History[^1].Mean);
        foreach (var network in crowd.Networks)
            fingerprint = fingerprint * 31 + network.Hash();
        return fingerprint;
    }
}
