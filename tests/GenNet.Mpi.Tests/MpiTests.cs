using System.Diagnostics;

namespace GenNet.Mpi.Tests;

/// <summary>Programs that an MPI's launcher starts.</summary>
[Trait("Category", "Mpi")]
public sealed partial class MpiTests : IDisposable
{
    /// <summary>Seconds that a job may take to end after its ranks' patience, oversubscribed as they are here.</summary>
    const int Grace = 15;

    static readonly MpiRun[] Mpis = [MpiRun.OpenMpi, MpiRun.Mpich];

    readonly string _folder = Directory.CreateTempSubdirectory("gennet-mpi-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, int> Ranks => new() { { "Open MPI", 2 }, { "Open MPI", 3 }, { "Open MPI", 7 }, { "MPICH", 1 }, { "MPICH", 4 }, { "MPICH", 7 } };

    [SkippableTheory]
    [MemberData(nameof(Ranks))]
    public void Every_number_of_ranks_has_the_bits_of_a_program_by_itself(string name, int ranks)
    {
        var mpi = Installed(name);
        foreach (var run in new[] { "fit", "accumulate" })
            Assert.Equal(Results(MpiRun.Alone(run)), Results(mpi.Run(ranks, run, "--threads", ranks == 2 ? "2" : "1")));
    }

    [SkippableFact]
    public void A_run_goes_on_under_another_MPI_with_another_number_of_ranks()
    {
        foreach (var mpi in Mpis)
            mpi.SkipUnlessInstalled();
        var expected = Results(MpiRun.Alone("fit"));
        _ = MpiRun.OpenMpi.Run(3, "fit", "--folder", _folder, "--fault", "Stop", "--rank", "1");
        Assert.Equal(expected[^1], Results(MpiRun.Mpich.Run(4, "fit", "--folder", _folder))[^1]);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_agent_has_the_bits_of_a_program_by_itself_and_goes_on_under_another_MPI(bool isDqn)
    {
        foreach (var mpi in Mpis)
            mpi.SkipUnlessInstalled();
        string[] learn = ["learn", "--file", Path.Combine(_folder, "agent.safetensors"), .. isDqn ? ["--dqn"] : Array.Empty<string>()];
        var expected = Results(MpiRun.Alone(["learn", .. learn[3..], "--steps", "4000"]));
        _ = MpiRun.OpenMpi.Run(7, [.. learn, "--steps", "2100"]);
        _ = MpiRun.Mpich.Run(2, [.. learn, "--steps", "3000", "--threads", "2"]);
        Assert.Equal(expected[^1], Results(MpiRun.OpenMpi.Run(3, [.. learn, "--steps", "4000"]))[^1]);
    }

    [SkippableTheory]
    [InlineData("Open MPI", "Data", "rank 2 differs from rank 0 in the training data, in the validation data.")]
    [InlineData("MPICH", "Settings", "in Seed.")]
    [InlineData("Open MPI", "Exception", "Rank 2 of 3 ends the job: System.IO.IOException: the disk is full")]
    [InlineData("MPICH", "Exception", "Rank 2 of 3 ends the job: System.IO.IOException: the disk is full")]
    [InlineData("Open MPI", "Label", "Rank 2 of 3 ends the job: System.ArgumentOutOfRangeException: SmallNetwork.Step expects labels from 0 to 3, got 9")]
    [InlineData("MPICH", "Label", "Rank 2 of 3 ends the job: System.ArgumentOutOfRangeException: SmallNetwork.Step expects labels from 0 to 3, got 9")]
    [InlineData("Open MPI", "Diverge", "Rank 2: SmallNetwork.Step: the loss became NaN in step 6")]
    [InlineData("Open MPI", "Stall", "Rank 2 has not answered rank 0 for 2 s")]
    [InlineData("MPICH", "Stall", "Rank 2 has not answered rank 0 for 2 s")]
    [InlineData("Open MPI", "Exit", "Rank 2 of 3 ends the job: its process ends with exit code 0 and has not disposed of its MpiWorld")]
    [InlineData("MPICH", "Exit", "Rank 2 of 3 ends the job: its process ends with exit code 0 and has not disposed of its MpiWorld")]
    [InlineData("Open MPI", "Kill", "process rank 2")]
    [InlineData("MPICH", "Kill", "BAD TERMINATION OF ONE OF YOUR APPLICATION PROCESSES")]
    public void A_job_that_fails_ends_in_time_and_says_once_where_and_why(string name, string fault, string message)
    {
        const int Patience = 2;
        var mpi = Installed(name);
        var start = Stopwatch.GetTimestamp();
        var result = mpi.Try(3, "fit", "--fault", fault, "--rank", "2", "--timeout", $"{Patience}");
        Assert.False(result.Succeeded);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, Patience + Grace);
        var text = result.Output + result.Error;
        Assert.Contains(message, text, StringComparison.Ordinal);
        Assert.Equal(fault == "Kill" ? 0 : 1, text.Split("ends the job").Length - 1);
    }

    /// <summary>MPICH has some 2,000 communicators.</summary>
    [SkippableTheory]
    [InlineData("Open MPI")]
    [InlineData("MPICH")]
    public void Trainers_may_have_as_many_exchanges_as_they_like(string name)
    {
        var mpi = Installed(name);
        Assert.Equal(2, mpi.Run(2, "exchanges", "--steps", "5000").Split(": 12497500").Length - 1);
    }

    [SkippableFact]
    public void A_library_of_another_MPI_than_the_launchers_is_named()
    {
        foreach (var mpi in Mpis)
            mpi.SkipUnlessInstalled();
        var result = MpiRun.OpenMpi.Try(2, "fit", "--library", "libmpich.so.12");
        Assert.False(result.Succeeded);
        Assert.Contains("Open MPI's mpirun started 2 ranks, but MPICH", result.Error + result.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_library_that_is_not_there_is_named()
    {
        MpiRun.Mpich.SkipUnlessInstalled();
        var result = MpiRun.Mpich.Try(2, "fit", "--library", "libnowhere.so");
        Assert.False(result.Succeeded);
        Assert.Contains("mpiexec started this process, but none of its libraries can be loaded: libnowhere.so. Install the MPI", result.Error + result.Output, StringComparison.Ordinal);
    }

    static MpiRun Installed(string name)
    {
        var mpi = Mpis.Single(mpi => mpi.Name == name);
        mpi.SkipUnlessInstalled();
        return mpi;
    }

    /// <summary>The results of epochs and the fingerprint, without the number of ranks and what launchers say.</summary>
    internal static string[] Results(string output) => [.. output.Split('\n').Where(line => line.Contains(':', StringComparison.Ordinal)).Select(line => line[line.IndexOf(':', StringComparison.Ordinal)..])];
}
