using System.Text;
using GenNet.Generator.Emission;
using GenNet.Generator.Planning;
using GenNet.Generator.Specification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace GenNet.Generator;

/// <summary>Attributes → specification → plan → source, each step cached by value.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <summary>Names of the cached steps, as the generator driver reports them.</summary>
    internal const string ParseStep = "Parse", SpecificationStep = "Specification", PlanStep = "Plan", SourceStep = "Source";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // A Debug build of the user's program leaves emitted code unoptimised.
        var optimize = context.CompilationProvider.Select((compilation, _) => compilation.Options.OptimizationLevel == OptimizationLevel.Release);

        foreach (var attribute in new[] { NetworkParser.NetworkAttribute, NetworkParser.TypedNetworkAttribute })
        {
            var networks = Classes(context, attribute, NetworkParser.Parse);

            // Diagnostics carry positions, so they leave here: what remains does not change when a class moves.
            ReportDiagnostics(context, networks);
            AddSources(context, networks, optimize);
        }
        ReportDiagnostics(context, Classes(context, NetworkParser.DenseAttribute, NetworkParser.ParseStray));
    }

    static void AddSources(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<ParseResult> networks, IncrementalValueProvider<bool> optimize)
    {
        var sources = networks
            .Where(result => result.Spec is not null)
            .Select((result, _) => result.Spec!).WithTrackingName(SpecificationStep)
            .Combine(optimize)
            .Select((pair, _) => Planner.Create(pair.Left, pair.Right)).WithTrackingName(PlanStep)
            .Select((plan, _) => (plan.Spec.HintName, Text: NetworkEmitter.Emit(plan))).WithTrackingName(SourceStep);
        context.RegisterSourceOutput(sources, (output, source) =>
            output.AddSource(source.HintName, SourceText.From(source.Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))));
    }

    static IncrementalValuesProvider<ParseResult> Classes(
        IncrementalGeneratorInitializationContext context, string attribute, Func<GeneratorAttributeSyntaxContext, ParseResult> parse) =>
        context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute, (node, _) => NetworkParser.IsCandidate(node), (syntax, _) => parse(syntax)).WithTrackingName(ParseStep);

    static void ReportDiagnostics(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<ParseResult> results) =>
        context.RegisterSourceOutput(results.SelectMany((result, _) => result.Diagnostics),
            (output, diagnostic) => output.ReportDiagnostic(diagnostic.ToDiagnostic()));
}
