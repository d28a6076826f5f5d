using System.Diagnostics;
using System.Reflection;

namespace GenNet.Tests.Benchmarks;

/// <summary>The program that measures, run for what it prints and for what the JIT makes of it.</summary>
static class BenchmarksProgram
{
    static readonly string Path =
        typeof(BenchmarksProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == nameof(BenchmarksProgram)).Value!;

    public static ProcessStartInfo Start(params string[] arguments) => new("dotnet", [Path, .. arguments]);

    /// <summary>Runs it to its end and returns the lines that it prints.</summary>
    /// <param name="environment">Variables, and their values.</param>
    /// <param name="arguments">What it is told.</param>
    public static string[] Run(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = Start(arguments);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
