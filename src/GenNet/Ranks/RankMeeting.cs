using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;

namespace GenNet;

/// <summary>
/// Where the ranks meet before they exchange anything else: each says what it is about to do and how it fares. So none waits for one that failed, and one that does something else is found at once.
/// </summary>
sealed unsafe class RankMeeting
{
    const int LongestText = 2048;

    readonly IRankExchange _exchange;
    readonly RankReport[] _reports;
    readonly byte[] _texts;
    Exception? _agreed;

    public RankMeeting(IRankExchange exchange)
    {
        _exchange = exchange;
        _reports = GC.AllocateArray<RankReport>(exchange.Ranks, pinned: true);
        _texts = GC.AllocateArray<byte>(LongestText, pinned: true);
    }

    /// <summary>What this rank will say.</summary>
    public ref RankReport Own => ref _reports[_exchange.Rank];

    /// <summary>What a rank said.</summary>
    public ref RankReport this[int rank] => ref _reports[rank];

    /// <summary>Whether all ranks threw when this exception was thrown, so that none waits for this one.</summary>
    public bool Knows(Exception exception) => exception == _agreed;

    /// <summary>Says how this rank fares, and finds out how the others do. Where a rank failed, or is not where the first one is, all throw.</summary>
    /// <param name="name">The network's name, for messages.</param>
    /// <param name="failure">Why this rank cannot go on; null where it can.</param>
    /// <returns><see cref="RankStatus.Fine"/>, or that a rank stopped or was cancelled.</returns>
    /// <exception cref="RankException">Another rank failed, or does something else.</exception>
    /// <exception cref="TrainingDivergedException">The loss of another rank's samples is no number.</exception>
    public RankStatus Meet(string name, Exception? failure)
    {
        if (failure is not null)
            (Own.Status, Own.Layer) = failure is TrainingDivergedException diverged ? (RankStatus.Diverged, diverged.Layer ?? 0) : (RankStatus.Failed, 0);
        GatherAll(MemoryMarshal.AsBytes(_reports.AsSpan()));
        try
        {
            return Judge(name, failure);
        }
        catch (Exception e)
        {
            _agreed = e;
            throw;
        }
    }

    RankStatus Judge(string name, Exception? failure)
    {
        var status = RankStatus.Fine;
        for (var rank = 0; rank < _reports.Length; rank++)
        {
            if (_reports[rank].Status is RankStatus.Failed or RankStatus.Diverged)
                throw FailureOf(rank, name, failure);
            if (_reports[rank].Status > status)
                status = _reports[rank].Status;
        }
        for (var rank = 1; status == RankStatus.Fine && rank < _reports.Length; rank++)
            if (Difference(_reports[rank], _reports[0], rank) is { } difference)
                throw new RankException(rank, $"{name}: {difference}. All ranks train on the same batches with the same settings; each computes its own part of a batch.");
        return status;
    }

    /// <summary>The failure of the first rank that failed; a rank that failed itself has its own.</summary>
    Exception FailureOf(int rank, string name, Exception? failure)
    {
        var text = Share(rank, failure?.Message ?? "");
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        ref var report = ref _reports[rank];
        return report.Status == RankStatus.Diverged
            ? new TrainingDivergedException($"Rank {rank}: {text}", double.NaN, report.StepCount + 1, report.Layer == 0 ? null : report.Layer)
            : new RankException(rank, $"{name}: rank {rank} cannot go on: {text}");
    }

    static string? Difference(in RankReport report, in RankReport first, int rank)
    {
        string Than<T>(string what, T here, T there) => string.Create(CultureInfo.InvariantCulture, $"rank {rank} {what} {here}, rank 0 {there}");
        return report.Call != first.Call ? Than("is in its", report.Call, first.Call)
            : report.StepCount != first.StepCount ? Than("has made so many updates:", report.StepCount, first.StepCount)
            : report.BatchCount != first.BatchCount ? Than("has taken so many batches:", report.BatchCount, first.BatchCount)
            : report.Samples != first.Samples ? Than("has a batch of so many samples:", report.Samples, first.Samples)
            : report.Seed != first.Seed ? Than("has the seed", report.Seed, first.Seed)
            : BitConverter.DoubleToInt64Bits(report.LearningRate) != BitConverter.DoubleToInt64Bits(first.LearningRate) ? Than("has the learning rate", report.LearningRate, first.LearningRate)
            : report.Targets != first.Targets ? $"rank {rank} has a batch of other labels, targets or sample weights than rank 0"
            : null;
    }

    /// <summary>Every rank gets what each has: its own is in its place.</summary>
    /// <param name="all">A record of each rank, all of the same length, in memory that does not move.</param>
    public void GatherAll(Span<byte> all)
    {
        var length = all.Length / _exchange.Ranks;
        var own = all.Slice(_exchange.Rank * length, length);
        for (var rank = 0; rank < _exchange.Ranks; rank++)
            if (rank != _exchange.Rank)
            {
                _exchange.Receive(rank, all.Slice(rank * length, length));
                _exchange.Send(rank, own);
            }
        _exchange.Complete();
    }

    /// <summary>Every rank gets a text that one has.</summary>
    string Share(int rank, string text)
    {
        if (rank == _exchange.Rank)
        {
            Array.Clear(_texts);
            Encoding.UTF8.GetEncoder().Convert(text, _texts, flush: true, out _, out _, out _);
            for (var other = 0; other < _exchange.Ranks; other++)
                if (other != rank)
                    _exchange.Send(other, _texts);
        }
        else
            _exchange.Receive(rank, _texts);
        _exchange.Complete();
        return Encoding.UTF8.GetString(_texts).TrimEnd('\0');
    }
}
