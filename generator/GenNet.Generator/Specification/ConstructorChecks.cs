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

    /// <summary>The first member that whoever makes the network must set.</summary>
    public static ISymbol? RequiredMember(INamedTypeSymbol type)
    {
        for (var declaring = type; declaring is not null; declaring = declaring.BaseType)
            if (declaring.GetMembers().FirstOrDefault(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }) is { } member)
                return member;
        return null;
    }

    /// <summary>Whether the compiler refuses the class already because of the constructor of its base class.</summary>
    public static bool HasRefusedBase(INamedTypeSymbol type) => !IsRefused(type)
        && type.BaseType?.InstanceConstructors.FirstOrDefault(constructor => constructor.Parameters.Length == 0) is { } constructor && IsRefused(constructor);

    /// <summary>Whether the compiler refuses every use of something.</summary>
    public static bool IsRefused(ISymbol symbol) => symbol.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.ToDisplayString() == "System.ObsoleteAttribute"
        && attribute.ConstructorArguments.Any(argument => argument.Value is true));
}
