using System.Runtime.ExceptionServices;

namespace GenNet.Agents;

/// <summary>
/// Lets the networks of a generation act in environments: each for the same episodes, without chance. Threads take whole networks and do not wait for each other, so their number does not show in the results.
/// </summary>
sealed class Judges<TEnvironment> : SharedWork where TEnvironment : IEnvironment
{
    readonly TEnvironment[] _environments;
    readonly Actor<TEnvironment>[] _actors;
    readonly Exception?[] _failures;
    readonly long[] _steps;
    readonly double[] _fitness;
    readonly ulong[] _seeds;
    readonly RandomStream _random;
    CancellationToken _cancellationToken;

    /// <param name="environments">As many as threads may work.</param>
    /// <param name="network">Such a network.</param>
    /// <param name="population">Networks of a generation.</param>
    /// <param name="episodes">Episodes of each.</param>
    /// <param name="random">What the episodes follow from.</param>
    /// <param name="standardizer">How observations are normalised; null where they are not.</param>
    public Judges(TEnvironment[] environments, INetwork network, int population, int episodes, RandomStream random, Standardizer? standardizer)
    {
        EnvironmentList.Check(environments);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(episodes);
        ActorCritic.Check(network, typeof(TEnvironment), TEnvironment.ObservationSize, TEnvironment.ActionSpace.Count, isTrained: false);
        (_environments, _random) = (environments, random);
        Threads = Math.Min(environments.Length, Math.Min(Parallelism.Threads, population));
        (_fitness, _seeds, _steps, _failures) = (new double[population], new ulong[episodes], new long[Threads], new Exception?[Threads]);
        _actors = new Actor<TEnvironment>[Threads];
        for (var thread = 0; thread < Threads; thread++)
            _actors[thread] = new Actor<TEnvironment>(network, TEnvironment.ActionSpace.Count, firstOutput: 0, standardizer);
    }

    /// <summary>Threads that work.</summary>
    public int Threads { get; }

    /// <summary>Gives a thread a network of the generation by its number.</summary>
    public Func<int, int, INetwork>? Candidate { get; set; }

    /// <summary>The ranks that judge together; null where there is one.</summary>
    public JudgingRanks? Ranks { get; set; }

    /// <summary>Environment steps of the last generation.</summary>
    public long Steps { get; private set; }

    /// <summary>The mean return of each network of a generation.</summary>
    /// <param name="generation">Its number, from 0.</param>
    /// <param name="refusals">How often that was tried in vain: each attempt has episodes of its own.</param>
    /// <param name="network">What the search has come to.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    public ReadOnlySpan<double> Judge(int generation, int refusals, INetwork network, CancellationToken cancellationToken)
    {
        if (Ranks is null)
        {
            JudgeOwn(generation, refusals, cancellationToken);
            return _fitness;
        }
        Exception? failure = null;
        try
        {
            JudgeOwn(generation, refusals, cancellationToken);
        }
        catch (Exception e)
        {
            failure = e;
        }
        Steps = Ranks.Share(_fitness, Steps, failure, _seeds[0] ^ network.Hash() ^ (ulong)_seeds.Length);
        return _fitness;
    }

    void JudgeOwn(int generation, int refusals, CancellationToken cancellationToken)
    {
        var seeds = _random.SplitFor(RandomPurpose.Shuffling).Split((ulong)generation);
        if (refusals > 0)
            seeds = seeds.Split(ulong.MaxValue - (ulong)refusals);
        for (var episode = 0; episode < _seeds.Length; episode++)
            _seeds[episode] = seeds.Split((ulong)episode).Key;
        _cancellationToken = cancellationToken;
        Array.Clear(_steps);
        Parallelism.Run(this, Threads);
        foreach (var failure in _failures)
            if (failure is not null)
            {
                Array.Clear(_failures);
                ExceptionDispatchInfo.Throw(failure);
            }
        Steps = 0;
        foreach (var steps in _steps)
            Steps += steps;
    }

    /// <summary>Environments take as long as they take.</summary>
    public override bool HasEvenParts => false;

    public override void Execute(int part, int parts)
    {
        try
        {
            var (firstOfRank, endOfRank) = Ranks?.Own ?? (0, _fitness.Length);
            int count = endOfRank - firstOfRank, first = firstOfRank + count * part / parts, end = firstOfRank + count * (part + 1) / parts;
            for (var index = first; index < end; index++)
            {
                var (network, sum) = (Candidate!(part, index), 0.0);
                foreach (var seed in _seeds)
                {
                    sum += _actors[part].Run(network, ref _environments[part], seed, _cancellationToken, out var steps);
                    _steps[part] += steps;
                }
                _fitness[index] = sum / _seeds.Length;
            }
        }
        catch (Exception e)
        {
            // On a thread of the team nobody would catch it.
            _failures[part] = e;
        }
    }
}
