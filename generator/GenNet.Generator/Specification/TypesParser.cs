using GenNet.Generator.Diagnostics;
using GenNet.Generator.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Generator.Specification;

/// <summary>Reads the two types of <c>[Network&lt;TInput, TOutput&gt;]</c>.</summary>
/// <param name="compilation">Of the network.</param>
/// <param name="network">The class.</param>
/// <param name="access">What its generated code may name.</param>
/// <param name="attribute">Its attribute.</param>
/// <param name="report">Takes a diagnostic and its arguments.</param>
sealed class TypesParser(Compilation compilation, INamedTypeSymbol network, GeneratedCodeAccess access, AttributeSyntax attribute, Action<DiagnosticDescriptor, Location, string[]> report)
{
    /// <summary>Their features; null after a diagnostic, the compiler's included.</summary>
    /// <param name="attributeClass">The attribute.</param>
    /// <param name="hasHeads">Whether there are heads, of which each has a loss of its own.</param>
    public TypesSpec? Read(INamedTypeSymbol attributeClass, bool hasHeads)
    {
        var input = ReadFeatures(attributeClass, 0);
        var output = ReadFeatures(attributeClass, 1);
        var accessibility = ReadAccessibility(attributeClass.TypeArguments);
        return input is not null && output is not null && accessibility is not null && ((hasHeads && output.Kind == FeatureKind.Struct) || IsOfOneKind(output))
            ? new(input, output, accessibility)
            : null;
    }

    FeatureSpec? ReadFeatures(INamedTypeSymbol attributeClass, int position) =>
        new FeatureParser(compilation, network, access, Argument(position), isOutput: position == 1, AccessibilityOf, report).Read(attributeClass.TypeArguments[position]);

    /// <summary>Whether one loss fits all outputs.</summary>
    bool IsOfOneKind(FeatureSpec output)
    {
        var kinds = output.Leaves.Select(leaf => leaf.Kind).Distinct().ToList();
        var obstacle =
            output.Kind != FeatureKind.Enum && kinds.Contains(FeatureKind.Enum) ? $"an enum among its {(output.IsArray ? "elements" : "members")}" :
            kinds.Count > 1 ? "numbers as well as bools" :
            null;
        if (obstacle is not null)
            report(Descriptors.MixedOutputs, Argument(1).GetLocation(), [network.Name, output.ShortType, obstacle, output.Kind == FeatureKind.Struct ? ", or give members heads of their own" : ""]);
        return obstacle is null;
    }

    /// <summary>C# wants the types of a member to be at least as accessible as the member.</summary>
    string? ReadAccessibility(IReadOnlyList<ITypeSymbol> types)
    {
        var result = "public";
        for (var position = 0; position < types.Count; position++)
        {
            if (AccessibilityOf(types[position]) is not { } accessibility)
            {
                report(Descriptors.LessAccessible, Argument(position).GetLocation(), [network.Name, types[position].Name]);
                return null;
            }
            if (accessibility != "public")
                result = accessibility;
        }
        return result;
    }

    /// <summary>What members of the network that name a type may be; null where none can be.</summary>
    string? AccessibilityOf(ITypeSymbol type)
    {
        var parts = GeneratedCodeAccess.Parts(type).ToList();
        return !parts.TrueForAll(IsAsVisible) ? null
            : parts.Exists(part => part.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedOrInternal) && IsKnownElsewhere ? "internal"
            : "public";
    }

    /// <summary>Whether other assemblies may see the network, if only from derived classes.</summary>
    bool IsKnownElsewhere => GeneratedCodeAccess.Around(network).All(part =>
        part.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal);

    /// <summary>Whether a type that is private or protected is so to no one who may see the network.</summary>
    bool IsAsVisible(ITypeSymbol type)
    {
        if (type.ContainingType is not { } outer || type.DeclaredAccessibility is not (Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal))
            return true;
        return GeneratedCodeAccess.Around(network).Any(part => part.ContainingType is { } place
            && GeneratedCodeAccess.Around(place).Contains(outer, SymbolEqualityComparer.Default)
            && (part.DeclaredAccessibility == Accessibility.Private
                || (type.DeclaredAccessibility == Accessibility.Protected && part.DeclaredAccessibility is Accessibility.Protected or Accessibility.ProtectedAndInternal)
                || (type.DeclaredAccessibility == part.DeclaredAccessibility)));
    }

    /// <summary>Where a type is named.</summary>
    public SyntaxNode Argument(int position) =>
        (attribute.Name as GenericNameSyntax ?? (attribute.Name as QualifiedNameSyntax)?.Right as GenericNameSyntax ?? (attribute.Name as AliasQualifiedNameSyntax)?.Name as GenericNameSyntax)
        ?.TypeArgumentList.Arguments[position] ?? (SyntaxNode)attribute;
}
