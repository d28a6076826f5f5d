using System.Collections.Immutable;
using GenNet.Generator.Specification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GenNet.Generator.Analyzers;

/// <summary>Takes back what the compiler says of the array of sizes in [Network], which all of its forms have: its user can do nothing about it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ComplianceSuppressor : DiagnosticSuppressor
{
    static readonly SuppressionDescriptor ArrayOfSizes = new("GNS0001", "CS3016", "The sizes in [Network] are for GenNet's generator alone, whatever language reads the assembly.");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = ImmutableArray.Create(ArrayOfSizes);

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (var diagnostic in context.ReportedDiagnostics)
            if (diagnostic.Location.SourceTree is { } tree
                && tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>() is { } attribute
                && context.GetSemanticModel(tree).GetSymbolInfo(attribute, context.CancellationToken).Symbol is { ContainingType: { } type }
                && MetadataName.Of(type) is NetworkParser.NetworkAttribute or NetworkParser.TypedNetworkAttribute)
                context.ReportSuppression(Suppression.Create(ArrayOfSizes, diagnostic));
    }
}
