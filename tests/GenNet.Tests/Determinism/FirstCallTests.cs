using System.Globalization;
using GenNet.Tests.Benchmarks;

namespace GenNet.Tests.Determinism;

/// <summary>
/// What the first call of a method costs is what the JIT compiles for it: methods are counted, as times depend on what else the machine does. A few more than today are let through, because another patch of the
/// runtime brings others compiled; a helper on the way of a first call, or a framework's method that comes without code for vectors, is one too many.
/// </summary>
public sealed class FirstCallTests : IDisposable
{
    const int Room = 2;

    readonly string _list = Path.GetTempFileName();

    public void Dispose() => File.Delete(_list);

    [Theory]
    [InlineData("17→64→64→6", "Forward", 11)]
    [InlineData("17→64→64→6", "CreateTrainer", 138)]
    [InlineData("17→64→64→6", "Step", 134)]
    [InlineData("784→128→64→10", "Forward", 16)]
    [InlineData("784→128→64→10", "CreateTrainer", 138)]
    [InlineData("784→128→64→10", "Step", 129)]
    public void Compiles_few_methods(string network, string call, int methods)
    {
        var count = Count(network, call, out var compiled);
        Assert.True(count <= methods + Room, $"The first {call} of {network} compiles {count} methods, {methods} were known:\n{string.Join('\n', compiled)}");
    }

    /// <summary>Counts what one processor compiles: on several, kernels are compiled beside the call.</summary>
    int Count(string network, string call, out IEnumerable<string> compiled)
    {
        var output = BenchmarksProgram.Run(new Dictionary<string, string>
        {
            ["DOTNET_PROCESSOR_COUNT"] = "1",
            ["DOTNET_JitStdOutFile"] = _list,
            ["DOTNET_JitDisasmSummary"] = "1",
        }, "cold-process", "0", "call", network, call);
        var count = int.Parse(output.Single().Split(' ')[2], CultureInfo.InvariantCulture);
        // Behind the call's methods come those that print the numbers.
        var lines = File.ReadAllLines(_list);
        compiled = lines.TakeWhile(line => !line.Contains("ColdProcess:Print", StringComparison.Ordinal)).TakeLast(count + 1);
        return count;
    }
}
