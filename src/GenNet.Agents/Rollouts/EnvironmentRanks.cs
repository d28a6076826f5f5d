using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace GenNet.Agents;

/// <summary>Ranks that learn together. Each steps environments of its own and tells the others what came of it; what follows from that all compute alike.</summary>
sealed class EnvironmentRanks
{
    /// <summary>Bytes that all ranks' records together have at most, unless a single one of each is longer.</summary>
    public const int MostBytes = 1 << 22;

    readonly IRankExchange _exchange;
    readonly RankRound _round;
    readonly int _environments;
    readonly string _name;
    byte[] _records = [];

    /// <summary>The rank on which it was cancelled; -1 where it was on none.</summary>
    int _cancelled = -1;

    /// <param name="exchange">What moves bytes.</param>
    /// <param name="environments">Environments of all ranks.</param>
    /// <param name="name">Who learns, for messages.</param>
    public EnvironmentRanks(IRankExchange exchange, int environments, string name)
    {
        if (environments < exchange.Ranks)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"{name}: {environments} {(environments == 1 ? "environment is" : "environments are")} fewer than the {exchange.Ranks} ranks that would share them. Give {exchange.Ranks} environments at least, or start fewer ranks."), nameof(exchange));
        (_exchange, _round, _environments, _name) = (exchange, new RankRound(exchange), environments, name);
    }

    /// <summary>The environments that this rank steps: the first, and the first behind them.</summary>
    public (int First, int End) Own => _round.ShareOf(_environments, _exchange.Rank);

    /// <summary>Whether this rank has all that the others know of their environments. Without, it cannot go on alone or with others.</summary>
    public bool IsWhole { get; set; } = true;

    /// <summary>What ends learning on all ranks, when it does on one, after what they do together next.</summary>
    public CancellationToken Cancellation { get; set; }

    /// <summary>In which call this rank is.</summary>
    public RoundCall Call { private get; set; } = RoundCall.Advance;

    /// <summary>A fingerprint of what <c>Learn</c> was given; 0 outside of it.</summary>
    public ulong Arguments { private get; set; }

    /// <summary>No call is under way but that of a piece.</summary>
    public void EndCall() => (Call, Cancellation, Arguments) = (RoundCall.Advance, default, 0);

    /// <summary>Whether files are this rank's to write.</summary>
    public bool Writes => _exchange.Rank == 0;

    /// <summary>Throws where it was cancelled on a rank, on all of them at the same place.</summary>
    public void ThrowIfCancelled()
    {
        var rank = _cancelled;
        _cancelled = -1;
        if (rank == _exchange.Rank)
            Cancellation.ThrowIfCancellationRequested();
        if (rank >= 0)
            throw new OperationCanceledException(string.Create(CultureInfo.InvariantCulture, $"{_name}: it was cancelled on rank {rank}."));
    }

    /// <summary>The ranks find out whether one cannot go on, or is elsewhere: then all throw.</summary>
    /// <param name="failure">Why this rank cannot go on; null where it can.</param>
    /// <param name="place">A fingerprint of where it is.</param>
    public void Agree(Exception? failure, ulong place) =>
        _cancelled = _round.Agree(_name, Call, failure, place, "what it has learnt so far", Cancellation.IsCancellationRequested, Arguments);

    /// <summary>Whether the ranks have compared what must be alike.</summary>
    public bool IsCompared { get; private set; }

    /// <summary>The ranks compare what must be alike.</summary>
    /// <param name="run">Who learns, with what settings.</param>
    /// <param name="environments">A fingerprint of the environments, as far as they can be saved.</param>
    /// <param name="declarations">The networks in words.</param>
    /// <param name="networks">A fingerprint of their parameters.</param>
    /// <param name="place">A fingerprint of where learning is.</param>
    public void Compare(AgentRun run, ulong environments, string declarations, ulong networks, ulong place)
    {
        AgreeOn(Hash(Encoding.UTF8.GetBytes(run.Kind)), "its kind, or in its environments");
        foreach (var (name, text) in run.Settings)
            AgreeOn(Hash(Encoding.UTF8.GetBytes(text)), name);
        foreach (var (what, hash) in RankRound.OfProgram())
            AgreeOn(hash, what);
        AgreeOn(environments, "its environments");
        AgreeOn(Hash(Encoding.UTF8.GetBytes(declarations)), "its networks' declarations");
        AgreeOn(networks, "its networks");
        AgreeOn(place, "its seed, or in what it has learnt so far");
        IsCompared = true;
    }

    void AgreeOn(ulong hash, string what) => _round.Agree(_name, Call, null, hash, what, arguments: Arguments);

    /// <summary>A network's declaration, for <see cref="Compare"/>.</summary>
    public static string InWords(INetwork network) => InvariantText.Of(() => network.Architecture + string.Concat(network.Architecture.Layers));

    /// <summary>A fingerprint of bytes.</summary>
    public static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = new RandomStream((ulong)bytes.Length);
        foreach (var value in bytes)
            hash = hash.Split(value);
        return hash.Key;
    }

    /// <summary>The record of an environment.</summary>
    /// <param name="index">The environment.</param>
    /// <param name="length">Bytes of each environment's record.</param>
    public Span<byte> Record(int index, int length)
    {
        var bytes = checked(_environments * length);
        if (_records.Length < bytes)
            _records = GC.AllocateArray<byte>(bytes, pinned: true);
        return _records.AsSpan(index * length, length);
    }

    /// <summary>Every rank gets the records of the others' environments.</summary>
    /// <param name="length">Bytes of each.</param>
    public void ShareRecords(int length)
    {
        _ = Record(0, length);
        _round.GatherShares(_records.AsSpan(0, _environments * length), _environments);
    }

    /// <summary>Every rank gets what the others know of their environments, however much it is of each.</summary>
    /// <param name="save">Writes what is known of one.</param>
    /// <param name="load">Reads what another rank knows of one.</param>
    /// <param name="place">A fingerprint of where learning is.</param>
    public void ShareStates(Action<int, BinaryWriter> save, Action<int, BinaryReader> load, ulong place)
    {
        var (first, end) = Own;
        var (states, lengths) = (new byte[_environments][], GC.AllocateArray<int>(_environments, pinned: true));
        Exception? failure = null;
        try
        {
            for (var index = first; index < end; index++)
            {
                using var stream = new MemoryStream();
                using var writer = new BinaryWriter(stream);
                save(index, writer);
                writer.Flush();
                (states[index], lengths[index]) = (stream.ToArray(), (int)stream.Length);
            }
        }
        catch (Exception e)
        {
            failure = e;
        }
        Agree(failure, place);
        _round.GatherShares(MemoryMarshal.AsBytes(lengths.AsSpan()), _environments);
        var longest = lengths.Max();
        for (var index = first; index < end; index++)
            states[index].CopyTo(Record(index, longest));
        ShareRecords(longest);
        try
        {
            for (var index = 0; index < _environments; index++)
                if (index < first || index >= end)
                {
                    using var reader = new BinaryReader(new MemoryStream(Record(index, longest)[..lengths[index]].ToArray(), writable: false));
                    load(index, reader);
                }
        }
        catch (Exception e)
        {
            failure = e;
        }
        Agree(failure, place);
        IsWhole = true;
    }
}
