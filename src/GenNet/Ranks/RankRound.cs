using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;
using GenNet.Simd;

namespace GenNet;

/// <summary>What all ranks do together: each tells the others as much as they tell it.</summary>
/// <param name="exchange">What moves bytes.</param>
sealed class RankRound(IRankExchange exchange)
{
    const int LongestText = 2048;

    readonly byte[] _text = GC.AllocateArray<byte>(LongestText, pinned: true);
    readonly Word[] _words = GC.AllocateArray<Word>(exchange.Ranks, pinned: true);

    const long Fine = 0, Failed = 1, Stops = 2;

    /// <summary>What arguments are of which there is a fingerprint: of an agent, or of a search.</summary>
    const string ArgumentNames = "what Learn was given: the steps or generations, the episodes or the target";

    /// <summary>How a rank fares, in which call it is, and fingerprints of where it is and of what it was given.</summary>
    record struct Word(long State, RoundCall Call, ulong Place, ulong Arguments);

    /// <summary>What must be alike on all ranks, whatever they do together: what it is, and a fingerprint of it.</summary>
    public static IEnumerable<(string What, ulong Hash)> OfProgram()
    {
        var version = typeof(SimdWidth).Assembly.GetName().Version ?? new();
        yield return ("GenNet's version", ((ulong)version.Major << 48) + ((ulong)version.Minor << 32) + (uint)version.Build);
        yield return ("fused multiply-add, which only one of their processors has", SimdWidth.HasFusedMultiplyAdd ? 1UL : 0);
    }

    /// <summary>Every rank gets what each has: its own is in its place.</summary>
    /// <param name="all">A record of each rank, all of the same length, in memory that does not move.</param>
    public void GatherAll(Span<byte> all)
    {
        var length = all.Length / exchange.Ranks;
        var own = all.Slice(exchange.Rank * length, length);
        for (var rank = 0; rank < exchange.Ranks; rank++)
            if (rank != exchange.Rank)
            {
                exchange.Receive(rank, all.Slice(rank * length, length));
                exchange.Send(rank, own);
            }
        exchange.Complete();
    }

    /// <summary>Which of some items are a rank's: the first, and the first behind them.</summary>
    public (int First, int End) ShareOf(int items, int rank) => ((int)((long)items * rank / exchange.Ranks), (int)((long)items * (rank + 1) / exchange.Ranks));

    /// <summary>Every rank gets the items of the others: its own share is in its place.</summary>
    /// <param name="all">[items, length], in memory that does not move.</param>
    /// <param name="items">Items of all ranks.</param>
    public void GatherShares(Span<byte> all, int items)
    {
        var length = all.Length / items;
        var (first, end) = ShareOf(items, exchange.Rank);
        for (var rank = 0; rank < exchange.Ranks; rank++)
            if (rank != exchange.Rank)
            {
                var (from, to) = ShareOf(items, rank);
                exchange.Receive(rank, all[(from * length)..(to * length)]);
                exchange.Send(rank, all[(first * length)..(end * length)]);
            }
        exchange.Complete();
    }

    /// <summary>Every rank learns whether one cannot go on, and whether all are at the same place. If not, all throw.</summary>
    /// <param name="name">Who asks, for messages.</param>
    /// <param name="call">In which call.</param>
    /// <param name="failure">Why this rank cannot go on; null where it can.</param>
    /// <param name="place">A fingerprint of where this rank is.</param>
    /// <param name="what">What the fingerprint is of, for messages.</param>
    /// <param name="stops">Whether this rank is not to go on after what comes next.</param>
    /// <param name="arguments">A fingerprint of what the call was given that the ranks make; 0 for nothing.</param>
    /// <returns>The first rank that is not to; -1 where all go on.</returns>
    /// <exception cref="RankFailedException">Another rank cannot go on, is elsewhere or in another call, or was given something else.</exception>
    public int Agree(string name, RoundCall call, Exception? failure, ulong place, string what, bool stops = false, ulong arguments = 0)
    {
        _words[exchange.Rank] = new(failure is not null ? Failed : stops ? Stops : Fine, call, place, arguments);
        GatherAll(MemoryMarshal.AsBytes(_words.AsSpan()));

        // No search with a lambda: what it captures would be allocated each time.
        var (failed, elsewhere, stopped) = (-1, -1, -1);
        for (var rank = _words.Length - 1; rank >= 0; rank--)
        {
            if (_words[rank].State == Failed)
                failed = rank;
            if (_words[rank] with { State = 0 } != _words[0] with { State = 0 })
                elsewhere = rank;
            if (_words[rank].State == Stops)
                stopped = rank;
        }
        if (failed >= 0)
            throw FailureOf(failed, name, failure);
        if (elsewhere >= 0 && _words[elsewhere].Call != _words[0].Call)
            throw new RankFailedException(elsewhere,
                $"{name}: rank {elsewhere} is in its {_words[elsewhere].Call}, rank 0 in {_words[0].Call}. All ranks make the same calls in the same order.");
        if (elsewhere >= 0)
            throw new RankFailedException(elsewhere,
                $"{name}: rank {elsewhere} differs from rank 0 in {(_words[elsewhere].Arguments != _words[0].Arguments ? ArgumentNames : what)}. All ranks run the same program with the same arguments.");
        return stopped;
    }

    /// <summary>What a rank is to throw where one failed: its own failure, or what the other says of its.</summary>
    public RankFailedException FailureOf(int rank, string name, Exception? failure) => new(rank, $"{name}: rank {rank} cannot go on: {TextOfFailure(rank, failure)}");

    /// <summary>What a rank that failed says of it. A rank that failed itself throws its own failure.</summary>
    public string TextOfFailure(int rank, Exception? failure)
    {
        if (rank == exchange.Rank)
        {
            Array.Clear(_text);
            Encoding.UTF8.GetEncoder().Convert(failure!.Message, _text, flush: true, out _, out _, out _);
            for (var other = 0; other < exchange.Ranks; other++)
                if (other != rank)
                    exchange.Send(other, _text);
        }
        else
            exchange.Receive(rank, _text);
        exchange.Complete();
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        return Encoding.UTF8.GetString(_text).TrimEnd('\0');
    }
}
