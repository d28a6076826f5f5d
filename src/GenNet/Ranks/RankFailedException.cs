namespace GenNet;

/// <summary>Another rank of the job cannot go on, or does something else than this one. The message names it and says why.</summary>
/// <param name="rank">The number of the rank, from 0.</param>
/// <param name="message">What happened.</param>
public sealed class RankFailedException(int rank, string message) : Exception(message)
{
    /// <summary>The number of the rank, from 0.</summary>
    public int Rank { get; } = rank;
}
