using GenNet.Generator.Specification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Generator.Emission;

/// <summary>The members of an emitted class. They are read off its text, so that whatever is emitted is known here.</summary>
static class EmittedMembers
{
    /// <summary>The user's names with which the emitted class would not compile, or would hide what its base class has.</summary>
    public static IEnumerable<MemberSpec> Collisions(NetworkSpec spec, string text)
    {
        var type = ClassOf(spec, text);
        var emitted = type.Members.SelectMany(Describe).ToLookup(member => member.Name);
        var parameters = new HashSet<string>(TypeParameters(type));
        return spec.Members.Where(member => emitted[member.Name].Any(member.CollidesWith) || (member.Role == MemberRole.Class && parameters.Contains(member.Name)));
    }

    /// <summary>The type parameters of a type's members, which hide the type where they have its name.</summary>
    static IEnumerable<string> TypeParameters(TypeDeclarationSyntax type) => type.Members.SelectMany(member => member switch
    {
        MethodDeclarationSyntax { TypeParameterList: { } list } => Names(list),
        TypeDeclarationSyntax { TypeParameterList: { } list } nested => Names(list).Concat(TypeParameters(nested)),
        TypeDeclarationSyntax nested => TypeParameters(nested),
        _ => [],
    });

    static IEnumerable<string> Names(TypeParameterListSyntax list) => list.Parameters.Select(parameter => parameter.Identifier.ValueText);

    static TypeDeclarationSyntax ClassOf(NetworkSpec spec, string text)
    {
        var depth = spec.Containers.Count + (spec.Namespace is null ? 0 : 1);
        SyntaxNode node = SyntaxFactory.ParseCompilationUnit(text).Members.Single();
        for (; depth > 0; depth--)
            node = node is BaseNamespaceDeclarationSyntax space ? space.Members.Single() : ((TypeDeclarationSyntax)node).Members.Single();
        return (TypeDeclarationSyntax)node;
    }

    static IEnumerable<MemberSpec> Describe(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => Plain(variable.Identifier.ValueText)),
        PropertyDeclarationSyntax property => [Plain(Qualified(property.ExplicitInterfaceSpecifier, property.Identifier.ValueText))],
        ConstructorDeclarationSyntax constructor => [Method(".ctor", null, constructor.ParameterList)],
        MethodDeclarationSyntax method =>
            [Method(Qualified(method.ExplicitInterfaceSpecifier, method.Identifier.ValueText), method.TypeParameterList, method.ParameterList)],
        TypeDeclarationSyntax type =>
            [new(MemberRole.Own, type.Identifier.ValueText, MemberKind.Type, MemberReader.Signature(type.TypeParameterList?.Parameters.Count ?? 0, []))],
        _ => throw new InvalidOperationException($"An emitted {member.Kind()} is not known."),
    };

    static MemberSpec Plain(string name) => new(MemberRole.Own, name, MemberKind.Plain);

    static MemberSpec Method(string name, TypeParameterListSyntax? typeParameters, ParameterListSyntax parameters)
    {
        var generic = typeParameters is null ? [] : typeParameters.Parameters.Select(parameter => parameter.Identifier.ValueText).ToList();
        var described = parameters.Parameters.Select(parameter =>
            (parameter.Modifiers.Any(IsReference) ? "ref " : "") + Describe(parameter.Type!.ToString(), generic));
        return new(MemberRole.Own, name, MemberKind.Method, MemberReader.Signature(generic.Count, described));
    }

    static bool IsReference(SyntaxToken modifier) =>
        modifier.IsKind(SyntaxKind.RefKeyword) || modifier.IsKind(SyntaxKind.InKeyword) || modifier.IsKind(SyntaxKind.OutKeyword);

    static string Describe(string type, List<string> generic) =>
        generic.IndexOf(type) is var ordinal and >= 0 ? MemberReader.TypeParameter(ordinal) : MemberReader.Plain(type);

    static string Qualified(ExplicitInterfaceSpecifierSyntax? face, string name) =>
        face is null ? name : face.Name.ToString().Replace("global::", "") + "." + name;
}
