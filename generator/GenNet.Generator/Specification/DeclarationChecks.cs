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
    public static IEnumerable<Diagnostic> Check(INamedTypeSymbol type, TypeDeclarationSyntax declaration, AttributeSyntax network, Compilation compilation) =>
        CheckPlatform(type, network, compilation).Concat(CheckKind(type, declaration)).Concat(CheckConstructor(type, compilation));

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

    static IEnumerable<Diagnostic> CheckConstructor(INamedTypeSymbol type, Compilation compilation)
    {
        var parts = type.DeclaringSyntaxReferences.Select(part => part.GetSyntax()).OfType<ClassDeclarationSyntax>().ToList();
        if (parts.Find(part => part.ParameterList is not null) is { } primary)
            yield return Diagnostic.Create(Descriptors.NoConstructor, primary.ParameterList!.GetLocation(), type.Name,
                "it has a primary constructor", "write the parameters' constructor out, and let it call 'this(seed)'");

        if (type.BaseType is { TypeKind: not TypeKind.Error } parent && BaseNetwork(type) is null && parts.Find(part => part.BaseList is not null) is { } derived
            && !parent.InstanceConstructors.Any(constructor => IsCallable(constructor, type, compilation)))
            yield return Diagnostic.Create(Descriptors.NoConstructor, derived.BaseList!.Types[0].GetLocation(), type.Name,
                $"its base class '{parent.Name}' has no constructor without parameters that it may call", $"give '{parent.Name}' one");
    }

    static bool IsCallable(IMethodSymbol constructor, INamedTypeSymbol type, Compilation compilation) =>
        constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams) && compilation.IsSymbolAccessibleWithin(constructor, type);
}
