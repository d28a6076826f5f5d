using System.Diagnostics;

namespace Agents;

/// <summary>The start of the process, which learning is timed from: what the runtime and the JIT take is part of it.</summary>
static class Start
{
    static readonly DateTime OfProcess = Process.GetCurrentProcess().StartTime;

    public static double Seconds => (DateTime.Now - OfProcess).TotalSeconds;
}
