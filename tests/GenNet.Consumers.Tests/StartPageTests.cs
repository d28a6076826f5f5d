using System.Globalization;
using System.Text.RegularExpressions;

namespace GenNet.Consumers.Tests;

/// <summary>docs/start.md, followed word for word beside a clone of the repository and otherwise in an empty folder.</summary>
[Trait("Category", "Consumers")]
public sealed partial class StartPageTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("gennet-start-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void The_page_leads_to_a_trained_saved_and_natively_compiled_network()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && (File.Exists("/usr/bin/clang") || File.Exists("/usr/bin/gcc")), "needs Linux with clang or gcc");
        Clone(Path.Combine(_folder, "GenNet"));
        // A version that exists in this run alone, so that no cache has it.
        var environment = new Dictionary<string, string> { ["PackageVersion"] = Workshop.Version };
        if (!File.Exists("/usr/bin/clang"))
            environment["CppCompilerAndLinker"] = "gcc";
        var page = new StartPage(File.ReadAllText(Path.Combine(Workshop.Repository, "docs", "start.md")), _folder, environment);

        var outputs = new List<string>();
        foreach (var run in page.Follow())
        {
            run.SkipWithoutPackages();
            outputs.Add(run.Succeeded());
        }

        var trained = outputs.Single(output => Score().IsMatch(output));
        Assert.True(double.Parse(Score().Match(trained).Groups[1].Value, CultureInfo.InvariantCulture) > 90, trained);
        Assert.True(File.Exists(Path.Combine(_folder, "Circle", "circle.safetensors")));
        // The program that only predicts says the same, compiled ahead of time: no runtime is beside it.
        Assert.Contains(Probability().Match(trained).Value, outputs[^1], StringComparison.Ordinal);
        Assert.NotEmpty(Probability().Match(trained).Value);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder, "Circle", "app"), "*.dll"));
    }

    /// <summary>What a clone contains of what is packed: nothing that was built.</summary>
    static void Clone(string target)
    {
        foreach (var part in new[] { "src", "generator", "docs" })
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Workshop.Repository, part), "*", SearchOption.AllDirectories))
                if (!Built().IsMatch(Path.GetRelativePath(Workshop.Repository, file)))
                    Copy(file);
        foreach (var file in Directory.EnumerateFiles(Workshop.Repository))
            Copy(file);

        void Copy(string file)
        {
            var copy = Path.Combine(target, Path.GetRelativePath(Workshop.Repository, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    [GeneratedRegex(@"[/\\](bin|obj)[/\\]")]
    private static partial Regex Built();

    [GeneratedRegex(@"([\d.]+) ?% of \d+ new points are told right")]
    private static partial Regex Score();

    [GeneratedRegex(@"\(0\.1, 0\.2\) is in the circle with probability [\d.]+")]
    private static partial Regex Probability();
}
