using GenNet.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Generator.Specification;

/// <summary>Reads the two types of <c>[Network&lt;TInput, TOutput&gt;]</c>.</summary>
/// <param name="compilation">Of the network.</param>
/// <param name="network">The class.</param>
/// <param name="attribute">Its attribute.</param>
/// <param name="report">Takes a diagnostic and its arguments.</param>
sealed class TypesParser(Compilation compilation, INamedTypeSymbol network, AttributeSyntax attribute, Action<DiagnosticDescriptor, Location, string[]> report)
{
    /// <summary>Their features; null after a diagnostic, the compiler's included.</summary>
    public TypesSpec? Read(INamedTypeSymbol attributeClass)
    {
        var input = ReadFeatures(attributeClass, 0);
        var output = ReadFeatures(attributeClass, 1);
        var accessibility = ReadAccessibility(attributeClass.TypeArguments);
        return input is not null && output is not null && accessibility is not null && IsOfOneKind(output) ? new(input, output, accessibility) : null;
    }

    FeatureSpec? ReadFeatures(INamedTypeSymbol attributeClass, int position) =>
        new FeatureParser(compilation, network, Argument(position), isOutput: position == 1, report).Read(attributeClass.TypeArguments[position]);

    /// <summary>Whether one loss fits all outputs.</summary>
    bool IsOfOneKind(FeatureSpec output)
    {
        var kinds = output.Leaves.Select(leaf => leaf.Kind).Distinct().ToList();
        var obstacle =
            output.Kind == FeatureKind.Struct && kinds.Contains(FeatureKind.Enum) ? "an enum among its members" :
            kinds.Count > 1 ? "numbers as well as bools" :
            null;
        if (obstacle is not null)
            report(Descriptors.MixedOutputs, Argument(1).GetLocation(), [network.Name, output.ShortType, obstacle]);
        return obstacle is null;
    }

    /// <summary>C# wants the types of a member to be at least as accessible as the member.</summary>
    string? ReadAccessibility(IReadOnlyList<ITypeSymbol> types)
    {
        var ofNetwork = Effective(network);
        var result = "public";
        for (var position = 0; position < types.Count; position++)
        {
            var ofType = Effective(types[position]);
            if (ofType >= ofNetwork)
                continue;
            if (ofType == Accessibility.Private)
            {
                report(Descriptors.LessAccessible, Argument(position).GetLocation(), [network.Name, types[position].Name]);
                return null;
            }
            result = "internal";
        }
        return result;
    }

    /// <summary>Public, internal or private (which stands for everything less than internal), all types around and inside it taken into account.</summary>
    static Accessibility Effective(ITypeSymbol type)
    {
        if (type.DeclaredAccessibility == Accessibility.NotApplicable) // an array, a type parameter
            return Accessibility.Public;
        var own = type.DeclaredAccessibility switch
        {
            Accessibility.Public => Accessibility.Public,
            Accessibility.Internal or Accessibility.ProtectedOrInternal => Accessibility.Internal,
            _ => Accessibility.Private,
        };
        IEnumerable<ITypeSymbol> parts = type is INamedTypeSymbol named ? named.TypeArguments : Enumerable.Empty<ITypeSymbol>();
        if (type.ContainingType is { } outer)
            parts = parts.Append(outer);
        return parts.Select(Effective).Append(own).Min();
    }

    SyntaxNode Argument(int position) =>
        (attribute.Name as GenericNameSyntax ?? (attribute.Name as QualifiedNameSyntax)?.Right as GenericNameSyntax ?? (attribute.Name as AliasQualifiedNameSyntax)?.Name as GenericNameSyntax)
        ?.TypeArgumentList.Arguments[position] ?? (SyntaxNode)attribute;
}
