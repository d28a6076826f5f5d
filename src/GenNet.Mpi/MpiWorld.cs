using System.Runtime.InteropServices;
using GenNet.Mpi.Native;

namespace GenNet.Mpi;

/// <summary>The ranks of a job, one of which this process is. Dispose of it at the end of the program: <c>using var world = Mpi.Initialize();</c>.</summary>
public sealed unsafe class MpiWorld : IDisposable
{
    /// <summary>Seconds that ranks wait for others to speak.</summary>
    const double Turn = 1;

    readonly MpiOptions _options;
    readonly MpiLibrary? _library;
    readonly MpiLink _link;
    readonly List<PosixSignalRegistration> _signals = [];
    RankJobs? _jobs;
    bool _disposed;

    /// <summary>Whether somebody ends this process from outside, and says why if need be.</summary>
    volatile bool _isStopped;

    internal MpiWorld(MpiOptions options) => (_options, Ranks, Library, _link) = (options, 1, "none: this process was started by itself", new MpiLink(null));

    internal MpiWorld(MpiOptions options, MpiLibrary library, Launcher launcher)
    {
        (_options, _library, Library) = (options, library, library.Version);
        int provided, rank, ranks;
        MpiLibrary.Check(MpiCalls.MPI_Init_thread(null, null, library.Serialized, &provided), nameof(MpiCalls.MPI_Init_thread));
        MpiLibrary.Check(MpiCalls.MPI_Comm_rank(library.World, &rank), nameof(MpiCalls.MPI_Comm_rank));
        MpiLibrary.Check(MpiCalls.MPI_Comm_size(library.World, &ranks), nameof(MpiCalls.MPI_Comm_size));
        if (ranks != launcher.Ranks)
            throw new MpiException($"{launcher.Name} started {launcher.Ranks} ranks, but {library.Version.Split('\n', ',')[0]} sees {ranks}: it is another MPI than the launcher's. Name its file in MpiOptions.Library.");
        (Rank, Ranks, _link) = (rank, ranks, new MpiLink(library));
        AppDomain.CurrentDomain.UnhandledException += (_, e) => End(e.ExceptionObject);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => EndUnlessLeft();
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP, PosixSignal.SIGQUIT])
            _signals.Add(PosixSignalRegistration.Create(signal, _ => _isStopped = true));
    }

    /// <summary>The number of this rank, from 0.</summary>
    public int Rank { get; }

    /// <summary>The number of ranks: 1 where the program was started by itself.</summary>
    public int Ranks { get; }

    /// <summary>What the MPI library says of itself.</summary>
    public string Library { get; }

    /// <summary>What the ranks of a trainer, or of an agent, exchange gradients by, and what came of steps: <c>trainer.Exchange = world.Gradients();</c>. One for each trainer or agent; all ranks ask for it together.</summary>
    /// <exception cref="ObjectDisposedException">The world is disposed of.</exception>
    /// <exception cref="MpiException">MPI fails.</exception>
    public IRankExchange Gradients() => Join(_options.Timeout);

    /// <summary>What an evolution's ranks exchange by, which is what their networks are worth: <c>search.Exchange = world.Fitness();</c>. One for each search; all ranks ask for it together.</summary>
    /// <exception cref="ObjectDisposedException">The world is disposed of.</exception>
    /// <exception cref="MpiException">MPI fails.</exception>
    public IRankExchange Fitness() => Join(_options.Timeout);

    MpiExchange Join(TimeSpan timeout)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new MpiExchange(_link, Rank, Ranks, timeout);
    }

    /// <summary>
    /// Does jobs that need nothing of each other, each on one rank, and tells all ranks what came of them: settings to try, folds of a cross-validation, seeds. Rank r does the jobs r, r + <see cref="Ranks"/> and so on,
    /// each for as long as it takes.
    /// </summary>
    /// <param name="count">Number of jobs.</param>
    /// <param name="job">Does one, by its number from 0, and returns some numbers.</param>
    /// <returns>What each job returned, in the order of their numbers.</returns>
    /// <exception cref="RankFailedException">A job of another rank threw an exception. A rank whose own did throws it.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public IReadOnlyList<double[]> Map(int count, Func<int, double[]> job) => (_jobs ??= new RankJobs(Join(Timeout.InfiniteTimeSpan))).Run(count, job);

    /// <summary>Leaves the other ranks. Where this one gave up waiting for one of them, it ends the job.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _signals.ForEach(signal => signal.Dispose());
        _link.IsClosed = true;
        if (_library is null)
            return;
        if (_link.IsBroken)
            _ = MpiCalls.MPI_Abort(_library.World, 1);
        MpiLibrary.Check(MpiCalls.MPI_Finalize(), nameof(MpiCalls.MPI_Finalize));
    }

    /// <summary>
    /// Ends the job after an exception that nobody caught. Where several ranks have one, the others wait, so that one is heard: of those that say what happened elsewhere
    /// the first, and before them one where it happened.
    /// </summary>
    void End(object exception)
    {
        if (_disposed)
            return;
        Thread.Sleep(TimeSpan.FromSeconds(exception is RankFailedException ? Turn * (2 + Math.Min(Rank, 4)) : Rank > 0 ? Turn : 0));
        Abort($"{(exception is RankFailedException { Message: var message } ? message : exception)}", code: 1);
    }

    /// <summary>Ends the job where this process ends and has not left the others, which would wait for it: not every launcher ends them then, or says that something went wrong.</summary>
    void EndUnlessLeft()
    {
        if (!_disposed && !_isStopped)
            Abort($"its process ends with exit code {Environment.ExitCode} and has not disposed of its MpiWorld. Other ranks may wait for it: leave by returning from Main, with `using var world = Mpi.Initialize();` there.",
                Environment.ExitCode == 0 ? 1 : Environment.ExitCode);
    }

    void Abort(string why, int code)
    {
        _isStopped = true;
        Console.Error.WriteLine($"Rank {Rank} of {Ranks} ends the job: {why}");
        Console.Error.Flush();

        // Launchers kill the ranks at once, and forget what they have not passed on yet.
        Thread.Sleep(TimeSpan.FromSeconds(Turn / 4));
        _ = MpiCalls.MPI_Abort(_library!.World, code);
    }
}
