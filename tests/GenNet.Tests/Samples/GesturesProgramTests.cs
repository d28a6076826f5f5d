using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GenNet.Simd;
using GenNet.Tests.Files;
using ProcessTool = GenNet.Shared.Tool;

namespace GenNet.Tests.Samples;

/// <summary>The program of samples/Gestures as users run it.</summary>
public sealed partial class GesturesProgramTests : TestFolder
{
    static readonly string Program = typeof(GesturesProgramTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "GesturesProgram").Value!;

    [Fact]
    public void Redirected_output_is_plain_lines_with_the_same_numbers_on_every_vector_width()
    {
        var output = Succeeds("", "--seeds", "2");
        Assert.DoesNotContain('\u001b', output);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["circle", "eight", "zigzag", "cross"], lines.Where(line => line.Contains(", drawn in steps", StringComparison.Ordinal)).Select(line => line.Split(',')[0]));
        Assert.Equal(32, lines.Count(line => line.StartsWith("  step", StringComparison.Ordinal)));
        Assert.Matches("^seed 1: 200 drawings learnt in .* s, test accuracy 0\\.9", lines[0]);
        Assert.Matches("^seed 2: 200 drawings learnt in .* s, test accuracy 0\\.9", lines[1]);
        Assert.StartsWith("median test accuracy of 2 seeds: 0.9", lines[^2], StringComparison.Ordinal);
        Assert.Matches("^fingerprint: [0-9a-f]{16}$", lines[^1].TrimEnd());
        if (SimdWidth.HasFusedMultiplyAdd)
            Assert.Equal("fingerprint: 91af23e773feb397", lines[^1].TrimEnd());
        foreach (var bits in (string[])["128", "256"])
            Assert.Equal(WithoutTimes(output), WithoutTimes(Succeeds(bits, "--seeds", "2")));
    }

    [Fact]
    public void The_report_is_well_formed_and_needs_nothing_else()
    {
        Succeeds("", "--show", "0", "--seeds", "2");
        var text = File.ReadAllText(Path("report.html"));
        var html = XDocument.Parse(text).Root!;
        Assert.DoesNotContain(html.Descendants(), element => element.Name.LocalName is "link" or "img" or "iframe" or "object" or "embed" or "image" or "use" or "base");
        Assert.DoesNotContain(html.DescendantsAndSelf().Attributes(), attribute => attribute.Name.LocalName is "src" or "href" or "srcset" or "data" or "action");
        Assert.DoesNotMatch(@"https?:|//[a-z]|url\(|@import|@font-face|import\(|fetch\(", text);
        Assert.Contains("prefers-color-scheme: dark", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);

        // Every colour of the pictures has a value for light and for dark.
        var colours = Colour().Matches(text).Select(match => match.Groups["name"].Value).Distinct().ToArray();
        Assert.NotEmpty(colours);
        Assert.All(colours, colour => Assert.Equal(colour is "step" or "at" ? 0 : 2, Regex.Count(html.Descendants("style").Single().Value, $"--{colour}: ")));

        var traces = html.Descendants("figure").ToArray();
        Assert.InRange(traces.Length, 4, 8);
        Assert.All(traces, trace =>
        {
            // 64 steps of probabilities, four curves, and a picture of the state that fills no cell twice.
            Assert.Equal(64 * 4, trace.Attribute("data-p")!.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
            var pictures = trace.Descendants("svg").ToDictionary(svg => svg.Attribute("class")!.Value);
            Assert.Equal(4, pictures["chart"].Elements("path").Count());
            Assert.All(pictures["chart"].Elements("path"), path => Assert.Equal(64, path.Attribute("d")!.Value.Count(character => character is 'M' or 'L')));
            Assert.NotEmpty(pictures["paper"].Elements("path"));
            var filled = new HashSet<(int, int)>();
            foreach (Match piece in Piece().Matches(string.Concat(pictures["state"].Descendants("path").Select(path => path.Attribute("d")!.Value))))
                for (var step = 0; step < Number(piece, "width"); step++)
                {
                    Assert.InRange(Number(piece, "unit"), 0, 31);
                    Assert.InRange(Number(piece, "step") + step, 0, 63);
                    Assert.True(filled.Add((Number(piece, "unit"), Number(piece, "step") + step)));
                }
            Assert.InRange(filled.Count, 64 * 32 / 2, 64 * 32);
        });
    }

    [Fact]
    public void Results_are_written_as_json()
    {
        var output = Succeeds("", "--show", "0", "--examples", "40", "--seed", "3", "--json", Path("results.json"));
        using var results = JsonDocument.Parse(File.ReadAllText(Path("results.json")));
        var experiment = Assert.Single(results.RootElement.GetProperty("seeds").EnumerateArray());
        Assert.Equal((3, 40), (experiment.GetProperty("seed").GetInt32(), experiment.GetProperty("examples").GetInt32()));
        Assert.Equal(experiment.GetProperty("testAccuracy").GetDouble(), results.RootElement.GetProperty("medianTestAccuracy").GetDouble());
        Assert.Equal(20, experiment.GetProperty("accuracyWhileDrawn").GetArrayLength());
        Assert.EndsWith($"fingerprint: {experiment.GetProperty("fingerprint").GetString()}", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--mouse takes a terminal of at least 80 × 24 cells, with neither input nor output redirected.", "--mouse")]
    [InlineData("--examples must be at least 1, got 0.", "--examples", "0")]
    [InlineData("--seeds must be at least 1, got -1.", "--seeds", "-1")]
    [InlineData("--show takes 0 to 400.", "--show", "401")]
    [InlineData("--report: there is no folder /no/such.", "--report", "/no/such/file.html")]
    public void Mistakes_are_one_line(string message, params string[] arguments)
    {
        var result = Run("", arguments);
        Assert.False(result.Succeeded);
        Assert.Equal($"error: {message}", result.Error.Trim());
        Assert.Empty(result.Output);
    }

    /// <summary>The terminal is util-linux's script: what is typed is there before it is asked for.</summary>
    [Theory]
    [InlineData("--mouse", "\u001b[<0;9;9Mq", "\u001b[?1002h\u001b[?1006h", "\u001b[?1006l\u001b[?1002l")]
    [InlineData("--show 1", "", "\u001b[?1049h", "recognised from step")]
    public void A_terminal_is_left_as_it_was(string arguments, string typed, string begin, string end)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/script"))
            return;
        File.WriteAllText(Path("typed"), typed);
        var result = ProcessTool.Run("sh", "-c", $"TERM=xterm-256color script -qec \"stty cols 80 rows 24; dotnet '{Program}' {arguments} --report '{Path("report.html")}'\" /dev/null < '{Path("typed")}'");
        Assert.Contains("\u001b[?1049h", result.Output, StringComparison.Ordinal);
        Assert.Contains(begin, result.Output, StringComparison.Ordinal);
        Assert.Contains(end, result.Output[result.Output.IndexOf(begin, StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.True(result.Output.LastIndexOf("\u001b[?1049l", StringComparison.Ordinal) > result.Output.LastIndexOf("\u001b[H", StringComparison.Ordinal));
        Assert.True(result.Output.LastIndexOf("\u001b[?25h", StringComparison.Ordinal) > result.Output.LastIndexOf("\u001b[?25l", StringComparison.Ordinal));
        Assert.Matches("fingerprint: [0-9a-f]{16}\\s*$", result.Output);
    }

    string Succeeds(string bits, params string[] arguments)
    {
        var result = Run(bits, [.. arguments, "--report", Path("report.html")]);
        Assert.True(result.Succeeded, result.Error);
        return result.Output;
    }

    static ProcessTool.Result Run(string bits, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardInput = true };
        if (bits.Length > 0)
            start.Environment["GENNET_VECTOR_BITS"] = bits;
        return ProcessTool.Run(start);
    }

    static string WithoutTimes(string output) => Time().Replace(output, "");

    static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan);

    [GeneratedRegex(@"learnt in [\d.]+ s")]
    private static partial Regex Time();

    [GeneratedRegex(@"var\(--(?<name>[\w-]+)\)")]
    private static partial Regex Colour();

    [GeneratedRegex(@"M(?<step>\d+),(?<unit>\d+)h(?<width>\d+)v1h-\d+z")]
    private static partial Regex Piece();
}
