namespace GenNet.Kernels;

/// <summary>Work that several threads share: each executes its part.</summary>
abstract class SharedWork
{
    /// <summary>Executes part number <paramref name="part"/> of <paramref name="parts"/>.</summary>
    public abstract void Execute(int part, int parts);
}

/// <summary>The threads that work together when <see cref="Parallelism.Threads"/> is more than one. Nothing is allocated for a call.</summary>
static class WorkerTeam
{
    /// <summary>Looks at the next call's signal before a worker sleeps: some tens of microseconds.</summary>
    const int Patience = 2000;

    static readonly object Busy = new();
    static Worker[] _workers = [];
    static SharedWork? _work;
    static int _parts, _pending;
    static bool _ended;

    static WorkerTeam() => Unloading.Register(End);

    /// <summary>Executes all parts of the work, on as many threads as there are parts; on the caller's alone while the team works for another caller.</summary>
    public static void Run(SharedWork work, int parts)
    {
        // The team's work is a method of its own, which one thread's first call need not compile.
        if (parts > 1 && Monitor.TryEnter(Busy))
            RunTogether(work, parts);
        else
            for (var part = 0; part < parts; part++)
                work.Execute(part, parts);
    }

    static void RunTogether(SharedWork work, int parts)
    {
        try
        {
            Enlarge(parts - 1);
            var workers = Math.Min(parts - 1, _workers.Length);
            _work = work;
            _parts = parts;
            Volatile.Write(ref _pending, workers);
            for (var worker = 0; worker < workers; worker++)
                _workers[worker].Start();
            work.Execute(0, parts);

            // Those of workers that have ended.
            for (var part = workers + 1; part < parts; part++)
                work.Execute(part, parts);
        }
        finally
        {
            while (Volatile.Read(ref _pending) > 0)
                Thread.SpinWait(10);
            _work = null;
            Monitor.Exit(Busy);
        }
    }

    /// <summary>Creates the workers for so many threads, so that the first call need not.</summary>
    public static void Prepare(int threads)
    {
        lock (Busy)
            Enlarge(threads - 1);
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
            _work = null;
            _parts = 0;
            foreach (var worker in _workers)
                worker.Start();
            _workers = [];
        }
    }

    sealed class Worker
    {
        readonly SemaphoreSlim _wake = new(0);
        readonly int _part;
        int _calls, _asleep;

        public Worker(int part)
        {
            _part = part;
            new Thread(Work) { IsBackground = true, Name = $"GenNet worker {part}" }.Start();
        }

        public void Start()
        {
            Interlocked.Increment(ref _calls);
            if (Interlocked.Exchange(ref _asleep, 0) == 1)
                _wake.Release();
        }

        void Work()
        {
            for (var done = 0; ; done++)
            {
                for (var look = 0; look < Patience && Volatile.Read(ref _calls) == done; look++)
                    Thread.SpinWait(5);
                if (Volatile.Read(ref _calls) == done)
                {
                    // A call may come between the last look and this flag: whoever clears the flag decides whether to wait.
                    Interlocked.Exchange(ref _asleep, 1);
                    if (Volatile.Read(ref _calls) == done || Interlocked.Exchange(ref _asleep, 0) == 0)
                        _wake.Wait();
                }
                if (_work is not { } work)
                    return;
                work.Execute(_part, _parts);
                Interlocked.Decrement(ref _pending);
            }
        }
    }
}
