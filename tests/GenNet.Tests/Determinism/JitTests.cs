using System.Diagnostics;
using System.Text.RegularExpressions;
using GenNet.Tests.Benchmarks;

namespace GenNet.Tests.Determinism;

/// <summary>What the JIT made of the kernels and of generated code, from its own list of the methods it compiled.</summary>
public sealed partial class JitTests : IDisposable
{
    readonly string _list = Path.GetTempFileName();

    public void Dispose() => File.Delete(_list);

    /// <remarks>What the framework calls through its own interface of vectors is its own.</remarks>
    [GeneratedRegex(@"JIT compiled (GenNet\.Simd\.Simd(512|256|128):(?!get_Count)|System\.Runtime\.Intrinsics\.(?!.*ISimdVector))")]
    private static partial Regex LonelyWrapper();

    [GeneratedRegex(@"JIT compiled (?<method>.*) \[FullOpts.*code size=(?<size>\d+)\]")]
    private static partial Regex Optimized();

    [Theory]
    [InlineData("")]
    [InlineData("256")]
    [InlineData("128")]
    public void Every_kernel_is_optimised_and_inlines_its_vectors(string bits)
    {
        var methods = CompiledMethods(bits);
        Assert.Contains(methods, method => method.Contains("RegisterTile:Product2[", StringComparison.Ordinal) && method.Contains("FullOpts", StringComparison.Ordinal));
        Assert.DoesNotContain(methods, method => method.Contains("MinOpts", StringComparison.Ordinal));

        // A wrapper compiled on its own is called somewhere: the JIT ran out of inlining budget there.
        Assert.DoesNotContain(methods, LonelyWrapper().IsMatch);

        // The emitted Forward of one sample, and every kernel, stay small.
        var sizes = methods.Select(method => Optimized().Match(method)).Where(match => match.Success && !match.Groups["method"].Value.Contains("Microsoft", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(sizes);
        Assert.All(sizes, match => Assert.True(int.Parse(match.Groups["size"].Value) <= 12_000, match.Value));
    }

    string[] CompiledMethods(string bits)
    {
        var start = BenchmarksProgram.Start("fingerprint", "--suite");
        start.RedirectStandardOutput = true;
        start.Environment["DOTNET_JitStdOutFile"] = _list;
        start.Environment["DOTNET_JitDisasmSummary"] = "1";
        if (bits.Length > 0)
            start.Environment["GENNET_VECTOR_BITS"] = bits;
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return File.ReadAllLines(_list);
    }
}
