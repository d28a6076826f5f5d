using System.CommandLine;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace GenNet.Benchmarks.Kernels;

/// <summary><c>kernels</c>: times single kernels with BenchmarkDotNet.</summary>
static class KernelsCommand
{
    static readonly Type[] Benchmarks =
    [
        typeof(DenseBenchmarks),
        typeof(DenseRowBenchmarks),
        typeof(ActivationBenchmarks<>),
        typeof(OptimizerBenchmarks<>),
        typeof(LossBenchmarks),
        typeof(NormalizationBenchmarks),
        typeof(DropoutBenchmarks),
        typeof(RandomBenchmarks),
        typeof(TransposeBenchmarks),
    ];

    public static Command Create()
    {
        var command = new Command("kernels", "Times single kernels with BenchmarkDotNet, whose arguments may follow: --filter '*Dense*', --list flat.") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction(options =>
        {
            string[] arguments = [.. options.UnmatchedTokens];
            BenchmarkSwitcher.FromTypes(Benchmarks).Run(arguments.Length == 0 ? ["--filter", "*"] : arguments, Config());
        });
        return command;
    }

    static IConfig Config() => ManualConfig.CreateEmpty()
        .AddLogger(ConsoleLogger.Default)
        .AddColumnProvider(DefaultColumnProviders.Descriptor, DefaultColumnProviders.Params, DefaultColumnProviders.Statistics, DefaultColumnProviders.Metrics)
        .AddColumn(new GflopsColumn())
        .AddDiagnoser(BenchmarkDotNet.Diagnosers.MemoryDiagnoser.Default)
        .AddJob(Job.Default.WithIterationTime(TimeInterval.FromMilliseconds(50)).WithWarmupCount(4).WithIterationCount(12).AsDefault())
        // In this process: nothing is restored or built, and the kernels are the ones that were built with this program.
        .AddJob(new Job().WithToolchain(InProcessEmitToolchain.Instance).AsMutator())
        .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "kernels"))
        .WithOptions(ConfigOptions.JoinSummary);
}
