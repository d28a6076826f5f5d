using ProcessTool = GenNet.Shared.Tool;

namespace GenNet.Tests.Benchmarks;

/// <summary>The benchmarks of single kernels run; how fast they are is not tested.</summary>
public class KernelBenchmarkTests
{
    [Fact]
    public void Every_benchmark_runs_once()
    {
        var result = ProcessTool.Run(BenchmarksProgram.Start("kernels", "--runOncePerIteration", "--iterationCount", "1", "--warmupCount", "0"));
        Assert.True(result.Succeeded, result.Output[^Math.Min(2000, result.Output.Length)..] + result.Error);
        var measured = result.Output.Split('\n').Where(line => line.StartsWith('|')).Select(line => line.Split('|', '<')[1].Trim()).ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "DenseBenchmarks", "DenseRowBenchmarks", "ActivationBenchmarks", "OptimizerBenchmarks", "LossBenchmarks",
                "NormalizationBenchmarks", "DropoutBenchmarks", "RandomBenchmarks", "TransposeBenchmarks",
            },
            measured);
    }
}
