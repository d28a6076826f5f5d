using GenNet;
using GenNet.Agents;

namespace Agents;

/// <summary>Learns by an evolution strategy.</summary>
sealed class EvolutionTask<TEnvironment>(string name, Scene<TEnvironment> scene, Func<ulong, INetwork> network, int generations, double targetFitness, EvolutionStrategyOptions options)
    : LearningTask(name) where TEnvironment : struct, IEnvironment
{
    public override LearningResult Run(ulong seed, int episodes, ConsoleView? view)
    {
        var worlds = new TEnvironment[Parallelism.Threads];
        var search = new EvolutionStrategy(network(seed), options, seed);
        var memory = new GenerationMeter(search.History);
        search.Learn(worlds, generations, episodes: 2, targetFitness, new Told<Generation>(generation =>
        {
            memory.Stop();
            view?.Show(generation.Steps, generation.Mean, () => scene.Draw(worlds[0]));
            memory.Start();
        }));
        return new LearningResult(Name, $"evolution strategy, {search.History.Count} generations of {options.Population}", seed, search.Steps, Start.Seconds, memory.PerStep, search.Network.Hash(),
            search.Evaluate(default(TEnvironment), episodes, seed: 1000 + seed), [.. search.History.Select(generation => (generation.Steps, generation.Mean))],
            Replay.Record(search.Network.Forward, options.Standardizer, scene, seed), scene.Seconds);
    }
}
