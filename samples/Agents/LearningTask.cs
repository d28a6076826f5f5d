using GenNet;
using GenNet.Agents;
using GenNet.Agents.Environments;

namespace Agents;

/// <summary>Something to learn, with settings that are known to work.</summary>
abstract class LearningTask(string name, int episodes = 100)
{
    public static IReadOnlyList<LearningTask> All { get; } =
    [
        new PpoTask<CartPole>("cartpole", new CartPoleScene(), seed => Undecided.Policy(new CartPolePolicy(seed)), seed => new CartPoleValue(seed), environments: 8, steps: 60_000,
            new PpoOptions { NSteps = 32, BatchSize = 256, NEpochs = 10, LearningRate = 1e-3, Gamma = 0.98, GaeLambda = 0.8 }),
        new PpoTask<Pendulum>("pendulum", new PendulumScene(), seed => Undecided.Policy(new PendulumPolicy(seed)), seed => new PendulumValue(seed), environments: 4, steps: 300_000,
            new PpoOptions { NSteps = 1024, BatchSize = 256, NEpochs = 2, LearningRate = 1e-3, Gamma = 0.9, LogStdInit = Math.Log(2), NormalizeObservations = true }, episodes: 1_000),
        new PpoTask<Acrobot>("acrobot", new AcrobotScene(), seed => Undecided.Policy(new AcrobotPolicy(seed)), seed => new AcrobotValue(seed), environments: 16, steps: 150_000,
            new PpoOptions { NSteps = 128, BatchSize = 256, NEpochs = 4, LearningRate = 1e-3, GaeLambda = 0.94, NormalizeObservations = true }),
        new PpoTask<CartPoleOfPositions>("cartpole-memory", new CartPoleOfPositionsScene(), seed => Undecided.Policy(new CartPoleMemory(seed)), seed => new CartPoleMemoryValue(seed), environments: 16, steps: 400_000,
            new PpoOptions { NSteps = 64, BatchSize = 256, NEpochs = 8, LearningRate = 3e-3, Schedule = new CosineSchedule(400_000 / 256 * 8), Gamma = 0.98, GaeLambda = 0.8 }, remembering: network =>
            {
                var policy = (CartPoleMemory)network;
                var state = policy.CreateState();
                return (observation, outputs) => policy.Forward(observation, state, outputs);
            }),
        new DqnTask<CartPole>("cartpole-dqn", new CartPoleScene(), seed => new CartPoleActions(seed), environments: 4, steps: 100_000,
            new DqnOptions { LearningRate = 1e-3, BufferSize = 50_000, BatchSize = 64, LearningStarts = 1_000, TrainFreq = 1, TargetUpdateInterval = 250, ExplorationSteps = 10_000, ExplorationFinalEps = 0.04, NStep = 3 }),
        new EvolutionTask<MountainCarContinuous>("mountain-car", new MountainCarScene(), seed => new MountainCarPolicy(seed), generations: 100, targetFitness: 90,
            new EvolutionStrategyOptions { Population = 64, Deviation = 0.5f, LearningRate = 0.1, Standardizer = new Standardizer([-0.3, 0], [0.5, 0.03]) }),
        new CrowdTask<Track>("track", new TrackScene(), seed => new Driver(seed), generations: 30, new GeneticAlgorithmOptions { Population = 1_000 }),
    ];

    public string Name => name;

    /// <summary>Episodes to judge by where nobody says how many.</summary>
    public int Episodes => episodes;

    /// <summary>Learns it, and lets what was learnt act.</summary>
    /// <param name="seed">What all that is random follows from.</param>
    /// <param name="episodes">Episodes to judge by.</param>
    /// <param name="view">Is shown what happens; null where nobody looks.</param>
    public abstract LearningResult Run(ulong seed, int episodes, ConsoleView? view);
}
