using System.Diagnostics;
using GenNet.Shared;

namespace GenNet.Benchmarks;

/// <summary>The cores that everything timed runs on: the last ones that this process may use, since the machine's first serves most interrupts.</summary>
sealed class Cores
{
    readonly nint _mask;
    readonly string? _list;

    public Cores(int threads)
    {
        Threads = threads;
        if (!OperatingSystem.IsLinux() || Tool.Run("taskset", "--version") is not { Succeeded: true })
            return;
        using var process = Process.GetCurrentProcess();
        var allowed = process.ProcessorAffinity;
        var cores = Enumerable.Range(0, 8 * nint.Size).Where(core => (allowed >> core & 1) != 0).TakeLast(threads).ToArray();
        _mask = cores.Aggregate((nint)0, (mask, core) => mask | (nint)1 << core);
        _list = string.Join(',', cores);
    }

    /// <summary>Threads of each contender, one a core.</summary>
    public int Threads { get; }

    public override string ToString() => _list is null
        ? "not pinned: that needs Linux and taskset (apt-get install util-linux)"
        : $"everything pinned to core {_list}";

    /// <summary>Pins this process's main thread and the threads that it starts.</summary>
    public void PinThisProcess()
    {
        if (_list is not null && OperatingSystem.IsLinux())
        {
            using var process = Process.GetCurrentProcess();
            process.ProcessorAffinity = _mask;
        }
    }

    public ProcessStartInfo Pin(string program, string[] arguments) =>
        _list is null ? new(program, arguments) : new("taskset", ["-c", _list, program, .. arguments]);
}
