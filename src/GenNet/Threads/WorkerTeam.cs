using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace GenNet.Kernels;

/// <summary>
/// The threads that work together when <see cref="Parallelism.Threads"/> is more than one. Parts are taken from a counter, by the caller too: it waits for
/// no thread that has not begun, and for one that the system has stopped in the middle of a part only now and then. Nothing is allocated for a call.
/// There is one team in a process, for all packages: the workers of two would be in each other's way, and asleep when they are needed.
/// </summary>
static class WorkerTeam
{
    /// <summary>Looks at the next call before a worker sleeps: some tens of microseconds.</summary>
    const int Patience = 1000;

    /// <summary>Calls that the caller works through alone when it has waited for a worker longer than it worked itself; twice as many when that happens again at once.</summary>
    const int FewestAlone = 16, MostAlone = 1024;

    /// <summary>What waiting is worth no decision: a worker that has been asleep comes later than this.</summary>
    static readonly long Grace = Stopwatch.Frequency / 20_000;

    static readonly object Busy = new();
    static Worker[] _workers = [];
    static SharedWork? _work;

    /// <summary>What a worker met, for the caller.</summary>
    static Exception? _failure;

    /// <summary>The call's number, and below it how many parts nobody has taken: taking one is one exchange, which fails once there is another call.</summary>
    static long _claims;

    static int _parts, _done;
    static int _alone, _penalty = FewestAlone;
    static bool _ended;

    /// <summary>Calls that the next caller works through alone.</summary>
    internal static int CallsAlone => _alone;

    static WorkerTeam() => Unloading.Register(End);

    /// <summary>Executes all parts of the work, on as many threads as there are parts and processors; on the caller's alone while the team works for another caller.</summary>
    public static void Run(SharedWork work, int parts)
    {
        // The team's work is a method of its own, which one thread's first call need not compile. Work may call for work: that is its thread's alone.
        if (parts > 1 && !Monitor.IsEntered(Busy) && Monitor.TryEnter(Busy))
            RunTogether(work, parts);
        else
            for (var part = 0; part < parts; part++)
                work.Execute(part, parts);
    }

    static void RunTogether(SharedWork work, int parts)
    {
        var (begun, left) = (Stopwatch.GetTimestamp(), parts);
        Exception? failure;
        try
        {
            if (_alone > 0 && work.HasEvenParts)
            {
                _alone--;
                while (left > 0)
                    work.Execute(--left, parts);
                return;
            }
            var workers = Math.Min(parts, Environment.ProcessorCount) - 1;
            Enlarge(workers);
            (_work, _parts, _failure) = (work, parts, null);
            Volatile.Write(ref _done, 0);
            Interlocked.Exchange(ref _claims, (((_claims >> 32) + 1) << 32) | (uint)parts);
            for (var worker = 0; worker < Math.Min(workers, _workers.Length); worker++)
                _workers[worker].Wake();
            for (int part; (part = Claim()) >= 0;)
            {
                left--;
                work.Execute(part, parts);
            }
        }
        finally
        {
            // Where a part has failed, nobody begins another.
            while (Claim() >= 0)
                left--;
            if (_work != null)
                Wait(left, begun, work.HasEvenParts);
            failure = _failure;
            (_work, _failure) = (null, null);
            Monitor.Exit(Busy);
        }
        if (failure != null)
            ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>A part that nobody has taken, or −1 if there is none.</summary>
    static int Claim()
    {
        for (; ; )
        {
            var claims = Volatile.Read(ref _claims);
            if ((int)claims == 0)
                return -1;
            if (Interlocked.CompareExchange(ref _claims, claims - 1, claims) == claims)
                return (int)claims - 1;
        }
    }

    /// <summary>Waits for the parts that workers have taken. A thread whose processor another one has taken cannot be hurried: who meets that, and not a long part, works alone for a while.</summary>
    static void Wait(int others, long begun, bool even)
    {
        if (Volatile.Read(ref _done) == others)
        {
            if (others > 0)
                _penalty = Math.Max(FewestAlone, _penalty / 2);
            return;
        }
        var worked = Stopwatch.GetTimestamp();
        for (SpinWait spin = default; Volatile.Read(ref _done) != others;)
            spin.SpinOnce(sleep1Threshold: -1);
        if (!even || Stopwatch.GetTimestamp() - worked <= worked - begun + Grace)
            return;
        _alone = _penalty;
        _penalty = Math.Min(MostAlone, 2 * _penalty);
    }

    /// <summary>Creates the workers for so many threads, so that the first call need not; while the team works it is left to that call. Work may be what asks, so nobody waits for its end here.</summary>
    public static void Prepare(int threads)
    {
        if (!Monitor.TryEnter(Busy))
            return;
        try
        {
            Enlarge(Math.Min(threads, Environment.ProcessorCount) - 1);
        }
        finally
        {
            Monitor.Exit(Busy);
        }
    }

    static void Enlarge(int workers)
    {
        if (_workers.Length >= workers || _ended)
            return;
        var enlarged = new Worker[workers];
        for (var worker = 0; worker < workers; worker++)
            enlarged[worker] = worker < _workers.Length ? _workers[worker] : new Worker(worker + 1);
        _workers = enlarged;
    }

    /// <summary>Ends the workers, after the call that they work for. Later calls do without.</summary>
    static void End()
    {
        lock (Busy)
        {
            _ended = true;
            foreach (var worker in _workers)
                worker.Wake();
            _workers = [];
        }
    }

    sealed class Worker
    {
        readonly SemaphoreSlim _wake = new(0);
        int _asleep;

        public Worker(int number) => new Thread(Work) { IsBackground = true, Name = $"GenNet worker {number}" }.Start();

        public void Wake()
        {
            if (Interlocked.Exchange(ref _asleep, 0) == 1)
                _wake.Release();
        }

        void Work()
        {
            for (var seen = Call; !_ended; seen = Call)
            {
                for (int part; (part = Claim()) >= 0;)
                {
                    // There is a part of it that is not done, so the call has not ended.
                    try
                    {
                        _work!.Execute(part, _parts);
                    }
                    catch (Exception e)
                    {
                        _failure = e;
                        while (Claim() >= 0)
                            Interlocked.Increment(ref _done);
                    }
                    Interlocked.Increment(ref _done);
                }
                for (var look = 0; look < Patience && Call == seen && !Volatile.Read(ref _ended); look++)
                    Thread.SpinWait(5);
                if (Call != seen || Volatile.Read(ref _ended))
                    continue;

                // A call may come between the last look and this flag: whoever clears the flag decides whether to wait.
                Interlocked.Exchange(ref _asleep, 1);
                if ((Call == seen && !Volatile.Read(ref _ended)) || Interlocked.Exchange(ref _asleep, 0) == 0)
                    _wake.Wait();
            }
        }

        static long Call => Volatile.Read(ref _claims) >> 32;
    }
}
