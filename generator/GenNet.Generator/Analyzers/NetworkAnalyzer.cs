using System.Collections.Immutable;
using GenNet.Generator.Diagnostics;
using GenNet.Generator.Emission;
using GenNet.Generator.Planning;
using GenNet.Generator.Specification;
using GenNet.Generator.Weights;
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
        Descriptors.UnknownMember,
        Descriptors.MemberCollision,
        Descriptors.ClassNamedLikeMember,
        Descriptors.InheritedCollision,
        Descriptors.NoConstructor,
        Descriptors.LanguageTooOld,
        Descriptors.FrameworkTooOld,
        Descriptors.UnsuitableType,
        Descriptors.NumberOutOfRange,
        Descriptors.ResidualBlock,
        Descriptors.ResidualWidth,
        Descriptors.NoProjection,
        Descriptors.UnsupportedFeature,
        Descriptors.BothNetworks,
        Descriptors.UnsuitableEnum,
        Descriptors.WrongScaling,
        Descriptors.UselessMark,
        Descriptors.NotSettable,
        Descriptors.MixedOutputs,
        Descriptors.OutputDoesNotFit,
        Descriptors.LessAccessible,
        Descriptors.FeaturesSpread,
        Descriptors.WeightsMissing,
        Descriptors.WeightsUnreadable,
        Descriptors.WeightsDoNotFit,
        Descriptors.SingleOutput,
        Descriptors.WithoutWeights,
        Descriptors.RequiredBesideWeights,
        Descriptors.WrongFixedLength,
        Descriptors.OutOfReach,
        Descriptors.WeightsAmbiguous,
        Descriptors.NoInputs,
        Descriptors.InputsTwice,
        Descriptors.OtherShape,
        Descriptors.NothingToFlatten,
        Descriptors.NotFlattened,
        Descriptors.SingleValue,
        Descriptors.ShapeBelowLayers,
        Descriptors.HeadWithoutTrunk,
        Descriptors.HeadWithoutLayers,
        Descriptors.HeadName,
        Descriptors.LossBesideHeads,
        Descriptors.NothingToDeal,
        Descriptors.MemberWithoutHead,
        Descriptors.HeadWithoutMembers,
        Descriptors.MixedHead,
        Descriptors.OutputOfHead,
        Descriptors.NotAnImage,
        Descriptors.NotASequence,
        Descriptors.WindowTooLarge,
        Descriptors.StatedTwice,
        Descriptors.UnequalGroups,
        Descriptors.ComputedIndex,
        Descriptors.WrongEmbedded,
        Descriptors.NothingLeft,
        Descriptors.TwoShapes);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(start =>
        {
            var weights = new Lazy<ImmutableArray<WeightsFile>>(() =>
                start.Options.AdditionalFiles.Where(WeightsFile.IsDescription).Select(text => WeightsFile.Read(text, start.CancellationToken)).ToImmutableArray());
            var settings = new Lazy<CompilerSettings>(() => CompilerSettings.Of(start.Compilation));
            start.RegisterSymbolAction(symbol => Check(symbol, settings, weights), SymbolKind.NamedType);
        });
    }

    static void Check(SymbolAnalysisContext context, Lazy<CompilerSettings> settings, Lazy<ImmutableArray<WeightsFile>> weights)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var diagnostics = NetworkParser.Check(type, context.Compilation, out var spec);
        foreach (var diagnostic in diagnostics)
            context.ReportDiagnostic(diagnostic);
        if (spec is null)
            return;
        if (spec.Weights is not null && WeightsMatch.Find(spec, weights.Value) is { Obstacle: { } obstacle } match)
            context.ReportDiagnostic(Diagnostic.Create(obstacle, NetworkParser.WeightsLocation(type), [.. match.Arguments]));

        var source = EmittedSource.Create(Planner.Create(spec, settings.Value));
        if (source.Collisions.Count > 0)
            foreach (var (member, symbol) in MemberReader.Read(type))
                if (source.Collisions.Contains(member))
                    context.ReportDiagnostic(Describe(member.Role, symbol, type));
    }

    static Diagnostic Describe(MemberRole role, ISymbol member, INamedTypeSymbol type)
    {
        var name = member.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
        return role switch
        {
            MemberRole.Own => Diagnostic.Create(Descriptors.MemberCollision, member.Locations.First(location => !MemberReader.IsEmitted(location.SourceTree!)), name),
            MemberRole.Class => Diagnostic.Create(Descriptors.ClassNamedLikeMember, NetworkParser.NameLocation(type), type.Name),
            _ => Diagnostic.Create(Descriptors.InheritedCollision, NetworkParser.NameLocation(type), type.Name, name),
        };
    }
}
