using System.Diagnostics;
using System.Runtime;

namespace GenNet.Startup;

/// <summary>The time, and what the JIT has done so far.</summary>
readonly record struct Moment(long Time, TimeSpan Compiling, long Methods)
{
    public static Moment Now()
    {
        var (compiling, methods) = (JitInfo.GetCompilationTime(), JitInfo.GetCompiledMethodCount());
        return new(Stopwatch.GetTimestamp(), compiling, methods);
    }
}
