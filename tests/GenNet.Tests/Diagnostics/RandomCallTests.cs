using System.Globalization;
using System.Reflection;
using GenNet.Shared;
using GenNet.Tests.Generation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Tests.Diagnostics;

/// <summary>What the analyser says of calls with random arrays and spans is what the calls do when they run.</summary>
public class RandomCallTests
{
    const int CallsInProgram = 300;

    /// <summary>Up to C# 13 an array becomes a span by a conversion of the span's own, later by one of the language.</summary>
    [Theory]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.Preview)]
    public void Lengths_are_what_they_are_at_run_time(LanguageVersion language)
    {
        var (reported, missed, right) = (0, 0, 0);
        for (var program = 0; program < LongForm.Times; program++)
        {
            var calls = Enumerable.Range(0, CallsInProgram).Select(i => new RandomCall((ulong)(program * CallsInProgram + i + 1), $"Call{i}")).ToArray();
            var options = InMemoryCompiler.ParseOptions.WithLanguageVersion(language);
            var run = GeneratorHarness.Run(InMemoryCompiler.Driver().WithUpdatedParseOptions(options), Compilation(calls, options));
            var said = run.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToLookup(CallOf);
            Assert.Empty(said.SelectMany(group => group).Where(diagnostic => diagnostic.Id is not ("GN0018" or "GN0019" or "GN0020")).Select(diagnostic => $"{diagnostic}: {LineOf(diagnostic)}"));
            using var loaded = run.Load();
            var network = loaded.Create<INetwork>("Net", 1UL);
            for (var i = 0; i < calls.Length; i++)
            {
                var thrown = Run(loaded, $"Call{i}", network);
                var messages = said[$"Call{i}"].Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)).ToList();
                var about = $"{calls[i].Source}\nsaid: {string.Join("; ", messages)}\nthrown: {thrown?.GetType().Name} {thrown?.Message}";
                Assert.True(messages.Count == 0 || thrown is not null, $"A false error:\n{about}");
                var refused = thrown is ArgumentException && thrown.Message.StartsWith("Net.", StringComparison.Ordinal);
                Assert.False(refused && calls[i].IsFollowed && messages.Count == 0, $"A wrong length that is not reported:\n{about}");
                // The exception speaks of one of the two lengths.
                var length = thrown?.Message.Contains("room for", StringComparison.Ordinal) == true ? "room for" : " inputs, got";
                if (refused && thrown!.Message.StartsWith("Net.Forward expects", StringComparison.Ordinal))
                    Assert.All(
                        messages.Where(message => message.Contains(length, StringComparison.Ordinal)),
                        message => Assert.StartsWith(message.Replace("'", "").Split(':')[0] + ".", thrown.Message, StringComparison.Ordinal));
                reported += messages.Count > 0 ? 1 : 0;
                missed += refused && messages.Count == 0 ? 1 : 0;
                right += thrown is null ? 1 : 0;
            }
        }
        Assert.True(reported > 50 && missed > 5 && right > 25, $"The calls say little: {reported} reported, {missed} that nobody can know, {right} right.");
    }

    static CSharpCompilation Compilation(IEnumerable<RandomCall> calls, CSharpParseOptions options)
    {
        var compilation = GeneratorHarness.CreateCompilation([string.Join("\n\n", calls.Select(call => call.Source).Prepend(RandomCall.Surroundings))], options: options);
        return compilation.WithOptions(compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default));
    }

    static string LineOf(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree!.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line].ToString();

    static string CallOf(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree!.GetRoot().FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<ClassDeclarationSyntax>()?.Identifier.Text ?? "";

    static Exception? Run(LoadedProgram program, string type, INetwork network)
    {
        try
        {
            program.Call<object>(type, "Run", network, network.CreateTrainer(new Sgd(0.01), 8));
            return null;
        }
        catch (TargetInvocationException thrown)
        {
            return thrown.InnerException is TypeInitializationException { InnerException: { } inner } ? inner : thrown.InnerException;
        }
    }
}
