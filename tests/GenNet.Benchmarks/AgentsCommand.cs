using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using GenNet.Agents;
using GenNet.Agents.Environments;

namespace GenNet.Benchmarks;

/// <summary>
/// Measures what agents are made of: roll-outs of CartPole, the pieces of an update, and a generation of drivers. With <c>--fingerprint</c> it prints what the bits of short runs come to instead, for comparison with other vector widths,
/// numbers of threads and machines.
/// </summary>
static class AgentsCommand
{
    const int Drivers = 1000;

    public static Command Create()
    {
        var threads = new Option<int>("--threads") { Description = "Threads that share the work: roll-outs are timed on one, and on so many in turn.", DefaultValueFactory = _ => 1 };
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
            RollOut(options.GetValue(threads));
            Pieces();
            Generation();
        });
        return command;
    }

    /// <summary>On one thread and on several in turn, so that their ratio is of the same minutes of the machine.</summary>
    static void RollOut(int threads)
    {
        RolloutRace[] races = [.. new[] { 1, threads }.Distinct().Select(count => new RolloutRace(count))];
        for (var run = 0; run < 300; run++)
            foreach (var race in races)
                race.Run();
        foreach (var race in races)
            race.Print(races[0]);
        Parallelism.Threads = threads;
    }

    /// <summary>The pieces of updates with PPO's own settings, of which a frame has room for some.</summary>
    static void Pieces()
    {
        const int Environments = 8, Cold = 1, Updates = 4;
        var ppo = new Ppo<CartPole>(new AgentNetworks.CartPolicy(1), new AgentNetworks.CartValue(2), new CartPole[Environments], seed: 1);
        var times = new List<double>(capacity: 100_000);
        while (ppo.History.Count < Cold + Updates)
        {
            var start = Stopwatch.GetTimestamp();
            ppo.Advance();
            if (ppo.History.Count >= Cold)
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{times.Count / Updates:N0} pieces of an update of {Environments} × {ppo.Options.NSteps} steps: {times[times.Count / 2]:F3} ms by the median, {times[times.Count * 999 / 1000]:F3} ms but for one of a thousand, {times[^1]:F2} ms at most"));
    }

    static void Generation()
    {
        const int Generations = 80;
        var crowd = new GeneticAlgorithm(new AgentNetworks.Driver(1), new() { Population = Drivers }, 1);
        var rounds = new Rounds<Generation>();
        crowd.Learn(new Track[Parallelism.Threads], Generations, progress: rounds);
        rounds.Print($"generation of {Drivers} drivers 16→64→64→4, breeding included", 1);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(crowd.Steps - crowd.History[Generations / 2].Steps) / (Generations / 2 - 1):N0} steps of theirs in a generation"));
    }

    /// <summary>Times what is reported, once the JIT is done.</summary>
    sealed class Rounds<T> : IProgress<T>
    {
        const int Cold = 30;

        readonly List<double> _times = new(capacity: 1000);
        long _last = Stopwatch.GetTimestamp(), _before, _allocated;
        int _rounds;

        public void Report(T value)
        {
            var now = Stopwatch.GetTimestamp();
            if (++_rounds == Cold)
                _before = GC.GetAllocatedBytesForCurrentThread();
            else if (_rounds > Cold)
            {
                _allocated = GC.GetAllocatedBytesForCurrentThread() - _before;
                _times.Add(Stopwatch.GetElapsedTime(_last, now).TotalSeconds);
            }
            _last = now;
        }

        public void Print(string what, int count)
        {
            var bytes = (double)_allocated / _times.Count / count;
            _times.Sort();
            var (least, median) = (_times[0], _times[_times.Count / 2]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {count / median:N1} a second (least {1e3 * least:F2} ms, median {1e3 * median:F2} ms of {count}), {bytes:0.##} bytes each"));
        }
    }
}
