using GenNet;
using GenNet.Agents;

namespace Agents;

/// <summary>Learns by proximal policy optimisation.</summary>
sealed class PpoTask<TEnvironment>(string name, Scene<TEnvironment> scene, Func<ulong, INetwork> policy, Func<ulong, INetwork> value, int environments, long steps, PpoOptions options)
    : LearningTask(name) where TEnvironment : struct, IEnvironment
{
    public override LearningResult Run(ulong seed, int episodes, ConsoleView? view)
    {
        var worlds = new TEnvironment[environments];
        var agent = new Ppo<TEnvironment>(policy(2 * seed), value(2 * seed + 1), worlds, options, seed);
        var update = (long)environments * options.NSteps;
        var (allocated, counted) = (0L, 0L);
        while (agent.Steps < steps)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            agent.Learn(agent.Steps + update);
            if (agent.History.Count > 1)
                (allocated, counted) = (allocated + GC.GetAllocatedBytesForCurrentThread() - before, counted + update);
            view?.Show(agent.Steps, agent.History[^1].MeanReturn, () => scene.Draw(worlds[0]));
        }
        var seconds = Start.Seconds;
        return new LearningResult(Name, $"PPO, {environments} environments × {options.NSteps} steps", seed, agent.Steps, seconds, (double)allocated / counted, agent.Policy.Hash(),
            agent.Evaluate(default, episodes, seed: 1000 + seed), [.. agent.History.Select(iteration => (iteration.Steps, iteration.MeanReturn))],
            Replay.Record(agent.Policy, agent.Standardizer, scene, seed), scene.Seconds);
    }
}
