namespace GenNet;

/// <summary>
/// Moves bytes between the ranks of a job: processes that run the same program, or threads of one. It computes nothing: sums are GenNet's own,
/// so that they have the same bits for any number of ranks. One thread at a time uses it.
/// </summary>
public interface IRankExchange
{
    /// <summary>The number of this rank, from 0.</summary>
    int Rank { get; }

    /// <summary>The number of ranks, all of which make the same calls in the same order.</summary>
    int Ranks { get; }

    /// <summary>Begins to send bytes to another rank. They neither change nor move until <see cref="Complete"/> returns.</summary>
    /// <param name="rank">The other rank.</param>
    /// <param name="bytes">The bytes, in memory that is native or pinned.</param>
    void Send(int rank, ReadOnlySpan<byte> bytes);

    /// <summary>Begins to receive as many bytes as another rank sends. Several such calls take what it sends in the order in which it does. They are there when <see cref="Complete"/> returns.</summary>
    /// <param name="rank">The other rank.</param>
    /// <param name="bytes">Where they go, in memory that is native or pinned.</param>
    void Receive(int rank, Span<byte> bytes);

    /// <summary>Waits until all that was begun is sent and received.</summary>
    /// <exception cref="RankFailedException">A rank did not take part in time.</exception>
    void Complete();
}
