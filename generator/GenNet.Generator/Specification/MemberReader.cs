using Microsoft.CodeAnalysis;

namespace GenNet.Generator.Specification;

/// <summary>Reads the names that the user's own code has taken in a network's class.</summary>
static class MemberReader
{
    /// <summary>The class's name, its members and those that it inherits. What GenNet emitted into the class is left out.</summary>
    public static IEnumerable<(MemberSpec Spec, ISymbol Symbol)> Read(INamedTypeSymbol type)
    {
        yield return (new(MemberRole.Class, type.Name, MemberKind.Plain), type);
        foreach (var member in type.GetMembers())
            if (IsNamed(member) && !member.DeclaringSyntaxReferences.Any(part => IsEmitted(part.SyntaxTree)))
                yield return (Describe(MemberRole.Own, member), member);

        for (var ancestor = type.BaseType; ancestor is { SpecialType: not SpecialType.System_Object }; ancestor = ancestor.BaseType)
            foreach (var member in ancestor.GetMembers())
                if (IsNamed(member) && !member.IsOverride && IsInherited(member, type))
                    yield return (Describe(MemberRole.Inherited, member), member);
    }

    static bool IsNamed(ISymbol member) =>
        !member.IsImplicitlyDeclared && member is not IMethodSymbol { AssociatedSymbol: not null } and not IPropertySymbol { IsIndexer: true };

    static bool IsEmitted(SyntaxTree tree) => tree.FilePath.Contains(typeof(NetworkGenerator).FullName);

    static bool IsInherited(ISymbol member, INamedTypeSymbol type) =>
        member is not IMethodSymbol { MethodKind: not MethodKind.Ordinary }
        && (member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
            || (member.DeclaredAccessibility != Accessibility.Private
                && (SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, type.ContainingAssembly)
                    || member.ContainingAssembly.GivesAccessTo(type.ContainingAssembly))));

    static MemberSpec Describe(MemberRole role, ISymbol member) => member switch
    {
        IMethodSymbol method => new(role, method.Name, MemberKind.Method, Signature(method.Arity, method.Parameters.Select(Describe))),
        INamedTypeSymbol nested => new(role, nested.Name, MemberKind.Type, Signature(nested.Arity, [])),
        _ => new(role, member.Name, MemberKind.Plain),
    };

    static string Describe(IParameterSymbol parameter) =>
        (parameter.RefKind == RefKind.None ? "" : "ref ") + parameter.Type switch
        {
            ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } own => TypeParameter(own.Ordinal),
            var type => Plain(type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)),
        };

    /// <summary>One text for equal signatures, whether read from a symbol or from emitted source.</summary>
    public static string Signature(int arity, IEnumerable<string> parameters) => $"`{arity}({string.Join(", ", parameters)})";

    public static string TypeParameter(int ordinal) => $"!{ordinal}";

    /// <summary>A type's name without what a signature ignores.</summary>
    public static string Plain(string type) => type.Replace("?", "").Replace(" ", "");
}
