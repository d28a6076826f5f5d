namespace GenNet.Mpi.Tests;

/// <summary>Counts how often the ranks wait for one another.</summary>
/// <param name="exchange">What moves bytes.</param>
sealed class CountedExchange(IRankExchange exchange) : IRankExchange
{
    public int Meetings { get; private set; }

    public int Rank => exchange.Rank;

    public int Ranks => exchange.Ranks;

    public void Send(int rank, ReadOnlySpan<byte> bytes) => exchange.Send(rank, bytes);

    public void Receive(int rank, Span<byte> bytes) => exchange.Receive(rank, bytes);

    public void Complete()
    {
        Meetings++;
        exchange.Complete();
    }
}
