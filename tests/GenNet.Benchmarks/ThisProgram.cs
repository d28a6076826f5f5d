using System.Diagnostics;

namespace GenNet.Benchmarks;

/// <summary>This program, for another process with other settings of the JIT, which are read when a process starts.</summary>
static class ThisProgram
{
    public static ProcessStartInfo Start(params string[] arguments)
    {
        // A process either runs a host of its own, which finds the program, or dotnet, which is told.
        var host = Environment.ProcessPath!;
        return new(host, Path.GetFileNameWithoutExtension(host) == "dotnet" ? [Environment.GetCommandLineArgs()[0], .. arguments] : arguments);
    }
}
