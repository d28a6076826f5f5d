using System.Diagnostics;
using System.Text.RegularExpressions;

namespace GenNet.Consumers.Tests;

/// <summary>
/// Other processors compute the fingerprints of the golden files: with fused multiply-add those of golden.txt, without it those of golden.unfused.txt.
/// Programs with the networks compiled in are published for each. What emulates and links for them is installed by hand.
/// </summary>
[Trait("Category", "Hosts")]
public class ProcessorTests
{
    const string Properties = """
        <TargetFramework>net10.0</TargetFramework>
        <OutputType>Exe</OutputType>
        <ImplicitUsings>enable</ImplicitUsings>
        <InvariantGlobalization>true</InvariantGlobalization>
        <Nullable>enable</Nullable>
        """;

    const string Unfused = "128-bit vectors, no fused multiply-add";

    static readonly string[] Sources = ["Networks", "Fingerprint", "FingerprintSuite", "Program"];

    static readonly string[] Seeds = ["1", "2", "3"];

    static readonly Lazy<ConsumerProject> Web = new(PublishForTheWeb);

    [SkippableFact]
    public void Arm64_computes_the_golden_fingerprints()
    {
        Arm64.SkipUnlessInstalled();
        var project = Program("Arm64", Arm64.Properties);
        project.Publish().Succeeded();
        AssertGolden("golden.txt", "128-bit vectors, fused multiply-add", Seeds, Arm64.Run(project, Seeds));
    }

    [SkippableFact]
    public void WebAssembly_under_Node_computes_those_without_fused_multiply_add()
    {
        Packages.SkipUnless("nodejs", "/usr/bin/node");
        AssertGolden("golden.unfused.txt", Unfused, ["1"], Web.Value.RunWith("node", "wwwroot/main.mjs", "1"));
    }

    [SkippableFact]
    public void WebAssembly_in_a_page_of_Chromium_computes_those_without_fused_multiply_add()
    {
        Packages.SkipUnless("chromium", "/usr/bin/chromium");
        var project = Web.Value;
        using var server = new FolderServer(project.PathOf("out/wwwroot"));

        // The page sends what it shows when it has come to its end: a browser that writes a page out does not wait for that.
        var start = new ProcessStartInfo("chromium", ["--headless=new", "--no-sandbox", "--disable-gpu", "--log-level=3", "--remote-debugging-port=0", $"--user-data-dir={project.PathOf("profile")}", $"{server.Address}page.html?1"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var browser = Process.Start(start)!;
        var said = browser.StandardError.ReadToEndAsync();
        _ = browser.StandardOutput.ReadToEndAsync();
        var shownInTime = server.Sent.Wait(TimeSpan.FromMinutes(3));
        browser.Kill(entireProcessTree: true);
        browser.WaitForExit();
        Assert.True(shownInTime, $"The page did not come to its end: {said.Result}");
        var shown = Regex.Match(server.Sent.Result, "^(?<lines>.*)\nended with 0\n$", RegexOptions.Singleline);
        Assert.True(shown.Success, server.Sent.Result);
        AssertGolden("golden.unfused.txt", Unfused, ["1"], shown.Groups["lines"].Value);
    }

    [SkippableFact]
    public void X64_compiled_for_every_processor_computes_those_without_fused_multiply_add()
    {
        Skip.IfNot(ConsumerProject.Rid == "linux-x64" && File.Exists("/usr/bin/gcc"), "needs Linux on x64 with gcc");
        var project = Program("EveryProcessor",
            "<RuntimeIdentifier>linux-x64</RuntimeIdentifier><PublishAot>true</PublishAot><CppCompilerAndLinker>gcc</CppCompilerAndLinker><IlcInstructionSet>base</IlcInstructionSet>");
        project.Publish().Succeeded();
        AssertGolden("golden.unfused.txt", Unfused, Seeds, project.Run(null, Seeds));
    }

    static ConsumerProject Program(string name, string properties) =>
        new(name, Properties + properties, null, [.. Sources.Select(source => $"Fingerprints.{source}.cs")]);

    static ConsumerProject PublishForTheWeb()
    {
        var project = Program("WebAssembly", "<WasmFingerprintAssets>false</WasmFingerprintAssets><CompressionEnabled>false</CompressionEnabled>");
        project.Write("WebAssembly.csproj", project.Read("WebAssembly.csproj").Replace("Microsoft.NET.Sdk", "Microsoft.NET.Sdk.WebAssembly", StringComparison.Ordinal));
        Directory.CreateDirectory(project.PathOf("wwwroot"));
        foreach (var file in new[] { "main.mjs", "page.html", "page.mjs" })
            project.Write($"wwwroot/{file}", ConsumerProject.Source(file));
        project.Publish().Succeeded();
        return project;
    }

    static void AssertGolden(string file, string width, string[] seeds, string output)
    {
        var golden = ConsumerProject.Source(file).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(width, lines[^1]);
        Assert.Equal(golden.Where(line => seeds.Contains(line.Split(' ')[0])).Order(StringComparer.Ordinal), lines[..^1].Order(StringComparer.Ordinal));
    }
}
