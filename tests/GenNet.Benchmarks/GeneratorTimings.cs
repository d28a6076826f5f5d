using System.Diagnostics;
using GenNet.Shared;
using Microsoft.CodeAnalysis;

namespace GenNet.Benchmarks;

/// <summary>Times of the generator inside this process, when it is warm, as in an editor or a compiler server. Medians in milliseconds.</summary>
static class GeneratorTimings
{
    /// <summary>What is measured, after as much that only warms up.</summary>
    const int Rounds = 20;

    /// <summary>From attributes to source of one network, whose size changes each time.</summary>
    public static double OneNetwork(int layers)
    {
        var edits = Enumerable.Range(0, 2).Select(edit => InMemoryCompiler.Parse(ManyNetworks.Source("Net", 20 + edit, Enumerable.Repeat(30, layers)))).ToArray();
        return Edits([], edits);
    }

    /// <summary>An edit of another file than the networks'.</summary>
    public static double KeyStrokeElsewhere(string[] sources) =>
        Edits(sources, [InMemoryCompiler.Parse("static class A { static int b; }"), InMemoryCompiler.Parse("static class A { static int bc; }")]);

    /// <summary>From text to assembly, with the generator and with the code that it emits.</summary>
    public static (double Generated, double CheckedIn) Compile(string[] sources)
    {
        var generated = new List<double>();
        var checkedIn = new List<double>();
        string[] both = [.. sources, .. Emitted(sources).Values];
        // Hundreds of networks take seconds each time, and vary less.
        var rounds = Math.Clamp(1000 / sources.Length, 3, Rounds);
        for (var round = 0; round < 2 * rounds; round++)
        {
            generated.Add(Milliseconds(() =>
            {
                InMemoryCompiler.Driver(tracksSteps: false).RunGeneratorsAndUpdateCompilation(Compilation(sources), out var compilation, out _);
                InMemoryCompiler.Emit(compilation);
            }));
            checkedIn.Add(Milliseconds(() => InMemoryCompiler.Emit(Compilation(both))));
        }
        return (Median(generated.Skip(rounds)), Median(checkedIn.Skip(rounds)));
    }

    /// <summary>The code that is emitted, by file name.</summary>
    public static IReadOnlyDictionary<string, string> Emitted(string[] sources) =>
        InMemoryCompiler.Driver(tracksSteps: false).RunGenerators(Compilation(sources)).GetRunResult().Results.Single().GeneratedSources
            .ToDictionary(source => source.HintName, source => source.SourceText.ToString());

    public static double Median(IEnumerable<double> times)
    {
        var sorted = times.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    static double Edits(string[] sources, SyntaxTree[] edits)
    {
        var written = Compilation(sources).AddSyntaxTrees(edits[0]);
        var driver = InMemoryCompiler.Driver(tracksSteps: false).RunGenerators(written);
        var times = new List<double>();
        for (var round = 0; round < 2 * Rounds; round++)
        {
            var edited = written.ReplaceSyntaxTree(edits[round % 2], edits[(round + 1) % 2]);
            times.Add(Milliseconds(() => driver = driver.RunGenerators(edited)));
            written = edited;
        }
        return Median(times.Skip(Rounds));
    }

    public static Compilation Compilation(string[] sources) =>
        InMemoryCompiler.Compilation(sources.Select(InMemoryCompiler.Parse), NullableContextOptions.Enable, OptimizationLevel.Release);

    static double Milliseconds(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
