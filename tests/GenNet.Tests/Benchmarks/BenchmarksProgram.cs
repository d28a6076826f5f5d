using System.Diagnostics;
using System.Reflection;

namespace GenNet.Tests.Benchmarks;

/// <summary>The program that measures, run for what it prints and for what the JIT makes of it.</summary>
static class BenchmarksProgram
{
    static readonly string Path =
        typeof(BenchmarksProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == nameof(BenchmarksProgram)).Value!;

    public static ProcessStartInfo Start(params string[] arguments) => new("dotnet", [Path, .. arguments]);
}
