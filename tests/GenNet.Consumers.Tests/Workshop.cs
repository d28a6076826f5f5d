using System.IO.Compression;
using System.Reflection;
using System.Text;

namespace GenNet.Consumers.Tests;

/// <summary>
/// A temporary folder for projects, outside the repository so that none of its settings reach them, with a feed of the packages.
/// The packages' version exists in this run alone, so that no cache has them.
/// </summary>
static class Workshop
{
    static readonly Lazy<string> Root = new(Create);

    /// <summary>The version of the packages. It is a stable one, which <c>dotnet add package</c> looks for.</summary>
    public static string Version { get; } = $"0.1.{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.{Environment.ProcessId}";

    /// <summary>The folder of the packages.</summary>
    public static string Feed => Path.Combine(Root.Value, "feed");

    /// <summary>Debug or Release, as the tests are.</summary>
    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>The repository.</summary>
    public static string Repository { get; } = Metadata("Repository");

    /// <summary>An empty folder.</summary>
    public static string CreateFolder(string name)
    {
        var folder = Path.Combine(Root.Value, name);
        Directory.CreateDirectory(folder);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        return folder;
    }

    /// <summary>Adds a copy of the package, with one file changed, to the feed.</summary>
    /// <returns>The reference to it.</returns>
    public static string ChangePackage(string name, string file, Func<byte[], byte[]> change)
    {
        var version = $"{Version}-{name}";
        var copy = Path.Combine(Feed, $"GenNet.{version}.nupkg");
        File.Copy(Path.Combine(Feed, $"GenNet.{Version}.nupkg"), copy);
        using var package = ZipFile.Open(copy, ZipArchiveMode.Update);
        Replace(package, file, change);
        Replace(package, "GenNet.nuspec", bytes => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace(Version, version, StringComparison.Ordinal)));
        return ConsumerProject.PackageOfVersion(version);
    }

    /// <summary>Runs the SDK in a folder.</summary>
    public static ToolRun DotNet(string folder, params string[] arguments) => ToolRun.Start("dotnet", folder, arguments);

    /// <summary>Removes the folder, and the packages from NuGet's own.</summary>
    public static void Delete()
    {
        if (!Root.IsValueCreated)
            return;
        Directory.Delete(Root.Value, recursive: true);
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (var unpacked in new[] { "gennet", "gennet.onnx", "gennet.images", "gennet.agents", "gennet.mpi" }.Select(name => new DirectoryInfo(Path.Combine(packages, name))).Where(folder => folder.Exists))
            foreach (var package in unpacked.EnumerateDirectories($"{Version}*"))
                package.Delete(recursive: true);
    }

    static string Create()
    {
        var root = Directory.CreateTempSubdirectory("gennet-consumers-").FullName;
        File.WriteAllText(Path.Combine(root, "nuget.config"), """
            <configuration>
              <packageSources>
                <add key="feed" value="feed" />
              </packageSources>
            </configuration>
            """);
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            File.WriteAllText(Path.Combine(root, name), "<Project />");
        foreach (var project in Metadata("PackedProjects").Split(';'))
            DotNet(Path.Combine(Repository, "tests", "GenNet.Consumers.Tests"), "pack", project, "--no-build", "-c", Configuration, $"-p:PackageVersion={Version}", "-o", Path.Combine(root, "feed")).Succeeded();
        return root;
    }

    static void Replace(ZipArchive package, string file, Func<byte[], byte[]> change)
    {
        var old = package.GetEntry(file)!;
        using var bytes = new MemoryStream();
        using (var stream = old.Open())
            stream.CopyTo(bytes);
        old.Delete();
        using var changed = package.CreateEntry(file).Open();
        changed.Write(change(bytes.ToArray()));
    }

    static string Metadata(string key) =>
        typeof(Workshop).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
}
