using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Generator.Specification;

/// <summary>Reads the names that the user's own code has taken in a network's class.</summary>
static class MemberReader
{
    /// <summary>The class's name, its members and those that it inherits. What GenNet emitted into the class is left out.</summary>
    public static IEnumerable<(MemberSpec Spec, ISymbol Symbol)> Read(INamedTypeSymbol type)
    {
        yield return (new(MemberRole.Class, type.Name, MemberKind.Plain), type);
        foreach (var member in type.GetMembers())
            if (IsNamed(member) && (member.DeclaringSyntaxReferences.IsEmpty || WrittenParts(member).Any()))
                yield return (Describe(MemberRole.Own, member, type), member);

        for (var ancestor = type.BaseType; ancestor is { SpecialType: not SpecialType.System_Object }; ancestor = ancestor.BaseType)
            foreach (var member in ancestor.GetMembers())
                if (IsNamed(member) && !member.IsOverride && member is not IPropertySymbol { IsIndexer: true } && IsInherited(member, type))
                    yield return (Describe(MemberRole.Inherited, member, type), member);
    }

    /// <summary>
    /// Whether the user's code says what the class is as a string, in the class or in one that it derives from, or has something else of that name, which cannot be overridden.
    /// One that is abstract again says nothing.
    /// </summary>
    public static bool HasToString(INamedTypeSymbol type)
    {
        for (var declaring = type; declaring is { SpecialType: not SpecialType.System_Object }; declaring = declaring.BaseType)
            if (declaring.GetMembers(nameof(ToString)).FirstOrDefault(IsToString) is { } member)
                return member is not { IsAbstract: true, IsOverride: true };
        return false;
    }

    static bool IsToString(ISymbol member) =>
        member is IMethodSymbol { Parameters.Length: 0, Arity: 0 } or not IMethodSymbol && !member.DeclaringSyntaxReferences.Any(part => IsEmitted(part.SyntaxTree));

    static bool IsNamed(ISymbol member) =>
        !member.IsImplicitlyDeclared && member is not IMethodSymbol { AssociatedSymbol: not null };

    /// <summary>Whether GenNet wrote a file.</summary>
    public static bool IsEmitted(SyntaxTree tree) => tree.FilePath.Contains(typeof(NetworkGenerator).FullName);

    /// <summary>Where the user's code declares something.</summary>
    public static IEnumerable<SyntaxReference> WrittenParts(ISymbol member) => member.DeclaringSyntaxReferences.Where(part => !IsEmitted(part.SyntaxTree));

    /// <summary>What another part of a type has in common with this one.</summary>
    public static string PartOf(TypeDeclarationSyntax type) => NetworkParser.Keyword(type) + NetworkParser.TypeParameters(type);

    /// <summary>What another part of a type has in common with those that the user wrote; nothing if there cannot be one that is public and has parameters.</summary>
    static string? PartOf(INamedTypeSymbol type)
    {
        var parts = WrittenParts(type).Select(part => part.GetSyntax()).ToList();
        return parts.All(part => part is TypeDeclarationSyntax { ParameterList: null } declaration
            && declaration.Modifiers.Any(SyntaxKind.PartialKeyword)
            && !declaration.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.PrivateKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.InternalKeyword))
            ? PartOf((TypeDeclarationSyntax)parts[0]) : null;
    }

    static bool IsInherited(ISymbol member, INamedTypeSymbol type) =>
        member is not IMethodSymbol { MethodKind: not MethodKind.Ordinary }
        && (member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
            || (member.DeclaredAccessibility != Accessibility.Private
                && (SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, type.ContainingAssembly)
                    || member.ContainingAssembly.GivesAccessTo(type.ContainingAssembly))));

    static MemberSpec Describe(MemberRole role, ISymbol member, INamedTypeSymbol network) => member switch
    {
        IMethodSymbol method =>
            new(role, method.Name, MemberKind.Method, SignatureText.Of(method.Arity, method.Parameters.Select(parameter => SignatureText.Of(parameter, network)))),
        INamedTypeSymbol nested => new(role, nested.Name, MemberKind.Type, SignatureText.Of(nested.Arity, []), role == MemberRole.Own ? PartOf(nested) : null),
        // An indexer has its name in metadata alone.
        _ => new(role, member.MetadataName, MemberKind.Plain),
    };
}
