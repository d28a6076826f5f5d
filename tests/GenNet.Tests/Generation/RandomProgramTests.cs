using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GenNet.Tests.Generation;

/// <summary>A right program compiles with its networks, whatever else is in it: neither the compiler nor GenNet refuses it.</summary>
/// <remarks>The environment variable <c>GENNET_RANDOM_PROGRAMS</c> makes it so many instead of a few.</remarks>
public class RandomProgramTests
{
    const int Few = RandomMistake.Kinds;

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
            // Each kind of mistake in its turn, in the first program that has a place for it, and after the first round perhaps another beside it.
            var (random, kind) = (new Random(seed), seed % RandomMistake.Kinds);
            RandomMistake mistake;
            string right, source;
            var (programs, tries) = (seed, 20);
            do
            {
                mistake = new RandomMistake(random);
                // A pragma of the user's without numbers would silence what is looked for.
                right = RandomProgram.Create(programs++).Replace("#pragma warning disable\n", "", StringComparison.Ordinal);
                source = mistake.Make(right, kind);
            }
            while (!mistake.IsSure && --tries > 0);
            if (seed >= RandomMistake.Kinds && random.Next(2) == 0)
                source = mistake.Make(source, random.Next(RandomMistake.Kinds));

            // What is emitted is missing without the generator, mistake or not.
            var missing = Errors(Compilation(right)).Select(Text).ToHashSet();
            var compilation = Compilation(source);
            var plain = Errors(compilation).ToLookup(Describe);
            var isRefused = plain.SelectMany(errors => errors).Any(error => !missing.Contains(Text(error)));
            var run = GeneratorHarness.Run(compilation);
            var said = run.Diagnostics.Where(diagnostic => IsError(diagnostic) || diagnostic.Id is "AD0001" or "CS8785").ToList();
            var ids = said.Select(diagnostic => diagnostic.Id).Where(id => id.StartsWith("GN", StringComparison.Ordinal)).ToHashSet();
            var raw = said.Where(diagnostic => !ids.Contains(diagnostic.Id)).Where(diagnostic => !plain.Contains(Describe(diagnostic))).ToList();
            var about = $"Program {seed}: {string.Join('\n', said.Take(5))}\n\n{source}";
            Assert.True(raw.Count == 0, $"The compiler's own:\n{string.Join('\n', raw)}\n{about}");
            Assert.True(ids.IsSubsetOf(mistake.Ids), about);
            Assert.True(ids.Count > 0 || isRefused || (!mistake.IsSure && run.Networks.All(network => network.Error is null)), $"Nothing is said:\n{about}");
            found.UnionWith(ids);
        }
        Assert.True(found.Count > 15, string.Join(' ', found));
    }

    static CSharpCompilation Compilation(string source)
    {
        var compilation = GeneratorHarness.CreateCompilation([source]);
        return compilation.WithOptions(compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default));
    }

    static IEnumerable<Diagnostic> Errors(CSharpCompilation compilation) => compilation.GetDiagnostics().Where(IsError);

    static string Text(Diagnostic diagnostic) => diagnostic.Id + diagnostic.GetMessage(CultureInfo.InvariantCulture);

    static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    static string Describe(Diagnostic diagnostic) => $"{diagnostic.Id} {diagnostic.Location.SourceTree?.FilePath} {diagnostic.Location.SourceSpan}";
}
