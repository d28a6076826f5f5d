using System.Runtime.InteropServices;

namespace GenNet.Mpi;

/// <summary>Jobs of which each is done on one rank.</summary>
/// <param name="exchange">What moves bytes.</param>
sealed class RankJobs(IRankExchange exchange)
{
    readonly RankRound _round = new(exchange);

    /// <summary>Does this rank's; returns the results of all.</summary>
    public double[][] Run(int count, Func<int, double[]> job)
    {
        double[][] results = [];
        Exception? failure = null;
        try
        {
            // The others hear of what is refused here too.
            ArgumentNullException.ThrowIfNull(job);
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            results = new double[count][];
            for (var index = exchange.Rank; index < count; index += exchange.Ranks)
                results[index] = job(index) ?? throw new InvalidOperationException($"Job {index} returned null: return its numbers, or none of them.");
        }
        catch (Exception e)
        {
            failure = e;
        }
        _round.Agree(nameof(MpiWorld.Map), RoundCall.Map, failure, (ulong)count, "the number of jobs");
        ShareLengths(results);
        for (var index = 0; index < count; index++)
            Begin(index, results);
        exchange.Complete();
        return results;
    }

    /// <summary>Makes room for the results of other ranks.</summary>
    void ShareLengths(double[][] results)
    {
        // [rounds][ranks], the last round with jobs that are not there.
        var rounds = (results.Length + exchange.Ranks - 1) / exchange.Ranks;
        var lengths = GC.AllocateArray<int>(exchange.Ranks, pinned: true);
        for (var round = 0; round < rounds; round++)
        {
            var own = round * exchange.Ranks + exchange.Rank;
            lengths[exchange.Rank] = own < results.Length ? results[own].Length : 0;
            _round.GatherAll(MemoryMarshal.AsBytes(lengths.AsSpan()));
            for (var rank = 0; rank < exchange.Ranks && round * exchange.Ranks + rank < results.Length; rank++)
            {
                var room = GC.AllocateArray<double>(lengths[rank], pinned: true);
                if (rank == exchange.Rank)
                    results[own].CopyTo(room, 0);
                results[round * exchange.Ranks + rank] = room;
            }
        }
    }

    void Begin(int index, double[][] results)
    {
        var bytes = MemoryMarshal.AsBytes(results[index].AsSpan());
        if (index % exchange.Ranks != exchange.Rank)
            exchange.Receive(index % exchange.Ranks, bytes);
        else
            for (var rank = 0; rank < exchange.Ranks; rank++)
                if (rank != exchange.Rank)
                    exchange.Send(rank, bytes);
    }
}
