using System.Diagnostics;
using GenNet.Generator;

namespace GenNet.Benchmarks;

/// <summary>Two projects in a temporary folder, one with networks and the generator, the other with the networks and the emitted code.</summary>
sealed class GeneratedProjects : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("gennet-generator-").FullName;

    public GeneratedProjects(string[] sources)
    {
        File.WriteAllText(Path.Combine(_root, "Directory.Build.props"), "<Project />");
        var generator = Path.Combine(_root, "GenNet.Generator.dll");
        File.Copy(typeof(NetworkGenerator).Assembly.Location, generator);
        Create("Generated", sources, $"""<Analyzer Include="{generator}" />""");
        Create("CheckedIn", [.. sources, .. GeneratorTimings.Emitted(sources).Values], "");
    }

    /// <summary>Builds both in turns, once more than is counted. Medians in milliseconds.</summary>
    public (double Generated, double CheckedIn) Build(int count, bool compilerServer)
    {
        var generated = new List<double>();
        var checkedIn = new List<double>();
        for (var build = 0; build <= count; build++)
        {
            generated.Add(Build("Generated", compilerServer));
            checkedIn.Add(Build("CheckedIn", compilerServer));
        }
        return (GeneratorTimings.Median(generated.Skip(1)), GeneratorTimings.Median(checkedIn.Skip(1)));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    void Create(string name, string[] sources, string items)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, name)).FullName;
        File.WriteAllText(Path.Combine(folder, $"{name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net{Environment.Version.Major}.0</TargetFramework>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{typeof(NetworkAttribute).Assembly.Location}" />
                {items}
              </ItemGroup>
            </Project>
            """);
        for (var i = 0; i < sources.Length; i++)
            File.WriteAllText(Path.Combine(folder, $"File{i}.cs"), sources[i]);
        DotNet("restore", folder);
    }

    double Build(string name, bool compilerServer)
    {
        var start = Stopwatch.GetTimestamp();
        DotNet("build", Path.Combine(_root, name), "-c", "Release", "--no-restore", "--no-incremental", $"-p:UseSharedCompilation={compilerServer}");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    static void DotNet(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} failed:\n{output}");
    }
}
