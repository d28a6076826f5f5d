using System.Globalization;
using Microsoft.CodeAnalysis;

namespace GenNet.Tests.Generation;

/// <summary>A right program compiles with its networks, whatever else is in it: neither the compiler nor GenNet refuses it.</summary>
/// <remarks>The environment variable <c>GENNET_RANDOM_PROGRAMS</c> makes it so many instead of a few.</remarks>
public class RandomProgramTests
{
    const int Few = 25;

    static int Count => int.TryParse(Environment.GetEnvironmentVariable("GENNET_RANDOM_PROGRAMS"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : Few;

    [Fact]
    public void Valid_programs_compile()
    {
        for (var seed = 0; seed < Count; seed++)
        {
            var source = RandomProgram.Create(seed);
            var run = GeneratorHarness.Run(source);
            Assert.True(run.Diagnostics.Count == 0, $"Program {seed}: {string.Join('\n', run.Diagnostics.Take(5))}\n\n{source}");
            Assert.NotEmpty(run.Sources);
            Assert.True(run.Networks.All(network => network.Error is null) && run.Networks.Count == run.Sources.Count, $"Program {seed} is refused in silence:\n\n{source}");
        }
    }

    /// <summary>A mistake is a diagnostic of its own, and whatever the compiler says besides it says of the program without the generator too.</summary>
    [Fact]
    public void Mistakes_in_programs_are_diagnostics()
    {
        var found = new HashSet<string>();
        for (var seed = 0; seed < Count; seed++)
        {
            var random = new Random(seed);
            var mistake = new RandomMistake(random);
            // A pragma of the user's without numbers would silence what is looked for.
            var source = RandomProgram.Create(seed).Replace("#pragma warning disable\n", "", StringComparison.Ordinal);
            for (var mistakes = 1 + random.Next(2); mistakes > 0; mistakes--)
                source = mistake.Make(source);
            var compilation = GeneratorHarness.CreateCompilation([source]);
            compilation = compilation.WithOptions(compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default));
            var plain = compilation.GetDiagnostics().Where(IsError).Select(Describe).ToHashSet();
            var run = GeneratorHarness.Run(compilation);
            var said = run.Diagnostics.Where(diagnostic => IsError(diagnostic) || diagnostic.Id is "AD0001" or "CS8785").ToList();
            var ids = said.Select(diagnostic => diagnostic.Id).Where(id => id.StartsWith("GN", StringComparison.Ordinal)).ToHashSet();
            var raw = said.Where(diagnostic => !ids.Contains(diagnostic.Id)).Where(diagnostic => !plain.Contains(Describe(diagnostic))).ToList();
            var about = $"Program {seed}: {string.Join('\n', said.Take(5))}\n\n{source}";
            Assert.True(raw.Count == 0, $"The compiler's own:\n{string.Join('\n', raw)}\n{about}");
            Assert.True(ids.IsSubsetOf(mistake.Ids), about);
            Assert.True(ids.Count > 0 || mistake.Ids.Count == 0 || plain.Count > 0 || run.Networks.All(network => network.Error is null), about);
            found.UnionWith(ids);
        }
        Assert.True(found.Count > 10, string.Join(' ', found));
    }

    static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    static string Describe(Diagnostic diagnostic) => $"{diagnostic.Id} {diagnostic.Location.SourceTree?.FilePath} {diagnostic.Location.SourceSpan}";
}
