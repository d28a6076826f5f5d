using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using GenNet.Shared;

namespace GenNet.Mpi.Tests;

/// <summary>Starts the program of these tests on several ranks. What an MPI that is not installed cannot show is skipped.</summary>
/// <param name="Name">The MPI.</param>
/// <param name="Launcher">Its launcher, by the name that Debian's package gives it beside others.</param>
/// <param name="Arguments">What it needs to start more ranks than there are processors, by whomever.</param>
sealed record MpiRun(string Name, string Launcher, params string[] Arguments)
{
    public static readonly MpiRun OpenMpi = new("Open MPI", "mpirun.openmpi", "--allow-run-as-root", "--oversubscribe");

    public static readonly MpiRun Mpich = new("MPICH", "mpiexec.mpich");

    static string Program { get; } = typeof(MpiRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "RanksProgram").Value!;

    public bool IsInstalled => Array.Exists((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), folder => File.Exists(Path.Combine(folder, Launcher)));

    public void SkipUnlessInstalled() => Skip.IfNot(IsInstalled, $"{Name} is not installed: there is no {Launcher}");

    /// <summary>Runs the program without a launcher.</summary>
    public static string Alone(params string[] arguments) => Succeeded(Tool.Run(new ProcessStartInfo("dotnet", [Program, .. arguments])));

    /// <summary>Runs it on so many ranks, which must succeed; returns what it printed.</summary>
    public string Run(int ranks, params string[] arguments) => Succeeded(Try(ranks, arguments));

    /// <summary>Runs it on so many ranks.</summary>
    public Tool.Result Try(int ranks, params string[] arguments) => Tool.Run(Start(ranks, arguments));

    public ProcessStartInfo Start(int ranks, params string[] arguments) => new(Launcher, [.. Arguments, "-np", ranks.ToString(CultureInfo.InvariantCulture), "dotnet", Program, .. arguments]);

    static string Succeeded(Tool.Result result)
    {
        Assert.True(result.Succeeded, result.Output + result.Error);
        return result.Output;
    }

    public override string ToString() => Name;
}
