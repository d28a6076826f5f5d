using System.Diagnostics;
using System.Globalization;

namespace GenNet.Mpi.Tests;

/// <summary>Jobs of which one rank is killed at random moments.</summary>
[Trait("Category", "Mpi")]
public sealed class KillTests : IDisposable
{
    static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(15);

    static readonly string[] Fit = ["fit", "--samples", "20000", "--epochs", "60"];

    /// <summary>More with GENNET_RANK_KILLS=50, for example.</summary>
    static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("GENNET_RANK_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 5;

    readonly string _folder = Directory.CreateTempSubdirectory("gennet-kills-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void A_job_whose_ranks_are_killed_goes_on_to_the_same_bits()
    {
        MpiRun[] mpis = [.. new[] { MpiRun.OpenMpi, MpiRun.Mpich }.Where(mpi => mpi.IsInstalled)];
        Skip.If(mpis.Length == 0, "no MPI is installed");
        var random = new RandomStream(1);
        var (expected, hit) = (MpiTests.Results(MpiRun.Alone(Fit))[^1], 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            var ranks = 2 + random.NextInt32(3);
            hit += KillOne(mpis[kill % mpis.Length], ranks, random.NextInt32(ranks), TimeSpan.FromSeconds(1.5 * random.NextDouble())) ? 1 : 0;
            CheckFiles();
            if (kill % 5 == 4)
            {
                Assert.Equal(expected, MpiTests.Results(mpis[^1].Run(2, [.. Fit, "--folder", _folder]))[^1]);
                Array.ForEach(Directory.GetFiles(_folder), File.Delete);
            }
        }
        Assert.True(hit > Kills / 2, $"{hit} of {Kills} jobs were killed before they were done");
    }

    /// <summary>Kills a rank, unless the job is done before; returns whether it was.</summary>
    bool KillOne(MpiRun mpi, int ranks, int rank, TimeSpan after)
    {
        var start = mpi.Start(ranks, [.. Fit, "--folder", _folder]);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var job = Process.Start(start)!;
        var error = job.StandardError.ReadToEndAsync();
        var prefix = $"rank {rank} is process ";
        string? line;
        while ((line = job.StandardOutput.ReadLine()) is not null && !line.Contains(prefix, StringComparison.Ordinal)) ;
        Assert.NotNull(line);
        var output = job.StandardOutput.ReadToEndAsync();
        Thread.Sleep(after);
        try
        {
            using var process = Process.GetProcessById(int.Parse(line[(line.IndexOf(prefix, StringComparison.Ordinal) + prefix.Length)..], CultureInfo.InvariantCulture));
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It is done.
        }
        Assert.True(job.WaitForExit(LongestEnd), $"{mpi}'s job of {ranks} ranks went on for {LongestEnd.TotalSeconds} s after rank {rank} was killed");
        Assert.Equal(job.ExitCode == 0, output.Result.Contains($"{ranks} ranks: ", StringComparison.Ordinal));
        _ = error.Result;
        return job.ExitCode != 0;
    }

    /// <summary>Every checkpoint is whole.</summary>
    void CheckFiles()
    {
        foreach (var path in new CheckpointStore(_folder).Paths)
            Assert.NotEmpty(SafeTensorsFile.Open(path).Tensors);
    }
}
