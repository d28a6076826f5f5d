using GenNet;
using GenNet.Agents;

namespace Agents;

/// <summary>Learns by proximal policy optimisation, with networks that remember or that do not.</summary>
sealed class PpoTask<TEnvironment>(string name, Scene<TEnvironment> scene, Func<ulong, INetwork> policy, Func<ulong, INetwork> value, int environments, long steps, PpoOptions options,
    int episodes = 100, Func<INetwork, Act>? remembering = null) : LearningTask(name, episodes) where TEnvironment : struct, IEnvironment
{
    public override LearningResult Run(ulong seed, int episodes, ConsoleView? view)
    {
        var worlds = new TEnvironment[environments];
        var agent = new Ppo<TEnvironment>(policy(2 * seed), value(2 * seed + 1), worlds, options, seed);
        var update = (long)environments * options.NSteps;
        var memory = new AllocationMeter();
        while (agent.Steps < steps)
        {
            memory.Measure(update, warm: agent.History.Count > 0, () => agent.Learn(agent.Steps + update));
            view?.Show(agent.Steps, agent.History[^1].MeanReturn, () => scene.Draw(worlds[0]));
        }
        return new LearningResult(Name, $"PPO, {environments} environments × {options.NSteps} steps", seed, agent.Steps, Start.Seconds, memory.PerStep, agent.Policy.Hash(),
            agent.Evaluate(default, episodes, seed: 1000 + seed), [.. agent.History.Select(iteration => (iteration.Steps, iteration.MeanReturn))],
            Replay.Record(remembering is null ? agent.Policy.Forward : remembering(agent.Policy), agent.Standardizer, scene, seed), scene.Seconds);
    }
}
