using System.Reflection;

namespace GenNet.Consumers.Tests;

/// <summary>
/// A temporary folder for projects, outside the repository so that none of its settings reach them, with a feed of the packages.
/// The packages' version exists in this run alone, so that no cache has them.
/// </summary>
static class Workshop
{
    static readonly string Repository = Metadata("Repository");
    static readonly string Configuration = Metadata("Configuration");
    static readonly Lazy<string> Root = new(Create);

    /// <summary>The version of the packages.</summary>
    public static string Version { get; } = $"0.1.0-test.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}";

    /// <summary>The folder of the packages.</summary>
    public static string Feed => Path.Combine(Root.Value, "feed");

    /// <summary>An empty folder.</summary>
    public static string CreateFolder(string name)
    {
        var folder = Path.Combine(Root.Value, name);
        Directory.CreateDirectory(folder);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        return folder;
    }

    /// <summary>Runs the SDK in a folder.</summary>
    public static ToolRun DotNet(string folder, params string[] arguments) => ToolRun.Start("dotnet", folder, arguments);

    static string Create()
    {
        var root = Directory.CreateTempSubdirectory("gennet-consumers-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete(root);
        File.WriteAllText(Path.Combine(root, "nuget.config"), """
            <configuration>
              <packageSources>
                <add key="feed" value="feed" />
              </packageSources>
            </configuration>
            """);
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            File.WriteAllText(Path.Combine(root, name), "<Project />");
        Pack(root, "src/GenNet/GenNet.csproj");
        return root;
    }

    static void Pack(string root, string project) =>
        DotNet(Repository, "pack", project, "--no-build", "-c", Configuration, $"-p:PackageVersion={Version}", "-o", Path.Combine(root, "feed")).Succeeded();

    static void Delete(string root)
    {
        Directory.Delete(root, recursive: true);
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var unpacked = Path.Combine(packages, "gennet", Version);
        if (Directory.Exists(unpacked))
            Directory.Delete(unpacked, recursive: true);
    }

    static string Metadata(string key) =>
        typeof(Workshop).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
}
