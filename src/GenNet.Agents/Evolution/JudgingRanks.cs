using System.Runtime.InteropServices;
using System.Text;

namespace GenNet.Agents;

/// <summary>Ranks of which each judges some networks of a generation. They tell one another what these are worth, and how many steps it took.</summary>
sealed class JudgingRanks
{
    readonly IRankExchange _exchange;
    readonly RankRound _round;
    readonly string _name;
    readonly ulong _arguments;
    readonly double[] _fitness;
    readonly long[] _steps;

    /// <param name="exchange">What moves bytes.</param>
    /// <param name="population">Networks of a generation.</param>
    /// <param name="name">Who searches, for messages.</param>
    /// <param name="arguments">A fingerprint of what <c>Learn</c> was given.</param>
    public JudgingRanks(IRankExchange exchange, int population, string name, ulong arguments)
    {
        (_exchange, _round, _name, _arguments) = (exchange, new RankRound(exchange), name, arguments);
        _fitness = GC.AllocateArray<double>(population, pinned: true);
        _steps = GC.AllocateArray<long>(exchange.Ranks, pinned: true);
    }

    /// <summary>The networks that this rank judges: the first, and the first behind them.</summary>
    public (int First, int End) Own => _round.ShareOf(_fitness.Length, _exchange.Rank);

    /// <summary>The ranks find out whether one cannot go on, or does something else: then all throw.</summary>
    /// <param name="failure">Why this rank cannot go on; null where it can.</param>
    /// <param name="place">A fingerprint of where it is.</param>
    public void Agree(Exception? failure, ulong place) => _round.Agree(_name, RoundCall.Learn, failure, place, "its networks, its seed or its generation", arguments: _arguments);

    /// <summary>The ranks compare what they search with, before anything is judged.</summary>
    /// <param name="settings">The hyper-parameters in words.</param>
    /// <param name="generations">Generations so far.</param>
    public void Compare(IReadOnlyList<(string Name, string Text)> settings, ulong generations)
    {
        foreach (var (name, text) in settings)
            _round.Agree(_name, RoundCall.Learn, null, EnvironmentRanks.Hash(Encoding.UTF8.GetBytes(text)), name, arguments: _arguments);
        foreach (var (what, hash) in RankRound.OfProgram())
            _round.Agree(_name, RoundCall.Learn, null, hash, what, arguments: _arguments);
        Agree(null, generations);
    }

    /// <summary>Completes the fitness of all networks; returns the steps of all ranks.</summary>
    /// <param name="fitness">[population] that of this rank's networks; that of the others, written.</param>
    /// <param name="steps">This rank's steps.</param>
    /// <param name="failure">Why it could not judge its networks; null where it could.</param>
    /// <param name="place">A fingerprint of what was judged.</param>
    /// <exception cref="RankFailedException">Another rank could not, or judged others.</exception>
    public long Share(Span<double> fitness, long steps, Exception? failure, ulong place)
    {
        Agree(failure, place);
        _steps[_exchange.Rank] = steps;
        _round.GatherAll(MemoryMarshal.AsBytes(_steps.AsSpan()));
        var (first, end) = Own;
        fitness[first..end].CopyTo(_fitness.AsSpan(first));
        _round.GatherShares(MemoryMarshal.AsBytes(_fitness.AsSpan()), _fitness.Length);
        _fitness.CopyTo(fitness);
        return _steps.Sum();
    }
}
