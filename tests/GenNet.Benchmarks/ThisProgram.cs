using System.Diagnostics;

namespace GenNet.Benchmarks;

/// <summary>This program, for another process with other settings of the JIT, which are read when a process starts.</summary>
static class ThisProgram
{
    public static ProcessStartInfo Start(params string[] arguments) => new(Environment.ProcessPath!, [Environment.GetCommandLineArgs()[0], .. arguments]);
}
