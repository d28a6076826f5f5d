using System.Collections.Immutable;
using System.Text;
using GenNet.Generator.Emission;
using GenNet.Generator.Planning;
using GenNet.Generator.Specification;
using GenNet.Generator.Weights;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace GenNet.Generator;

/// <summary>
/// Attributes → specification → plan → source, each step cached by value. Reports nothing: <see cref="Analyzers.NetworkAnalyzer"/>
/// runs the same parser, and what an analyser reports can be suppressed and configured.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <summary>Names of the cached steps, as the generator driver reports them.</summary>
    internal const string ParseStep = "Parse", SpecificationStep = "Specification", PlanStep = "Plan", SourceStep = "Source";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var settings = context.CompilationProvider.Select((compilation, _) => CompilerSettings.Of(compilation));

        // The build describes the files of weights: a generator reads no files.
        var weights = context.AdditionalTextsProvider
            .Where(WeightsFile.IsDescription)
            .Select(WeightsFile.Read)
            .Collect();
        foreach (var attribute in new[] { NetworkParser.NetworkAttribute, NetworkParser.TypedNetworkAttribute })
            AddSources(context, attribute, settings, weights);
    }

    static void AddSources(
        IncrementalGeneratorInitializationContext context,
        string attribute,
        IncrementalValueProvider<CompilerSettings> settings,
        IncrementalValueProvider<ImmutableArray<WeightsFile>> weights)
    {
        var networks = context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute,
            (node, _) => NetworkParser.IsCandidate(node),
            (syntax, _) => NetworkParser.Parse(syntax)).WithTrackingName(ParseStep);

        var sources = networks
            .Where(spec => spec is not null)
            .Select((spec, _) => spec!).WithTrackingName(SpecificationStep)
            .Combine(settings)
            .Combine(weights)
            .Select((item, _) => (Spec: item.Left.Left, Settings: item.Left.Right, Weights: Match(item.Left.Left, item.Right)))
            .Select((item, _) => Planner.Create(item.Spec, item.Settings) with { Weights = item.Weights }).WithTrackingName(PlanStep)
            .Select((plan, _) => EmittedSource.Create(plan)).WithTrackingName(SourceStep);
        context.RegisterSourceOutput(sources, (output, source) =>
            output.AddSource(source.HintName, SourceText.From(source.Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))));
    }

    static WeightsMatch? Match(NetworkSpec spec, ImmutableArray<WeightsFile> files) =>
        spec.Weights is not null && spec.Error is null && WeightsMatch.Find(spec, files) is { Obstacle: null } match ? match : null;
}
