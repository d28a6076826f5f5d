using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using GenNet.Agents;
using GenNet.Agents.Environments;

namespace GenNet.Benchmarks;

/// <summary>
/// Measures what agents are made of: roll-outs of CartPole and a generation of drivers. With <c>--fingerprint</c> it prints what the bits of short runs come to instead, for comparison with other vector widths,
/// numbers of threads and machines.
/// </summary>
static class AgentsCommand
{
    const int Drivers = 1000;

    public static Command Create()
    {
        var threads = new Option<int>("--threads") { Description = "Threads that share the work.", DefaultValueFactory = _ => 1 };
        var fingerprint = new Option<bool>("--fingerprint") { Description = "Print the fingerprints of short runs instead." };
        var command = new Command("agents", "Times roll-outs of CartPole by a policy and a value of 4→64→64, and a generation of 1,000 drivers 16→64→64→4.") { threads, fingerprint };
        command.SetAction(options =>
        {
            Parallelism.Threads = options.GetValue(threads);
            if (options.GetValue(fingerprint))
            {
                foreach (var (name, value) in AgentFingerprints.Compute())
                    Console.WriteLine($"{name} {value:x16}");
                FingerprintCommand.PrintWidth();
                return;
            }
            RollOut();
            Generation();
        });
        return command;
    }

    static void RollOut()
    {
        // Of each roll-out one sample is learnt from: the second has another policy than the one that acted, and ends the update.
        var ppo = new Ppo<CartPole>(new AgentNetworks.CartPolicy(1), new AgentNetworks.CartValue(2), new CartPole[64], new() { NSteps = 128, BatchSize = 1, LearningRate = 0, TargetKl = 1e-300, MaxGradNorm = 1 }, 1);
        const int Steps = 64 * 128;
        Measure($"steps of CartPole, 64 environments, policy and value 4→64→64", Steps, () => ppo.Learn(ppo.Steps + Steps));
    }

    static void Generation()
    {
        var crowd = new GeneticAlgorithm(new AgentNetworks.Driver(1), new() { Population = Drivers }, 1);
        var tracks = new Track[Parallelism.Threads];
        Measure($"generations of {Drivers} drivers 16→64→64→4, breeding included", 1, () => crowd.Learn(tracks, crowd.History.Count + 1));
        var steps = crowd.Steps;
        var start = Stopwatch.GetTimestamp();
        crowd.Learn(tracks, crowd.History.Count + 10);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"of that generation's kind: {(crowd.Steps - steps) / 10:N0} steps each, {Stopwatch.GetElapsedTime(start).TotalNanoseconds / (crowd.Steps - steps):F0} ns a step"));
    }

    static void Measure(string what, int count, Action work)
    {
        for (var round = 0; round < 30; round++)
            work();
        Thread.Sleep(200);
        var times = new double[50];
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < times.Length; round++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            times[round] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count / times[times.Length / 2]:N1} {what}, a second ({1000 * times[0]:F2} ms at least, {1000 * times[times.Length / 2]:F2} ms median of {count}); {(double)allocated / times.Length / count:0.##} bytes each"));
    }
}
