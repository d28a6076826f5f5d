using System.CommandLine;
using System.Diagnostics;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Order;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace GenNet.Benchmarks.Kernels;

/// <summary><c>kernels</c>: times single kernels with BenchmarkDotNet.</summary>
static class KernelsCommand
{
    const string Delay = "DOTNET_TC_CallCountingDelayMs";

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
            if (Environment.GetEnvironmentVariable(Delay) != "0")
                return RunAgain(arguments);
            var summaries = BenchmarkSwitcher.FromTypes(Benchmarks).Run(arguments.Contains("--filter") || arguments.Contains("--list") ? arguments : [.. arguments, "--filter", "*"], Config());
            return summaries.All(summary => summary.Reports.All(report => report.Success)) ? 0 : 1;
        });
        return command;
    }

    /// <summary>The same in a process whose JIT optimises what calls the kernels after 30 calls, at once: else it might be during a measurement.</summary>
    static int RunAgain(string[] arguments)
    {
        var start = ThisProgram.Start(["kernels", .. arguments]);
        start.Environment[Delay] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    static IConfig Config() => ManualConfig.CreateEmpty()
        .AddLogger(ConsoleLogger.Default)
        .AddColumnProvider(DefaultColumnProviders.Descriptor, DefaultColumnProviders.Params)
        .AddColumn(StatisticColumn.Min, StatisticColumn.Mean, StatisticColumn.Error, new GflopsColumn())
        .WithOrderer(new DefaultOrderer(SummaryOrderPolicy.Declared))
        .AddJob(Job.Default.WithIterationTime(TimeInterval.FromMilliseconds(50)).WithWarmupCount(5).WithIterationCount(12).AsDefault())
        // In this process: nothing is restored or built, and the kernels are the ones that were built with this program.
        .AddJob(new Job().WithToolchain(InProcessEmitToolchain.Instance).AsMutator())
        .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "kernels"))
        .WithOptions(ConfigOptions.JoinSummary);
}
