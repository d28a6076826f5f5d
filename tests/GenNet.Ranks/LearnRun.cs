using System.Diagnostics;
using GenNet.Agents;

namespace GenNet.Ranks;

/// <summary>An agent that learns to balance a pole, from minibatches of seven parts or from a memory of steps.</summary>
/// <param name="Steps">Environment steps, counted from the first.</param>
/// <param name="IsDqn">Whether by deep Q-learning.</param>
/// <param name="File">The checkpoint that it goes on from, where there is one, and that it writes; null for none.</param>
sealed record LearnRun(long Steps, bool IsDqn, string? File)
{
    /// <summary>Learns; returns the network.</summary>
    public PoleNetwork Run(Mpi.MpiWorld world)
    {
        var network = new PoleNetwork(seed: 1);
        if (IsDqn)
        {
            var agent = new Dqn<SlowPole>(network, new SlowPole[8], new() { BufferSize = 5_000, BatchSize = 256, LearningStarts = 500, LearningRate = 1e-3 }, seed: 3) { Exchange = world.Gradients() };
            Learn(agent, agent.Load, agent.Save, report => $"{report.Steps} {report.MeanReturn:R}");
        }
        else
        {
            var agent = new Ppo<SlowPole>(network, new PoleValue(seed: 2), new SlowPole[8], new() { NSteps = 160, BatchSize = 896, NEpochs = 4, LearningRate = 1e-3 }, seed: 3) { Exchange = world.Gradients() };
            Learn(agent, agent.Load, agent.Save, report => $"{report.Steps} {report.MeanReturn:R}");
        }
        return network;
    }

    void Learn<TReport>(Agent<TReport> agent, Action<string> load, Action<string> save, Func<TReport, FormattableString> text) where TReport : struct
    {
        if (System.IO.File.Exists(File))
            load(File);
        var start = Stopwatch.GetTimestamp();
        agent.Learn(Steps, progress: new Lines<TReport>(text));
        if (agent.Exchange!.Rank == 0)
            Console.WriteLine(FormattableString.Invariant($"{agent.Exchange.Ranks} ranks, {agent.Steps} steps: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s"));
        if (File is not null)
            save(File);
    }

    /// <summary>Writes each report as it comes.</summary>
    sealed class Lines<TReport>(Func<TReport, FormattableString> text) : IProgress<TReport>
    {
        public void Report(TReport value) => Console.WriteLine($"report: {FormattableString.Invariant(text(value))}");
    }
}
