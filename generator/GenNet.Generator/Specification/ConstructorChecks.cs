using GenNet.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Generator.Specification;

/// <summary>What must hold of the ways in which the user's code makes a network.</summary>
static class ConstructorChecks
{
    /// <summary>Each of the user's constructors must reach the emitted one, which alone sets the weights. The one with its parameters collides with it anyway.</summary>
    public static IEnumerable<Diagnostic> CheckChaining(INamedTypeSymbol type) =>
        from constructor in type.InstanceConstructors
        from part in constructor.DeclaringSyntaxReferences
        where !MemberReader.IsEmitted(part.SyntaxTree)
        let declaration = part.GetSyntax() as ConstructorDeclarationSyntax
        where declaration is not null && !declaration.Initializer.IsKind(SyntaxKind.ThisConstructorInitializer)
            && !(constructor.Parameters.Length == 1 && constructor.Parameters[0] is { RefKind: RefKind.None, Type.SpecialType: SpecialType.System_UInt64 })
        select Diagnostic.Create(Descriptors.WithoutWeights, declaration.Identifier.GetLocation(), type.Name);

    /// <summary>The members that whoever makes the network must set: those of the class first.</summary>
    public static IEnumerable<ISymbol> RequiredMembers(INamedTypeSymbol type)
    {
        for (var declaring = type; declaring is not null; declaring = declaring.BaseType)
            foreach (var member in declaring.GetMembers().Where(IsRequired))
                yield return member;
    }

    /// <summary>How an object initialiser sets each of them to its value in another object of the class; to the default where there is nothing to read.</summary>
    public static IEnumerable<string> CopiesOfRequired(INamedTypeSymbol type, Compilation compilation)
    {
        foreach (var members in RequiredMembers(type).GroupBy(member => member.Name))
        {
            var name = SyntaxFacts.GetKeywordKind(members.Key) == SyntaxKind.None ? members.Key : "@" + members.Key;
            var isRead = members.First() is not IPropertySymbol property || (property.GetMethod is { } get && compilation.IsSymbolAccessibleWithin(get, type));
            yield return $"{name} = {(isRead ? name : "default!")}";
        }
    }

    /// <summary>The first required member of the class's own that has no initial value.</summary>
    public static ISymbol? UnsetMember(INamedTypeSymbol type) => type.GetMembers().FirstOrDefault(member => IsRequired(member)
        && !member.DeclaringSyntaxReferences.Any(part => part.GetSyntax() is PropertyDeclarationSyntax { Initializer: not null } or VariableDeclaratorSyntax { Initializer: not null }));

    static bool IsRequired(ISymbol member) => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    /// <summary>The constructors of the base class that one without arguments for it may mean: none if there is none to call, several if C# cannot tell which.</summary>
    public static IReadOnlyList<IMethodSymbol> BaseConstructors(INamedTypeSymbol type, Compilation compilation) =>
        type.BaseType is not { } parent ? [] : parent.InstanceConstructors
            .Where(constructor => constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams) && compilation.IsSymbolAccessibleWithin(constructor, type))
            .GroupBy(Precedence).OrderBy(group => group.Key).FirstOrDefault()?.ToList() ?? [];

    /// <summary>C# prefers what needs no values in the place of arguments, then what needs no array, then, of those that do, the most parameters.</summary>
    static int Precedence(IMethodSymbol constructor) =>
        constructor.Parameters.IsEmpty ? 0 : constructor.Parameters.Any(parameter => parameter.IsParams) ? int.MaxValue - constructor.Parameters.Length : 1;

    /// <summary>Whether a constructor promises to set all required members; those that call it must do so too.</summary>
    public static bool SetsRequiredMembers(IMethodSymbol constructor) => constructor.GetAttributes()
        .Any(attribute => attribute.AttributeClass?.ToDisplayString() == "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute");

    /// <summary>Whether the compiler refuses every use of something.</summary>
    public static bool IsRefused(ISymbol symbol) => symbol.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.ToDisplayString() == "System.ObsoleteAttribute"
        && attribute.ConstructorArguments.Any(argument => argument.Value is true));
}
