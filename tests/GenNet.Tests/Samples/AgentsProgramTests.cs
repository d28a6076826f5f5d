using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;
using GenNet.Tests.Files;
using ProcessTool = GenNet.Shared.Tool;

namespace GenNet.Tests.Samples;

/// <summary>The program of samples/Agents as users run it.</summary>
public sealed class AgentsProgramTests : TestFolder
{
    static readonly string Program = typeof(AgentsProgramTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "AgentsProgram").Value!;

    [Fact]
    public void The_last_lines_say_what_was_learnt_with_the_same_numbers_on_every_width_and_number_of_threads()
    {
        var lines = Lines("", "cartpole");
        Assert.DoesNotContain(lines, line => line.Contains('\u001b', StringComparison.Ordinal));
        Assert.All(lines[..^5], line => Assert.Matches(@"^ *\d+ steps   mean return +[\d.]+$", line));
        Assert.Equal($"replay: {Path("replay.html")}", lines[^5]);
        Assert.Matches("^policy: [0-9a-f]{16}$", lines[^4]);
        Assert.Matches(@"^mean return: (500\.0|4[89]\d\.\d) \(100 episodes\)$", lines[^3]);
        Assert.Matches(@"^training time: \d+\.\d s \(60,160 steps, PPO, 8 environments × 32 steps, start of the process included\)$", lines[^2]);
        Assert.Equal("allocated per step: 0 bytes", lines[^1]);
        Assert.Equal(lines[^4..^2], Lines("128", "cartpole", "--threads", "2")[^4..^2]);
    }

    [Theory]
    [InlineData("cartpole", 475, 100)]
    [InlineData("pendulum", -200, 1000)]
    [InlineData("acrobot", -120, 100)]
    [InlineData("cartpole-memory", 400, 100)]
    [InlineData("cartpole-dqn", 400, 100)]
    [InlineData("mountain-car", 90, 100)]
    [InlineData("track", 2, 100)]
    public void Results_are_printed_as_json_and_nothing_else(string task, double least, int episodes)
    {
        using var results = JsonDocument.Parse(Succeeds("", task, "--seed", "2", "--json"));
        var root = results.RootElement;
        Assert.Equal(
            ["task", "algorithm", "seed", "steps", "meanReturn", "episodes", "allocatedPerStep", "policy", "history", "trainingSeconds", "replay"], root.EnumerateObject().Select(property => property.Name));
        Assert.Equal((task, 2, episodes), (root.GetProperty("task").GetString(), root.GetProperty("seed").GetInt32(), root.GetProperty("episodes").GetInt32()));
        Assert.True(root.GetProperty("meanReturn").GetDouble() >= least, root.GetProperty("meanReturn").ToString());
        Assert.Equal(0, root.GetProperty("allocatedPerStep").GetDouble());
        var history = root.GetProperty("history").EnumerateArray().Select(point => point[0].GetInt64()).ToArray();
        Assert.Equal(root.GetProperty("steps").GetInt64(), history[^1]);
        Assert.Equal(history.Order(), history);

        var html = File.ReadAllText(Path("replay.html"));
        Assert.DoesNotMatch(@"https?:|//[a-z]|url\(|@import|@font-face|import\(|fetch\(| src=| href=|NaN", html);
        Assert.Matches(@"const frames = \[(\[(-?[\d.]+,)+\],){2,}\];", html);
    }

    [Fact]
    public void Curves_of_ten_seeds_are_a_picture()
    {
        var lines = Lines("", "mountain-car", "--seed", "3", "--episodes", "5", "--curves", Path("curves.svg"));
        Assert.Equal(10, lines.Length);
        Assert.All(lines, (line, i) => Assert.Matches($@"^seed {3 + i}: mean return 9\d\.\d \(5 episodes\)$", line));
        var svg = XDocument.Load(Path("curves.svg")).Root!;
        var curves = svg.Elements().Where(element => element.Name.LocalName == "polyline").ToArray();
        Assert.Equal([.. Enumerable.Repeat("run", 10), "median"], curves.Select(curve => curve.Attribute("class")!.Value));
        Assert.All(curves.SelectMany(curve => curve.Attribute("points")!.Value.Split(' ')).Select(point => point.Split(',')), point =>
        {
            Assert.InRange(double.Parse(point[0], CultureInfo.InvariantCulture), 56, 628);
            Assert.InRange(double.Parse(point[1], CultureInfo.InvariantCulture), 12, 200);
        });
        Assert.False(File.Exists(Path("replay.html")));
    }

    [Fact]
    public void Curves_of_ten_seeds_are_json_and_nothing_else_where_that_is_wanted()
    {
        using var results = JsonDocument.Parse(Succeeds("", "mountain-car", "--json", "--episodes", "5", "--curves", Path("curves.svg")));
        Assert.Equal(Path("curves.svg"), results.RootElement.GetProperty("curves").GetString());
        var runs = results.RootElement.GetProperty("runs").EnumerateArray().ToArray();
        Assert.Equal(Enumerable.Range(1, 10), runs.Select(run => run.GetProperty("seed").GetInt32()));
        Assert.All(runs, run => Assert.True(run.GetProperty("meanReturn").GetDouble() > 90 && run.GetProperty("history").GetArrayLength() > 1));
        Assert.True(File.Exists(Path("curves.svg")));
    }

    [Theory]
    [InlineData("Argument 'chess' not recognized.", "chess")]
    [InlineData("--episodes must be at least 1.", "cartpole", "--episodes", "0")]
    [InlineData("--threads must be at least 1.", "cartpole", "--threads", "0")]
    public void Mistakes_are_said_and_nothing_is_learnt(string message, params string[] arguments)
    {
        var result = Run("", arguments);
        Assert.False(result.Succeeded);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path("replay.html")));
    }

    string[] Lines(string bits, params string[] arguments) => [.. Succeeds(bits, arguments).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r'))];

    string Succeeds(string bits, params string[] arguments)
    {
        var result = Run(bits, arguments);
        Assert.True(result.Succeeded, result.Error);
        return result.Output;
    }

    ProcessTool.Result Run(string bits, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments, "--replay", Path("replay.html")]);
        if (bits.Length > 0)
            start.Environment["GENNET_VECTOR_BITS"] = bits;
        return ProcessTool.Run(start);
    }
}
