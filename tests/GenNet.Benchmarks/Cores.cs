using System.Diagnostics;
using GenNet.Shared;

namespace GenNet.Benchmarks;

/// <summary>The cores that everything timed runs on: the last ones of the machine, since the first serves most interrupts.</summary>
sealed class Cores
{
    readonly string? _list;

    public Cores(int count)
    {
        Count = count;
        var first = Math.Max(0, Environment.ProcessorCount - count);
        if (OperatingSystem.IsLinux() && Tool.Run("taskset", "--version") is { Succeeded: true })
            _list = string.Join(',', Enumerable.Range(first, Math.Min(count, Environment.ProcessorCount)));
    }

    public int Count { get; }

    public override string ToString() => _list is null
        ? "not pinned: that needs Linux and taskset (apt-get install util-linux)"
        : $"everything pinned to core {_list}";

    /// <summary>Pins this process's main thread and the threads that it starts.</summary>
    public void PinThisProcess()
    {
        if (_list is not null && OperatingSystem.IsLinux())
        {
            using var process = Process.GetCurrentProcess();
            process.ProcessorAffinity = (nint)_list.Split(',').Aggregate(0L, (mask, core) => mask | 1L << int.Parse(core));
        }
    }

    public ProcessStartInfo Pin(string program, string[] arguments) =>
        _list is null ? new(program, arguments) : new("taskset", ["-c", _list, program, .. arguments]);
}
