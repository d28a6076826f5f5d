using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Generator.Specification;

/// <summary>One text for equal signatures, whether read from a symbol or from emitted source: what C# tells overloads apart by, and no more.</summary>
/// <remarks>
/// Of the network's own nested types it has the simple name, because the user's code may name one before it is emitted. Names of tuple elements and
/// <c>?</c> after a reference type are no part of a signature, <c>?</c> after a value type is.
/// </remarks>
static class SignatureText
{
    /// <summary>The text for a method of that arity, or a type.</summary>
    public static string Of(int arity, IEnumerable<string> parameters) => $"`{arity}({string.Join(",", parameters)})";

    /// <summary>The text for a parameter of the user's.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="network">The network that has, or inherits, the method.</param>
    public static string Of(IParameterSymbol parameter, INamedTypeSymbol network) =>
        Of(parameter.RefKind != RefKind.None, Of(parameter.Type, network));

    /// <summary>The text for a parameter of an emitted method.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="generic">The method's type parameters.</param>
    /// <param name="network">The network's full name.</param>
    public static string Of(ParameterSyntax parameter, IReadOnlyList<string> generic, string network) =>
        Of(parameter.Modifiers.Any(IsReference), Of(parameter.Type!, generic, network));

    /// <summary>A network's full name, as types that are nested in it have it before theirs.</summary>
    public static string NameOf(NetworkSpec spec)
    {
        var around = (spec.Namespace is null ? "" : spec.Namespace + ".") + string.Concat(spec.Containers.Select(container => container.Name + "."));
        return "global::" + (around + spec.Name).Replace("@", "").Replace(" ", "");
    }

    static string Of(bool isReference, string type) => (isReference ? "ref " : "") + type;

    static bool IsReference(SyntaxToken modifier) =>
        modifier.IsKind(SyntaxKind.RefKeyword) || modifier.IsKind(SyntaxKind.InKeyword) || modifier.IsKind(SyntaxKind.OutKeyword);

    static string Of(ITypeSymbol type, INamedTypeSymbol network) => type switch
    {
        IArrayTypeSymbol array => $"{Of(array.ElementType, network)}[{new string(',', array.Rank - 1)}]",
        IPointerTypeSymbol pointer => Of(pointer.PointedAtType, network) + "*",
        IDynamicTypeSymbol => "object",
        ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } own => $"!{own.Ordinal}",
        ITypeParameterSymbol other => other.Name,
        INamedTypeSymbol named => Of(named, network),
        _ => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
    };

    static string Of(INamedTypeSymbol type, INamedTypeSymbol network)
    {
        if (type.IsTupleType)
            return $"({string.Join(",", type.TupleElements.Select(element => Of(element.Type, network)))})";
        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
            return Of(type.TypeArguments[0], network) + "?";
        if (type.SpecialType != SpecialType.None && type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) is var keyword && !keyword.Contains(':'))
            return keyword;
        var arguments = type.TypeArguments.Length == 0 ? "" : $"<{string.Join(",", type.TypeArguments.Select(argument => Of(argument, network)))}>";
        return Around(type, network) + type.Name + arguments;
    }

    /// <summary>What stands before a type's name. A type that does not exist yet is one of those that will be emitted, if it is any.</summary>
    static string Around(INamedTypeSymbol type, INamedTypeSymbol network) => type switch
    {
        IErrorTypeSymbol => "",
        { ContainingType: { } outer } => SymbolEqualityComparer.Default.Equals(outer.OriginalDefinition, network.OriginalDefinition) ? "" : Of(outer, network) + ".",
        { ContainingNamespace: { IsGlobalNamespace: false } space } => $"global::{string.Join(".", Names(space))}.",
        _ => "global::",
    };

    static IEnumerable<string> Names(INamespaceSymbol space) => space.IsGlobalNamespace ? [] : Names(space.ContainingNamespace).Append(space.Name);

    static string Of(TypeSyntax type, IReadOnlyList<string> generic, string network)
    {
        string Inner(TypeSyntax inner) => Of(inner, generic, network);
        var text = type switch
        {
            NullableTypeSyntax nullable => Inner(nullable.ElementType) + "?",
            TupleTypeSyntax tuple => $"({string.Join(",", tuple.Elements.Select(element => Inner(element.Type)))})",
            ArrayTypeSyntax array => Inner(array.ElementType) + string.Concat(array.RankSpecifiers.Select(rank => $"[{new string(',', rank.Rank - 1)}]")),
            PointerTypeSyntax pointer => Inner(pointer.ElementType) + "*",
            GenericNameSyntax name => $"{name.Identifier.ValueText}<{string.Join(",", name.TypeArgumentList.Arguments.Select(Inner))}>",
            IdentifierNameSyntax name => generic.ToList().IndexOf(name.Identifier.ValueText) is var ordinal and >= 0 ? $"!{ordinal}" : name.Identifier.ValueText,
            AliasQualifiedNameSyntax name => $"{name.Alias.Identifier.ValueText}::{Inner(name.Name)}",
            QualifiedNameSyntax name => $"{Inner(name.Left)}.{Inner(name.Right)}",
            _ => type.ToString(),
        };
        return text.StartsWith(network + ".", StringComparison.Ordinal) ? text.Substring(network.Length + 1) : text;
    }
}
