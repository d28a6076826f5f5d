using GenNet;
using GenNet.Agents;

namespace Agents;

/// <summary>Learns by a genetic algorithm.</summary>
sealed class CrowdTask<TEnvironment>(string name, Scene<TEnvironment> scene, Func<ulong, INetwork> network, int generations, GeneticAlgorithmOptions options)
    : LearningTask(name) where TEnvironment : struct, IEnvironment
{
    public override LearningResult Run(ulong seed, int episodes, ConsoleView? view)
    {
        var worlds = new TEnvironment[Parallelism.Threads];
        var crowd = new GeneticAlgorithm(network(seed), options, seed);
        var memory = new GenerationMeter(crowd.History);
        crowd.Learn(worlds, generations, progress: new Told<Generation>(generation =>
        {
            memory.Stop();
            view?.Show(generation.Steps, generation.Best, () => scene.Draw(worlds[0]));
            memory.Start();
        }));
        return new LearningResult(Name, $"genetic algorithm, {generations} generations of {options.Population:N0}", seed, crowd.Steps, Start.Seconds, memory.PerStep, crowd.Network.Hash(),
            crowd.Evaluate(default(TEnvironment), episodes, seed: 1000 + seed), [.. crowd.History.Select(generation => (generation.Steps, generation.Best))],
            Replay.Record(crowd.Network.Forward, null, scene, seed), scene.Seconds);
    }
}
