using System.Diagnostics;
using System.Reflection;
using GenNet.Interrupted;

namespace GenNet.Tests.Files;

public sealed class KillTests : TestFolder
{
    const int Kills = 200;
    const int StepsAfter = 3;

    [Fact]
    public void A_run_killed_at_random_moments_goes_on_to_the_same_bits()
    {
        var (random, never, wholes) = (new RandomStream(1), new LongRun(), new List<ulong>());
        var interrupted = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            KillAfter(TimeSpan.FromMilliseconds(20 * random.NextDouble()));
            interrupted += Directory.GetFiles(Folder, "*.tmp").Length > 0 ? 1 : 0;

            var store = new CheckpointStore(Folder);
            Assert.InRange(store.Paths.Count, 0, store.Keep + 1);
            var run = new LongRun();
            store.LoadNewest(run.Trainer, unreadable: fault => Assert.Fail(fault.Message));
            for (var step = 0; step < StepsAfter; step++)
                run.Step();

            // The run that never stopped, made only as far as needed.
            while (wholes.Count < run.Trainer.StepCount)
            {
                never.Step();
                wholes.Add(never.Hash);
            }
            Assert.Equal(wholes[(int)run.Trainer.StepCount - 1], run.Hash);
        }

        // The run came forward, and kills hit it while it wrote.
        Assert.True(never.Trainer.StepCount > Kills, $"only {never.Trainer.StepCount} steps");
        Assert.True(interrupted > Kills / 20, $"only {interrupted} kills hit a file that was being written");
    }

    void KillAfter(TimeSpan time)
    {
        var program = typeof(KillTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "InterruptedProgram").Value!;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, Folder]) { RedirectStandardOutput = true })!;
        Assert.Equal("running", process.StandardOutput.ReadLine());
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
            Thread.Yield();
        process.Kill();
        process.WaitForExit();
    }
}
