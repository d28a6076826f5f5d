namespace GenNet.Mpi.Tests;

/// <summary>One of two ranks, which hears itself in place of the other. Allocates nothing.</summary>
/// <param name="rank">The number of this one.</param>
sealed unsafe class EchoExchange(int rank) : IRankExchange
{
    readonly (nint Bytes, int Length)[] _sends = new (nint, int)[16], _receives = new (nint, int)[16];
    int _sent, _received;

    public int Rank => rank;

    public int Ranks => 2;

    public void Send(int other, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
            _sends[_sent++] = ((nint)first, bytes.Length);
    }

    public void Receive(int other, Span<byte> bytes)
    {
        fixed (byte* first = bytes)
            _receives[_received++] = ((nint)first, bytes.Length);
    }

    public void Complete()
    {
        for (var message = 0; message < Math.Min(_sent, _received); message++)
        {
            var length = Math.Min(_sends[message].Length, _receives[message].Length);
            new ReadOnlySpan<byte>((byte*)_sends[message].Bytes, length).CopyTo(new((byte*)_receives[message].Bytes, length));
        }
        (_sent, _received) = (0, 0);
    }
}
