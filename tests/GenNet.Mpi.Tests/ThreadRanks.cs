using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace GenNet.Mpi.Tests;

/// <summary>Ranks that are threads of this process, and what moves bytes between them.</summary>
sealed class ThreadRanks
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly BlockingCollection<byte[]>[,] _under;

    ThreadRanks(int ranks)
    {
        _under = new BlockingCollection<byte[]>[ranks, ranks];
        for (var from = 0; from < ranks; from++)
            for (var to = 0; to < ranks; to++)
                _under[from, to] = [];
    }

    /// <summary>Runs a program on so many ranks; returns what each returned or threw.</summary>
    public static (T? Result, Exception? Exception)[] Try<T>(int ranks, Func<IRankExchange, T> program)
    {
        var all = new ThreadRanks(ranks);
        var ends = new (T?, Exception?)[ranks];
        var threads = Enumerable.Range(0, ranks).Select(rank => new Thread(() =>
        {
            try
            {
                ends[rank] = (program(new Exchange(all, rank, ranks)), null);
            }
            catch (Exception e)
            {
                ends[rank] = (default, e);
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return ends;
    }

    /// <summary>Runs a program on so many ranks; returns what each returned.</summary>
    public static T[] Run<T>(int ranks, Func<IRankExchange, T> program) => [.. Try(ranks, program).Select(end =>
    {
        if (end.Exception is not null)
            ExceptionDispatchInfo.Throw(end.Exception);
        return end.Result!;
    })];

    sealed unsafe class Exchange(ThreadRanks all, int rank, int ranks) : IRankExchange
    {
        readonly List<(int From, nint Bytes, int Length)> _receives = [];
        readonly List<(int To, nint Bytes, int Length)> _sends = [];

        public int Rank => rank;

        public int Ranks => ranks;

        public void Send(int rank, ReadOnlySpan<byte> bytes)
        {
            fixed (byte* first = bytes)
                _sends.Add((rank, (nint)first, bytes.Length));
        }

        public void Receive(int rank, Span<byte> bytes)
        {
            fixed (byte* first = bytes)
                _receives.Add((rank, (nint)first, bytes.Length));
        }

        // As late as may be: what changes before it does would be seen.
        public void Complete()
        {
            foreach (var (to, bytes, length) in _sends)
                all._under[rank, to].Add(new ReadOnlySpan<byte>((byte*)bytes, length).ToArray());
            _sends.Clear();
            foreach (var (from, bytes, length) in _receives)
            {
                if (!all._under[from, rank].TryTake(out var message, Patience))
                    throw new RankFailedException(from, $"rank {from} stands still");
                Assert.Equal(length, message.Length);
                message.CopyTo(new Span<byte>((byte*)bytes, length));
            }
            _receives.Clear();
        }
    }
}
