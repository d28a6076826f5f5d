using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using GenNet.Interrupted;

namespace GenNet.Tests.Files;

public sealed class KillTests : TestFolder
{
    const int Lanes = 2;
    const int StepsAfter = 3;

    /// <summary>More with GENNET_KILLS=1000, for example.</summary>
    static readonly int KillsOfLane = int.TryParse(Environment.GetEnvironmentVariable("GENNET_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 40;

    [Fact]
    public void A_run_killed_at_random_moments_goes_on_to_the_same_bits()
    {
        // Most of the time goes into starting processes, so two runs share it.
        var interrupted = new int[Lanes];
        Parallel.For(0, Lanes, lane => interrupted[lane] = KillOften(Path($"{lane}"), new RandomStream((ulong)lane)));
        Assert.True(interrupted.Sum() >= Lanes * KillsOfLane / 10, $"only {interrupted.Sum()} kills hit a file that was being written");
    }

    /// <summary>Returns how many kills hit a file that was being written.</summary>
    static int KillOften(string folder, RandomStream random)
    {
        var (never, hashes, interrupted) = (new LongRun(), new List<ulong>(), 0);
        for (var kill = 0; kill < KillsOfLane; kill++)
        {
            KillAfter(TimeSpan.FromMilliseconds(10 * random.NextDouble()), folder);
            interrupted += Directory.GetFiles(folder, "*.tmp").Length > 0 ? 1 : 0;

            var store = new CheckpointStore(folder);
            Assert.InRange(store.Paths.Count, 1, store.Keep + 1);
            var run = new LongRun();
            store.LoadNewest(run.Trainer, unreadable: fault => Assert.Fail(fault.Message));
            for (var step = 0; step < StepsAfter; step++)
                run.Step();

            // The run that never stopped, made only as far as needed.
            while (hashes.Count < run.Trainer.StepCount)
            {
                never.Step();
                hashes.Add(never.Hash);
            }
            Assert.Equal(hashes[(int)run.Trainer.StepCount - 1], run.Hash);
        }
        Assert.True(never.Trainer.StepCount > KillsOfLane, $"the run came to step {never.Trainer.StepCount} only");
        return interrupted;
    }

    static void KillAfter(TimeSpan time, string folder)
    {
        var program = typeof(KillTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "InterruptedProgram").Value!;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, folder]) { RedirectStandardOutput = true })!;
        Assert.Equal("running", process.StandardOutput.ReadLine());
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
            Thread.Yield();
        process.Kill();
        process.WaitForExit();
    }
}
