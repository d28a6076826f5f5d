using System.Collections.Immutable;
using GenNet.Generator.Diagnostics;
using GenNet.Generator.Specification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GenNet.Generator.Analyzers;

/// <summary>Reports what the parser finds wrong with a network's declaration.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.NotPartial,
        Descriptors.UnsupportedKind,
        Descriptors.SizeOutOfRange,
        Descriptors.TooManyParameters,
        Descriptors.NoLayers,
        Descriptors.MixedForms,
        Descriptors.LayersSpread,
        Descriptors.HiddenSoftmax,
        Descriptors.LossDoesNotFit,
        Descriptors.StrayLayer,
        Descriptors.UnknownMember);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSymbolAction(
            symbol =>
            {
                foreach (var diagnostic in NetworkParser.Check((INamedTypeSymbol)symbol.Symbol))
                    symbol.ReportDiagnostic(diagnostic);
            },
            SymbolKind.NamedType);
    }
}
