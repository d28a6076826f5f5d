using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace GenNet.Consumers.Tests;

/// <summary>The program of samples/GameLoop, a game of SDL 2 that learns while it is played, without a screen.</summary>
[Trait("Category", "Hosts")]
public class GameLoopTests
{
    [SkippableFact]
    public void Six_hundred_frames_learn_and_allocate_nothing()
    {
        var output = Run("dummy").Succeeded();
        double Number(string line) => double.Parse(Assert.Single(Regex.Matches(output, $"^{line}\\r?$", RegexOptions.Multiline)).Groups[1].Value, CultureInfo.InvariantCulture);

        Assert.True(Number(@"learnt: (\d+) updates, [\d,]+ steps; mean return \d+ at first, \d+ at last") > 1, output);
        Assert.Equal(600, Number(@"frames: (\d+) in \d+\.\d s"));
        Assert.InRange(Number(@"acting and learning: ([\d.]+) % of the frames under 2 ms, median \d+\.\d\d ms, longest \d+\.\d\d ms"), 0, 100);
        Assert.Equal(0, Number(@"allocated in frames: (\d+) bytes"));
    }

    [SkippableFact]
    public void What_SDL_cannot_do_is_said_in_one_line() => Assert.Matches(@"^error: SDL: \S.*\r?\n$", Run("none").Failed());

    static ToolRun Run(string videoDriver)
    {
        Skip.IfNot(NativeLibrary.TryLoad("libSDL2-2.0.so.0", out _), "needs libsdl2-2.0-0, installed by the system's package manager");
        var folder = Path.Combine(Workshop.Repository, "samples", "GameLoop", "bin", Workshop.Configuration, "net10.0");
        return ToolRun.Start("dotnet", folder, ["GameLoop.dll"], new Dictionary<string, string> { ["SDL_VIDEODRIVER"] = videoDriver });
    }
}
