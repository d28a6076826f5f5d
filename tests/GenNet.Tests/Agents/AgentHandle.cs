using GenNet.Agents;

namespace GenNet.Tests.Agents;

/// <summary>What all that learns can do, for tests of all.</summary>
/// <param name="Network">What is learnt.</param>
/// <param name="Learn">Learns up to so many steps.</param>
/// <param name="Save">Writes a checkpoint.</param>
/// <param name="Load">Reads one.</param>
/// <param name="Epsilon">Of the network's Adam.</param>
/// <param name="IsSearch">Whether it has no trainer.</param>
sealed record AgentHandle(INetwork Network, Action<long> Learn, Action<string> Save, Action<string> Load, double Epsilon = 1e-8, bool IsSearch = false)
{
    public static AgentHandle Of<TEnvironment>(Ppo<TEnvironment> agent) where TEnvironment : IEnvironment => new(agent.Policy, steps => Pieces(agent, steps), agent.Save, agent.Load, Epsilon: 1e-5);

    public static AgentHandle Of<TEnvironment>(Dqn<TEnvironment> agent) where TEnvironment : IEnvironment => new(agent.Network, steps => Pieces(agent, steps), agent.Save, agent.Load);

    /// <summary>A generation for a hundred steps.</summary>
    public static AgentHandle Of<TEnvironment>(PopulationSearch search, TEnvironment[] environments) where TEnvironment : IEnvironment =>
        new(search.Network, steps => search.Learn(environments, (int)steps / 100), search.Save, search.Load, IsSearch: true);

    /// <summary>So that it ends in the middle of something, be it of an update without end.</summary>
    static void Pieces<TReport>(Agent<TReport> agent, long steps) where TReport : struct
    {
        for (var piece = 0; agent.Steps < steps && piece < 20_000; piece++)
            agent.Advance();
    }
}
