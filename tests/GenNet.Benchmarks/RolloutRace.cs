using System.Diagnostics;
using System.Globalization;
using GenNet.Agents;
using GenNet.Agents.Environments;

namespace GenNet.Benchmarks;

/// <summary>Roll-outs of CartPole on a number of threads: by themselves, and with all of a round.</summary>
sealed class RolloutRace
{
    const int Environments = 64, Steps = 512, Cold = 30;

    readonly int _threads;
    readonly Rollout<CartPole> _rollout;
    readonly Ppo<CartPole> _ppo;
    readonly INetwork _policy = new AgentNetworks.CartPolicy(1), _value = new AgentNetworks.CartValue(2);
    readonly List<double> _rollouts = new(capacity: 1000), _rounds = new(capacity: 1000);
    long _allocated;
    int _runs;

    public RolloutRace(int threads)
    {
        _threads = threads;
        Parallelism.Threads = threads;

        // Of each roll-out a sample or two are learnt from: then the policy is another than the one that acted, and the update ends.
        var options = new PpoOptions { NSteps = Steps, BatchSize = 1, NEpochs = 1, LearningRate = 0.1, TargetKl = 1e-300 };
        _ppo = new Ppo<CartPole>(_policy, _value, new CartPole[Environments], options, 1);
        var networks = new ActorCritic(new AgentNetworks.CartPolicy(1), new AgentNetworks.CartValue(2), typeof(CartPole), CartPole.ObservationSize, CartPole.ActionSpace);
        _rollout = new Rollout<CartPole>(networks, new CategoricalHead(2), new CartPole[Environments], new PpoOptions { NSteps = Steps, BatchSize = Environments * Steps }, 1, new RecentReturns());
    }

    /// <summary>Times a roll-out, and a round with advantages, statistics and the least of updates.</summary>
    public void Run()
    {
        Parallelism.Threads = _threads;
        var start = Stopwatch.GetTimestamp();
        _rollout.Collect(Steps);

        // The first pass of what follows: the values of all states.
        var done = _rollout.Finish(int.MaxValue);
        Keep(_rollouts, start);
        while (!done)
            done = _rollout.Finish(int.MaxValue);
        _rollout.Begin();

        // Updates by single samples would in the end make of the policy one that is certain, and updates of it long.
        _policy.Parameters.CopyFrom(new AgentNetworks.CartPolicy(1).Parameters);
        _value.Parameters.CopyFrom(new AgentNetworks.CartValue(2).Parameters);
        var before = GC.GetAllocatedBytesForCurrentThread();
        start = Stopwatch.GetTimestamp();
        _ppo.Learn(_ppo.Steps + Environments * Steps);
        Keep(_rounds, start);
        if (++_runs > Cold)
            _allocated += GC.GetAllocatedBytesForCurrentThread() - before;
    }

    void Keep(List<double> times, long start)
    {
        if (_runs >= Cold)
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>Prints what it came to, beside another.</summary>
    public void Print(RolloutRace other)
    {
        foreach (var (what, times, others) in new[] { ("environments, policy and value, sampling", _rollouts, other._rollouts), ("with advantages, statistics and a sample's update", _rounds, other._rounds) })
        {
            var ((least, median), (leastOfOther, medianOfOther)) = (Of(times), Of(others));
            var ratio = other == this ? "" : string.Create(CultureInfo.InvariantCulture, $", {leastOfOther / least:F2}× by the least, {medianOfOther / median:F2}× by the median, of one thread");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"CartPole in {Environments} environments, 4→64→64, {_threads} thread{(_threads == 1 ? "" : "s")}, {what}: {Environments * Steps / median / 1e6:F2} million steps a second (least {1e3 * least:F2} ms, median {1e3 * median:F2} ms of {Environments * Steps}){ratio}"));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(double)_allocated / (_runs - Cold) / (Environments * Steps):0.##} bytes allocated a step"));
    }

    static (double Least, double Median) Of(List<double> times)
    {
        var sorted = times.Order().ToArray();
        return (sorted[0], sorted[sorted.Length / 2]);
    }
}
