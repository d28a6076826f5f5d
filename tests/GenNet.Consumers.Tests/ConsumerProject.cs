using System.Runtime.InteropServices;

namespace GenNet.Consumers.Tests;

/// <summary>A project created from scratch that uses the package.</summary>
sealed class ConsumerProject
{
    readonly string _folder;

    /// <summary>Creates a project.</summary>
    /// <param name="name">Its folder.</param>
    /// <param name="properties">The lines of its property group.</param>
    /// <param name="items">The lines of its item group; the package unless given.</param>
    /// <param name="sources">The names of the <c>Programs</c> it is made of; all of them unless given.</param>
    public ConsumerProject(string name, string properties, string? items = null, params string[] sources)
    {
        _folder = Workshop.CreateFolder(name);
        Write($"{Name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {items ?? Package}
              </ItemGroup>
            </Project>
            """);
        foreach (var source in sources.Length > 0 ? sources : ["Networks.cs", "Program.cs"])
            Write(source, Source(source));
    }

    /// <summary>Its name, which its program has too.</summary>
    public string Name => Path.GetFileName(_folder);

    /// <summary>The reference to the package.</summary>
    public static string Package { get; } = PackageOfVersion(Workshop.Version);

    /// <summary>The reference to a version of the package.</summary>
    public static string PackageOfVersion(string version) => Reference("GenNet", version);

    /// <summary>The references to the packages beside it, which bring it along.</summary>
    public static string Companions { get; } = Reference("GenNet.Onnx", Workshop.Version) + Reference("GenNet.Images", Workshop.Version) + Reference("GenNet.Agents", Workshop.Version) + Reference("GenNet.Mpi", Workshop.Version);

    static string Reference(string package, string version) => $"""<PackageReference Include="{package}" Version="[{version}]" />""";

    /// <summary>This machine's runtime identifier.</summary>
    public static string Rid { get; } = RuntimeInformation.RuntimeIdentifier;

    /// <summary>One of the <c>Programs</c>.</summary>
    public static string Source(string name)
    {
        using var reader = new StreamReader(typeof(ConsumerProject).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>Adds or replaces a file.</summary>
    public void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);

    /// <summary>The whole path of a file.</summary>
    public string PathOf(string file) => Path.Combine(_folder, file);

    /// <summary>The text of a file.</summary>
    public string Read(string file) => File.ReadAllText(Path.Combine(_folder, file));

    /// <summary>A file that a build made.</summary>
    public byte[] Output(string file) => File.ReadAllBytes(Path.Combine(_folder, "out", file));

    /// <summary>Fetches packages only.</summary>
    public ToolRun Restore() => Workshop.DotNet(_folder, "restore");

    /// <summary>Builds.</summary>
    public ToolRun Build(params string[] options) => Build([], options);

    /// <summary>Builds with environment variables.</summary>
    public ToolRun Build(Dictionary<string, string> environment, params string[] options) =>
        ToolRun.Start("dotnet", _folder, ["build", "-o", "out", .. options], environment);

    /// <summary>Publishes. Skips the test where a package of the SDK's own is not to be had.</summary>
    public ToolRun Publish(params string[] options)
    {
        var run = Workshop.DotNet(_folder, ["publish", "-o", "out", .. options]);
        run.SkipWithoutPackages();
        return run;
    }

    /// <summary>Runs the built or published program.</summary>
    public string Run(IReadOnlyDictionary<string, string>? environment = null, params string[] arguments) =>
        ToolRun.Start(Path.Combine(_folder, "out", Name), _folder, arguments, environment).Succeeded();

    /// <summary>Runs another program in the folder of the published one.</summary>
    public string RunWith(string program, params string[] arguments) => ToolRun.Start(program, Path.Combine(_folder, "out"), arguments).Succeeded();

    /// <summary>The value of a property of the project.</summary>
    public string Property(string name, params string[] options) => Workshop.DotNet(_folder, ["msbuild", $"-getProperty:{name}", .. options]).Succeeded().Trim();
}
