using GenNet.Shared;
using GenNet.Tests.Generation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace GenNet.Tests.Diagnostics;

/// <summary>A project decides on GenNet's diagnostics as on the compiler's own.</summary>
public class SuppressionTests
{
    const string Wrong = "[Network(0, 1)] public partial class Net;";

    [Fact]
    public void Pragma() => AssertSilent(GeneratorHarness.Run($"""
        #pragma warning disable GN0003 // on purpose
        {Wrong}
        #pragma warning restore GN0003
        """));

    [Fact]
    public void Pragma_reaches_its_lines_only() => Assert.Equal(["GN0003"], Ids(GeneratorHarness.Run($"""
        #pragma warning disable GN0003
        #pragma warning restore GN0003
        {Wrong}
        """)));

    [Fact]
    public void Suppress_message() => AssertSilent(GeneratorHarness.Run(
        $"""[System.Diagnostics.CodeAnalysis.SuppressMessage("GenNet", "GN0003", Justification = "On purpose.")] {Wrong}"""));

    [Theory]
    [InlineData("error", DiagnosticSeverity.Error)]
    [InlineData("suggestion", DiagnosticSeverity.Info)]
    [InlineData("none", null)]
    public void Editorconfig(string severity, DiagnosticSeverity? expected)
    {
        var run = GeneratorHarness.Run(WithEditorconfig($"[*.cs]\ndotnet_diagnostic.GN0003.severity = {severity}\n"));
        Assert.Equal(expected is null ? [] : [expected.Value], run.Diagnostics.Select(diagnostic => diagnostic.Severity));
    }

    [Fact]
    public void A_network_that_is_wrong_on_purpose_says_so_when_it_is_created()
    {
        using var program = GeneratorHarness.Run(WithEditorconfig("[*.cs]\ndotnet_diagnostic.GN0003.severity = none\n")).CompileAndLoad();
        var exception = Assert.Throws<System.Reflection.TargetInvocationException>(() => program.Create<INetwork>("Net", 1UL)).InnerException;
        Assert.Equal("GN0003: 'Net' cannot have 0 inputs: give a size from 1 to 262,144", Assert.IsType<InvalidOperationException>(exception).Message);
    }

    static CSharpCompilation WithEditorconfig(string text)
    {
        var compilation = GeneratorHarness.CreateCompilation([Wrong]);
        var config = AnalyzerConfigSet.Create(new[] { AnalyzerConfig.Parse(SourceText.From("root = true\n" + text), "/project/.editorconfig") });
        return compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new Severities(config)));
    }

    static void AssertSilent(GeneratorRun run) => Assert.Empty(run.Diagnostics);

    static IEnumerable<string> Ids(GeneratorRun run) => run.Diagnostics.Select(diagnostic => diagnostic.Id);

    /// <summary>What the compiler reads from .editorconfig files.</summary>
    sealed class Severities(AnalyzerConfigSet config) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            config.GetOptionsForSourcePath("/project/" + Path.GetFileName(tree.FilePath)).TreeOptions.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = ReportDiagnostic.Default;
            return false;
        }
    }
}
