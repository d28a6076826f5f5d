using System.Reflection;
using GenNet.Tests.Files;
using ProcessTool = GenNet.Shared.Tool;

namespace GenNet.Tests.Commands;

/// <summary>The tool as its users get it.</summary>
public sealed class PackedToolTests : TestFolder
{
    [Fact]
    public void The_package_can_be_installed_and_run()
    {
        new Classifier(1).Save(Path("net.safetensors"));
        // Only this folder is a source: what is tested was packed here.
        File.WriteAllText(Path("nuget.config"), """
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="feed" />
              </packageSources>
            </configuration>
            """);
        DotNet("pack", Metadata("ToolProject"), "--no-build", "-c", Metadata("Configuration"), "-o", Path("feed"));
        DotNet("tool", "install", "GenNet.Tool", "--tool-path", Path("tools"), "--configfile", Path("nuget.config"));
        var result = ProcessTool.Run(Path("tools/gennet"), "convert", Path("net.safetensors"), Path("net.onnx"));
        Assert.True(result.Succeeded, result.Error);
        Assert.Contains("Dense 5→20 Tanh, Dense 20→3 Softmax", result.Output, StringComparison.Ordinal);
        result = ProcessTool.Run(Path("tools/gennet"), "check", Path("net.onnx"), "--network", "5-20-3 relu softmax");
        Assert.False(result.Succeeded);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void It_runs_from_the_repository()
    {
        new Classifier(1).Save(Path("net.safetensors"));
        var result = ProcessTool.Run("dotnet", "run", "--no-build", "-c", Metadata("Configuration"), "--project", Metadata("ToolProject"), "--", "inspect", Path("net.safetensors"));
        Assert.True(result.Succeeded, result.Output + result.Error);
        Assert.Contains("Dense 5→20 Tanh", result.Output, StringComparison.Ordinal);
    }

    static void DotNet(params string[] arguments)
    {
        var result = ProcessTool.Run("dotnet", arguments);
        Assert.True(result.Succeeded, result.Output + result.Error);
    }

    static string Metadata(string key) => typeof(PackedToolTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
