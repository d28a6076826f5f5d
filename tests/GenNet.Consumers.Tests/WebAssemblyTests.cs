using System.Diagnostics;
using System.Text.RegularExpressions;

namespace GenNet.Consumers.Tests;

/// <summary>WebAssembly computes the fingerprints of the golden file, beside the emulated processors of <see cref="ProcessorTests"/>. Node and the browser are installed by hand.</summary>
[Trait("Category", "Hosts")]
public class WebAssemblyTests
{
    static readonly Lazy<ConsumerProject> Web = new(PublishForTheWeb);

    [SkippableFact]
    public void WebAssembly_under_Node_computes_those_without_fused_multiply_add()
    {
        Packages.SkipUnless("nodejs", "/usr/bin/node");
        GoldenProgram.AssertGolden("golden.unfused.txt", GoldenProgram.Unfused, ["1"], Web.Value.RunWith("node", "wwwroot/main.mjs", "1"));
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
        GoldenProgram.AssertGolden("golden.unfused.txt", GoldenProgram.Unfused, ["1"], shown.Groups["lines"].Value);
    }

    static ConsumerProject PublishForTheWeb()
    {
        var project = GoldenProgram.Create("WebAssembly", "<WasmFingerprintAssets>false</WasmFingerprintAssets><CompressionEnabled>false</CompressionEnabled>");
        project.Write("WebAssembly.csproj", project.Read("WebAssembly.csproj").Replace("Microsoft.NET.Sdk", "Microsoft.NET.Sdk.WebAssembly", StringComparison.Ordinal));
        Directory.CreateDirectory(project.PathOf("wwwroot"));
        foreach (var file in new[] { "main.mjs", "page.html", "page.mjs" })
            project.Write($"wwwroot/{file}", ConsumerProject.Source(file));
        project.Publish().Succeeded();
        return project;
    }
}
