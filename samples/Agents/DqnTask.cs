using GenNet;
using GenNet.Agents;

namespace Agents;

/// <summary>Learns by deep Q-learning.</summary>
sealed class DqnTask<TEnvironment>(string name, Scene<TEnvironment> scene, Func<ulong, INetwork> network, int environments, long steps, DqnOptions options)
    : LearningTask(name) where TEnvironment : struct, IEnvironment
{
    public override LearningResult Run(ulong seed, int episodes, ConsoleView? view)
    {
        const int Piece = 1_000;
        var worlds = new TEnvironment[environments];
        var agent = new Dqn<TEnvironment>(network(seed), worlds, options, seed);
        var memory = new AllocationMeter();
        while (agent.Steps < steps)
        {
            memory.Measure(Piece, warm: agent.Updates > 1_000, () => agent.Learn(agent.Steps + Piece));
            view?.Show(agent.Steps, agent.History[^1].MeanReturn, () => scene.Draw(worlds[0]));
        }
        return new LearningResult(Name, $"DQN, {agent.Updates:N0} updates", seed, agent.Steps, Start.Seconds, memory.PerStep, agent.Network.Hash(),
            agent.Evaluate(default, episodes, seed: 1000 + seed), [.. agent.History.Select(report => (report.Steps, report.MeanReturn))],
            Replay.Record(agent.Network.Forward, null, scene, seed), scene.Seconds);
    }
}
