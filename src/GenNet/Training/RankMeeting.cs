using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace GenNet;

/// <summary>
/// Where the ranks meet before they exchange anything else: each says what it is about to do and how it fares. So none waits for one that failed, and one that does something else is found at once.
/// </summary>
sealed unsafe class RankMeeting
{
    readonly IRankExchange _exchange;
    readonly RankReport[] _reports;
    readonly RankRound _round;
    Exception? _agreed;

    public RankMeeting(IRankExchange exchange)
    {
        _exchange = exchange;
        _reports = GC.AllocateArray<RankReport>(exchange.Ranks, pinned: true);
        _round = new RankRound(exchange);
    }

    /// <summary>What this rank will say.</summary>
    public ref RankReport Own => ref _reports[_exchange.Rank];

    /// <summary>What a rank said.</summary>
    public ref RankReport this[int rank] => ref _reports[rank];

    /// <summary>What else the ranks tell one another.</summary>
    public RankRound Round => _round;

    /// <summary>Whether all ranks threw when this exception was thrown, so that none waits for this one.</summary>
    public bool Knows(Exception exception) => exception == _agreed;

    /// <summary>Says how this rank fares, and finds out how the others do. Where a rank failed, or is not where the first one is, all throw.</summary>
    /// <param name="name">The network's name, for messages.</param>
    /// <param name="failure">Why this rank cannot go on; null where it can.</param>
    /// <returns><see cref="RankStatus.Fine"/>, or that a rank stopped or was cancelled.</returns>
    /// <exception cref="RankFailedException">Another rank failed, or does something else.</exception>
    /// <exception cref="TrainingDivergedException">The loss of another rank's samples is no number.</exception>
    public RankStatus Meet(string name, Exception? failure)
    {
        // What all have heard of is not told again: nobody would be there.
        if (failure is not null && Knows(failure))
            ExceptionDispatchInfo.Throw(failure);
        if (failure is not null)
            (Own.Status, Own.Layer) = failure is TrainingDivergedException diverged ? (RankStatus.Diverged, diverged.Layer ?? 0) : (RankStatus.Failed, 0);
        try
        {
            Gather(failure);
            return Judge(name, failure);
        }
        catch (Exception e)
        {
            _agreed = e;
            throw;
        }
    }

    void Gather(Exception? failure)
    {
        try
        {
            _round.GatherAll(MemoryMarshal.AsBytes(_reports.AsSpan()));
        }
        catch (RankFailedException) when (failure is not null)
        {
            // Nobody came to hear of it.
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    RankStatus Judge(string name, Exception? failure)
    {
        var status = RankStatus.Fine;
        for (var rank = 0; rank < _reports.Length; rank++)
        {
            if (_reports[rank].Status is RankStatus.Failed or RankStatus.Diverged)
                throw FailureOf(CulpritOf(rank), name, failure);
            if (_reports[rank].Status > status)
                status = _reports[rank].Status;
        }
        for (var rank = 1; status == RankStatus.Fine && rank < _reports.Length; rank++)
            if (Difference(_reports[rank], _reports[0], rank) is { } difference)
                throw new RankFailedException(rank, $"{name}: {difference}. All ranks train on the same batches with the same settings; each computes its own part of a batch.");
        return status;
    }

    /// <summary>The rank from which what is no number came to one that failed: its own, unless layers have summed it.</summary>
    int CulpritOf(int rank) =>
        _reports[rank] is { Status: RankStatus.Diverged, Origin: > 0 and var origin } && origin <= _reports.Length && _reports[origin - 1].Status == RankStatus.Diverged ? origin - 1 : rank;

    /// <summary>The failure of the first rank that failed; a rank that failed itself throws its own, unless it is another's.</summary>
    Exception FailureOf(int rank, string name, Exception? failure)
    {
        ref var report = ref _reports[rank];
        if (rank != _exchange.Rank && Own.Status == RankStatus.Diverged && CulpritOf(_exchange.Rank) != _exchange.Rank)
            failure = null;
        return report.Status == RankStatus.Diverged
            ? new TrainingDivergedException($"Rank {rank}: {_round.TextOfFailure(rank, failure)}", double.NaN, report.StepCount + 1, report.Layer == 0 ? null : report.Layer)
            : _round.FailureOf(rank, name, failure);
    }

    static string? Difference(in RankReport report, in RankReport first, int rank)
    {
        string Than<T>(string what, T here, T there) => string.Create(CultureInfo.InvariantCulture, $"rank {rank} {what} {here}, rank 0 {there}");
        return report.Call != first.Call ? Than("is in its", report.Call, first.Call)
            : report.StepCount != first.StepCount ? Than("has made so many updates:", report.StepCount, first.StepCount)
            : report.BatchCount != first.BatchCount ? Than("has taken so many batches:", report.BatchCount, first.BatchCount)
            : report.Samples != first.Samples ? Than("has a batch of so many samples:", report.Samples, first.Samples)
            : report.Batch != first.Batch ? Than("has a part of a batch of so many samples:", report.Batch, first.Batch)
            : report.Before != first.Before ? Than("has accumulated so many samples of its batch:", report.Before, first.Before)
            : report.Seed != first.Seed ? Than("has the seed", report.Seed, first.Seed)
            : BitConverter.DoubleToInt64Bits(report.LearningRate) != BitConverter.DoubleToInt64Bits(first.LearningRate) ? Than("has the learning rate", report.LearningRate, first.LearningRate)
            : report.Settings != first.Settings ? $"rank {rank} has another optimiser, other limits of norms, label smoothing, weights of classes, settings of layers or Health.Interval than rank 0, or had at an update"
            : report.Weights != first.Weights ? $"rank {rank} has other weights than rank 0, which something but the trainer has changed"
            : report.Targets != first.Targets ? $"rank {rank} has a batch of other labels, targets, sample weights or gradients of outputs than rank 0, or other FinalStates"
            : report.Whole != first.Whole ? $"rank {rank} has a batch of other sequences than rank 0, or a part of a batch of other features"
            : null;
    }
}
