using System.Collections.Immutable;
using System.Text;
using GenNet.Generator.Diagnostics;
using GenNet.Generator.Emission;
using GenNet.Generator.Planning;
using GenNet.Generator.Specification;
using GenNet.Generator.Weights;
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
        var networks = Classes(context, NetworkParser.NetworkAttribute, NetworkParser.Parse);
        var layers = Classes(context, NetworkParser.DenseAttribute, NetworkParser.ParseStray);

        // Diagnostics carry positions, so they leave here: what remains does not change when a class moves.
        ReportDiagnostics(context, networks);
        ReportDiagnostics(context, layers);

        // A Debug build of the user's program leaves emitted code unoptimised.
        var optimize = context.CompilationProvider.Select((compilation, _) => compilation.Options.OptimizationLevel == OptimizationLevel.Release);

        // The build describes the files of weights: a generator reads no files.
        var weights = context.AdditionalTextsProvider
            .Where(text => text.Path.EndsWith(WeightsFile.Extension, StringComparison.Ordinal))
            .Select((text, cancellationToken) => WeightsFile.Parse(text.GetText(cancellationToken)?.ToString() ?? ""))
            .Collect();
        context.RegisterSourceOutput(networks.Where(result => result.WeightsLocation is not null).Combine(weights), (output, pair) =>
        {
            if (pair.Left.Spec is { } spec && WeightsMatch.Find(spec, pair.Right) is { Obstacle: { } obstacle } match)
                output.ReportDiagnostic(new DiagnosticInfo(obstacle, pair.Left.WeightsLocation!, match.Arguments).ToDiagnostic());
        });

        var sources = networks
            .Where(result => result.Spec is not null)
            .Select((result, _) => result.Spec!).WithTrackingName(SpecificationStep)
            .Combine(optimize)
            .Combine(weights)
            .Select((item, _) => (Spec: item.Left.Left, Optimize: item.Left.Right, Weights: Match(item.Left.Left, item.Right)))
            .Select((item, _) => Planner.Create(item.Spec, item.Optimize) with { Weights = item.Weights }).WithTrackingName(PlanStep)
            .Select((plan, _) => (plan.Spec.HintName, Text: NetworkEmitter.Emit(plan))).WithTrackingName(SourceStep);
        context.RegisterSourceOutput(sources, (output, source) =>
            output.AddSource(source.HintName, SourceText.From(source.Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))));
    }

    static WeightsMatch? Match(NetworkSpec spec, ImmutableArray<WeightsFile> files) =>
        spec.Weights is not null && WeightsMatch.Find(spec, files) is { Obstacle: null } match ? match : null;

    static IncrementalValuesProvider<ParseResult> Classes(
        IncrementalGeneratorInitializationContext context, string attribute, Func<GeneratorAttributeSyntaxContext, ParseResult> parse) =>
        context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute, (node, _) => NetworkParser.IsCandidate(node), (syntax, _) => parse(syntax)).WithTrackingName(ParseStep);

    static void ReportDiagnostics(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<ParseResult> results) =>
        context.RegisterSourceOutput(results.SelectMany((result, _) => result.Diagnostics),
            (output, diagnostic) => output.ReportDiagnostic(diagnostic.ToDiagnostic()));
}
