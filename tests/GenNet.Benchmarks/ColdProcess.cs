using System.Diagnostics;
using System.Globalization;
using System.Runtime;

namespace GenNet.Benchmarks;

/// <summary>
/// What a process that <see cref="ColdCommand"/> starts does, before anything of the command line is loaded: <c>cold-process STARTED WHAT</c>, where STARTED is
/// <see cref="Stopwatch.GetTimestamp"/> of the parent right before the start. That clock is the whole system's.
/// </summary>
static class ColdProcess
{
    public const string Argument = "cold-process";

    /// <summary>Training steps from one time to the next.</summary>
    public const int Steps = 100;

    /// <summary>Prints milliseconds.</summary>
    public static int Run(string[] arguments)
    {
        var started = long.Parse(arguments[1], CultureInfo.InvariantCulture);
        switch (arguments)
        {
            case [_, _, "nothing"]:
                Print(Since(started));
                break;
            case [_, _, "infer"]:
                ColdNetwork.All[0].Prepare("Forward")();
                Print(Since(started));
                break;
            case [_, _, "train"]:
                var step = ColdNetwork.All[1].Prepare("Step");
                var times = new long[Steps + 1];
                times[0] = Stopwatch.GetTimestamp();
                for (var i = 1; i <= Steps; i++)
                {
                    step();
                    times[i] = Stopwatch.GetTimestamp();
                }
                Print([Since(started), .. times.Zip(times.Skip(1), (from, to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds)]);
                break;
            case [_, _, "call", var network, var name]:
                var call = ColdNetwork.All.Single(other => other.Id == network).Prepare(name);
                var (compiling, methods) = (JitInfo.GetCompilationTime(), JitInfo.GetCompiledMethodCount());
                var before = Stopwatch.GetTimestamp();
                call();
                var elapsed = Since(before);
                Print(elapsed, (JitInfo.GetCompilationTime() - compiling).TotalMilliseconds, JitInfo.GetCompiledMethodCount() - methods);
                break;
            default:
                throw new ArgumentException($"There is no {string.Join(' ', arguments)}.", nameof(arguments));
        }
        return 0;
    }

    static double Since(long started) => Stopwatch.GetElapsedTime(started).TotalMilliseconds;

    static void Print(params double[] milliseconds) => Console.WriteLine(string.Join(' ', milliseconds.Select(value => value.ToString("R", CultureInfo.InvariantCulture))));
}
