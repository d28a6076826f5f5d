using System.Diagnostics;
using System.Runtime.InteropServices;
using GenNet.Mpi.Native;

namespace GenNet.Mpi;

/// <summary>Moves bytes by calls that do not block, so that a rank which does not answer is noticed.</summary>
sealed unsafe class MpiExchange : IRankExchange
{
    /// <summary>Bytes of a message: MPI counts them by an int.</summary>
    const int MostBytes = 1 << 30;

    /// <summary>Looks at the messages before other processes get the processor.</summary>
    const int Looks = 500;

    /// <summary>Milliseconds after which this rank sleeps between two looks.</summary>
    const int Restless = 50;

    readonly MpiLink _link;
    readonly MpiLibrary? _library;
    readonly int _tag;
    readonly TimeSpan _timeout;
    byte[] _requests = [];
    int[] _partners = [];
    int _count;

    public MpiExchange(MpiLink link, int rank, int ranks, TimeSpan timeout) =>
        (_link, _library, _tag, Rank, Ranks, _timeout) = (link, link.Library, link.NextTag(), rank, ranks, timeout);

    public int Rank { get; }

    public int Ranks { get; }

    public void Send(int rank, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length > 0; bytes = bytes[Math.Min(MostBytes, bytes.Length)..])
            fixed (byte* first = bytes)
                MpiLibrary.Check(MpiCalls.MPI_Isend(first, Math.Min(MostBytes, bytes.Length), Known(rank).Byte, rank, _tag, _link.Communicator, NextRequest(rank)), nameof(MpiCalls.MPI_Isend));
    }

    public void Receive(int rank, Span<byte> bytes)
    {
        for (; bytes.Length > 0; bytes = bytes[Math.Min(MostBytes, bytes.Length)..])
            fixed (byte* first = bytes)
                MpiLibrary.Check(MpiCalls.MPI_Irecv(first, Math.Min(MostBytes, bytes.Length), Known(rank).Byte, rank, _tag, _link.Communicator, NextRequest(rank)), nameof(MpiCalls.MPI_Irecv));
    }

    public void Complete()
    {
        if (_count == 0)
            return;
        var start = Stopwatch.GetTimestamp();
        for (var look = 0; ; look++)
        {
            int done;
            MpiLibrary.Check(MpiCalls.MPI_Testall(_count, Request(0), &done, _library!.IgnoreStatus), nameof(MpiCalls.MPI_Testall));
            if (done != 0)
                break;
            if (look < Looks)
                continue;
            var waited = Stopwatch.GetElapsedTime(start);
            if (waited > _timeout && _timeout >= TimeSpan.Zero)
                throw TooLate();
            if (waited.TotalMilliseconds > Restless)
                Thread.Sleep(1);
            else
                Thread.Yield();
        }
        _count = 0;
    }

    RankFailedException TooLate()
    {
        _link.IsBroken = true;
        var late = -1;
        for (var index = 0; index < _count && late < 0; index++)
        {
            int done;
            MpiLibrary.Check(MpiCalls.MPI_Test(Request(index), &done, _library!.IgnoreStatus), nameof(MpiCalls.MPI_Test));
            if (done == 0)
                late = _partners[index];
        }
        return new(late, FormattableString.Invariant($"Rank {late} has not answered rank {Rank} for {_timeout.TotalSeconds:0.#} s: it stands still, or computes or writes for longer than MpiOptions.Timeout. ")
            + "What was trained since the last checkpoint is lost; start the job again to go on from there.");
    }

    MpiLibrary Known(int rank)
    {
        ObjectDisposedException.ThrowIf(_link.IsClosed, typeof(MpiWorld));
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, Ranks);
        return _library ?? throw new InvalidOperationException("There is no other rank.");
    }

    void* NextRequest(int rank)
    {
        if (_count == _partners.Length)
        {
            var requests = GC.AllocateArray<byte>(Math.Max(16, 2 * _count) * _library!.RequestSize, pinned: true);
            _requests.CopyTo(requests, 0);
            _requests = requests;
            Array.Resize(ref _partners, requests.Length / _library.RequestSize);
        }
        _partners[_count] = rank;
        return Request(_count++);
    }

    void* Request(int index) => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_requests, index * _library!.RequestSize);
}
