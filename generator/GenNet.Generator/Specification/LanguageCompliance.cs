using Microsoft.CodeAnalysis;

namespace GenNet.Generator.Specification;

/// <summary>What to emit where an assembly promises to keep to the Common Language Specification: a network has unsigned numbers, and GenNet's own types.</summary>
enum LanguageCompliance
{
    /// <summary>Nothing: nobody asks, or the class says itself that it does not comply.</summary>
    Unsaid,

    /// <summary>The class is marked as one that does not.</summary>
    Marked,

    /// <summary>The user says that the class does: warnings that only emitted code is the cause of are left out.</summary>
    Claimed,
}

static class LanguageComplianceReader
{
    const string Attribute = "System.CLSCompliantAttribute";

    /// <summary>What is said of the class, of a type around it or of the assembly. The compiler refuses marks on what no other assembly sees, and in an assembly without one.</summary>
    public static LanguageCompliance Read(INamedTypeSymbol type)
    {
        var assembly = Mark(type.ContainingAssembly);
        if (!IsVisible(type) || (GeneratedCodeAccess.Around(type).Select(Mark).FirstOrDefault(mark => mark is not null) ?? assembly) != true)
            return LanguageCompliance.Unsaid;
        return Mark(type) is null && assembly is not null ? LanguageCompliance.Marked : LanguageCompliance.Claimed;
    }

    static bool IsVisible(INamedTypeSymbol type)
    {
        for (var around = type; around is not null; around = around.ContainingType)
            if (around.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
                return false;
        return true;
    }

    static bool? Mark(ISymbol symbol) => symbol.GetAttributes()
        .Where(attribute => attribute.AttributeClass?.ToDisplayString() == Attribute && attribute.ConstructorArguments.Length == 1)
        .Select(attribute => attribute.ConstructorArguments[0].Value as bool?).FirstOrDefault();
}
