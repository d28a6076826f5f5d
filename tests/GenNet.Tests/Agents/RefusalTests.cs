using GenNet.Agents;
using GenNet.Tests.Training;

namespace GenNet.Tests.Agents;

/// <summary>After something was refused in a roll-out, all that is learnt from then on is the same, whatever threads and pieces it was met with.</summary>
[Collection(nameof(ParallelismTests))]
public sealed class RefusalTests : IDisposable
{
    const int Worlds = 5, Steps = 24;

    readonly string _file = Path.Combine(Path.GetTempPath(), $"agent-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_file);

    /// <summary>What drives an agent: in one go, piece by piece, or by pieces at first.</summary>
    static readonly Action<Ppo<Fragile>, long>[] Drivers =
    [
        (agent, steps) => agent.Learn(steps),
        (agent, steps) => Pieces(agent, long.MaxValue, steps),
        (agent, steps) =>
        {
            Pieces(agent, 7, steps);
            agent.Learn(steps);
        },
    ];

    static void Pieces(Ppo<Fragile> agent, long most, long steps)
    {
        for (var updates = steps / (Worlds * Steps); agent.History.Count < updates && most > 0; most--)
            agent.Advance();
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("observation")]
    [InlineData("reward")]
    [InlineData("huge")]
    [InlineData("policy")]
    [InlineData("value")]
    public void What_follows_is_the_same_with_any_threads_and_pieces(string fault)
    {
        var runs = new List<string>();
        foreach (var threads in new[] { 1, 2, 3 })
            foreach (var drive in Drivers)
                foreach (var resumed in new[] { false, true })
                    runs.Add(AgentTest.WithThreads(threads, () => Run(fault, drive, resumed)));
        Assert.Equal(18, runs.Count);
        Assert.Single(runs.Distinct());
    }

    /// <summary>The value's network of the agent that was created last.</summary>
    CartValue? _value;

    Ppo<Fragile> Create(Fragile[] worlds) => new(new CartPolicy(1), _value = new CartValue(2), worlds,
        new() { NSteps = Steps, BatchSize = 50, NEpochs = 2, LearningRate = 1e-3, NormalizeObservations = true }, 3);

    string Run(string fault, Action<Ppo<Fragile>, long> drive, bool resumed)
    {
        Fragile[] worlds = [.. Enumerable.Range(0, Worlds).Select(_ => new Fragile { Fault = fault })];
        var agent = Create(worlds);
        drive(agent, 2 * Worlds * Steps);
        var told = new List<string>();

        // Two break: whichever thread comes first, the one that breaks in the earlier step is named. Then the next attempt breaks too.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            (worlds[1].BreaksAt, worlds[4].BreaksAt) = (12, 9 - attempt);
            var broken = fault == "value" ? _value! : agent.Policy;
            var kept = broken.Parameters.Tensors[^1][0];
            if (fault is "policy" or "value")
                broken.Parameters.Tensors[^1][0] = float.NaN;
            told.Add(Assert.ThrowsAny<Exception>(() => drive(agent, 3 * Worlds * Steps)).Message);
            Assert.Equal(2 * Worlds * Steps, agent.Steps);
            broken.Parameters.Tensors[^1][0] = kept;
        }
        foreach (var world in worlds)
            world.BreaksAt = 0;
        if (resumed)
        {
            agent.Save(_file);
            agent = Create([.. Enumerable.Range(0, Worlds).Select(_ => new Fragile())]);
            agent.Load(_file);
        }
        drive(agent, 4 * Worlds * Steps);
        return $"{string.Join('\n', told)} {agent.Policy.Hash():x16} {agent.Steps} {string.Join('\n', agent.History)}";
    }
}
