using GenNet.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Generator.Specification;

/// <summary>What must hold of a class, and of its project, before any code can be emitted into it.</summary>
static class DeclarationChecks
{
    /// <summary>All that stands in the way.</summary>
    /// <param name="type">The class.</param>
    /// <param name="declaration">The part of it that has the attribute.</param>
    /// <param name="network">Its [Network].</param>
    /// <param name="compilation">Its project.</param>
    /// <param name="access">What its generated code may name.</param>
    public static IEnumerable<Diagnostic> Check(INamedTypeSymbol type, TypeDeclarationSyntax declaration, AttributeSyntax network, Compilation compilation, GeneratedCodeAccess access) =>
        CheckPlatform(type, network, compilation).Concat(CheckKind(type, declaration)).Concat(CheckConstructor(type, compilation, access));

    /// <summary>Whether members may be emitted beside what was found: all but a constructor that makes the weights.</summary>
    public static bool AllowsMembers(INamedTypeSymbol type, IEnumerable<Diagnostic> found) =>
        type is { IsRecord: false, IsStatic: false, TypeParameters.IsEmpty: true } && !IsFileLocal(type)
        && found.All(diagnostic => diagnostic.Descriptor == Descriptors.NoConstructor || diagnostic.Descriptor == Descriptors.UnsupportedKind);

    /// <summary>Emitted code is C# 12, and GenNet needs the vectors of .NET 8.</summary>
    static IEnumerable<Diagnostic> CheckPlatform(INamedTypeSymbol type, AttributeSyntax network, Compilation compilation)
    {
        var language = ((CSharpParseOptions)network.SyntaxTree.Options).LanguageVersion;
        if (language < LanguageVersion.CSharp12)
            yield return Diagnostic.Create(Descriptors.LanguageTooOld, network.GetLocation(), type.Name, language.ToDisplayString());
        if (compilation.GetTypesByMetadataName("System.Runtime.Intrinsics.Vector512").IsEmpty)
            yield return Diagnostic.Create(Descriptors.FrameworkTooOld, network.GetLocation(), type.Name);
    }

    static IEnumerable<Diagnostic> CheckKind(INamedTypeSymbol type, TypeDeclarationSyntax declaration)
    {
        foreach (var outer in declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>())
            if (!outer.Modifiers.Any(SyntaxKind.PartialKeyword))
                yield return Diagnostic.Create(Descriptors.NotPartial, outer.Identifier.GetLocation(), outer.Identifier.Text, NetworkParser.Keyword(outer));

        var obstacle =
            type.IsRecord ? "it is a record" :
            type.TypeParameters.Length > 0 ? "it is generic" :
            type.IsStatic ? "it is static" :
            type.IsAbstract ? "it is abstract" :
            BaseNetwork(type) is { } ancestor ? $"its base class '{ancestor.Name}' is one" :
            IsFileLocal(type) ? "it is file-local, and the generated code is another file" :
            null;
        if (obstacle is not null)
            yield return Diagnostic.Create(Descriptors.UnsupportedKind, declaration.Identifier.GetLocation(), type.Name, obstacle);
    }

    public static bool IsFileLocal(INamedTypeSymbol? type) => type is not null && (type.IsFileLocal || IsFileLocal(type.ContainingType));

    static INamedTypeSymbol? BaseNetwork(INamedTypeSymbol type)
    {
        var ancestor = type.BaseType;
        while (ancestor is not null && !ancestor.GetAttributes().Any(NetworkParser.IsNetwork))
            ancestor = ancestor.BaseType;
        return ancestor;
    }

    static IEnumerable<Diagnostic> CheckConstructor(INamedTypeSymbol type, Compilation compilation, GeneratedCodeAccess access)
    {
        if (PrimaryParameters(type) is { } primary)
            yield return Diagnostic.Create(Descriptors.NoConstructor, primary.GetLocation(), type.Name,
                "it has a primary constructor", "write the parameters' constructor out, and let it call 'this(seed)'");

        if (type.BaseType is { TypeKind: not TypeKind.Error } parent && BaseNetwork(type) is null && Parts(type).FirstOrDefault(part => part.BaseList is not null) is { } derived
            && BaseObstacle(type, parent.Name, ConstructorChecks.BaseConstructors(type, compilation), access) is var (obstacle, remedy))
            yield return Diagnostic.Create(Descriptors.NoConstructor, derived.BaseList!.Types[0].GetLocation(), type.Name, obstacle, remedy);
    }

    /// <summary>The parameters of the primary constructor, if there is one.</summary>
    public static ParameterListSyntax? PrimaryParameters(INamedTypeSymbol type) => Parts(type).Select(part => part.ParameterList).FirstOrDefault(list => list is not null);

    static IEnumerable<ClassDeclarationSyntax> Parts(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Select(part => part.GetSyntax()).OfType<ClassDeclarationSyntax>();

    static (string Obstacle, string Remedy)? BaseObstacle(INamedTypeSymbol type, string parent, IReadOnlyList<IMethodSymbol> constructors, GeneratedCodeAccess access) =>
        constructors.Count == 0 ? ($"its base class '{parent}' has no constructor without parameters that it may call", $"give '{parent}' one") :
        constructors.Count > 1 ? ($"its base class '{parent}' has several constructors that need no arguments", $"give '{parent}' one without parameters") :
        access.IsRefused(constructors[0]) ? ($"the constructor of its base class '{parent}' is [Obsolete] as an error", "make that a warning") :
        ConstructorChecks.SetsRequiredMembers(constructors[0]) && ConstructorChecks.UnsetMember(type) is { } member
            ? ($"that of its base class '{parent}' promises to set what is required, and '{member.Name}' would not be", $"give '{member.Name}' an initial value, or remove 'required'")
            : null;
}
