namespace GenNet.Ranks;

/// <summary>The least that ranks can tell one another.</summary>
static class Neighbours
{
    static readonly byte[] Said = GC.AllocateArray<byte>(4, pinned: true), Heard = GC.AllocateArray<byte>(4, pinned: true);

    /// <summary>Tells the next rank a number and hears one of that before: returns it.</summary>
    public static int Greet(IRankExchange exchange, int number)
    {
        BitConverter.TryWriteBytes(Said, number);
        exchange.Send((exchange.Rank + 1) % exchange.Ranks, Said);
        exchange.Receive((exchange.Rank + exchange.Ranks - 1) % exchange.Ranks, Heard);
        exchange.Complete();
        return BitConverter.ToInt32(Heard);
    }
}
