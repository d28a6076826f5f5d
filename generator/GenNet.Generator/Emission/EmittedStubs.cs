using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Generator.Emission;

/// <summary>Emitted members without their bodies: what the rest of a program can name and call where no code could compile.</summary>
/// <param name="isLeft">Whether a member can be told.</param>
/// <param name="constants">The class's constants by name, which attributes may use.</param>
sealed class EmittedStubs(Func<MemberDeclarationSyntax, bool> isLeft, IReadOnlyDictionary<string, ExpressionSyntax> constants)
{
    static readonly SyntaxToken End = SyntaxFactory.Token(default, SyntaxKind.SemicolonToken, SyntaxFactory.TriviaList(SyntaxFactory.LineFeed));

    static readonly ArrowExpressionClauseSyntax Throw = SyntaxFactory.ArrowExpressionClause(
        SyntaxFactory.Token(SyntaxFactory.TriviaList(SyntaxFactory.Space), SyntaxKind.EqualsGreaterThanToken, SyntaxFactory.TriviaList(SyntaxFactory.Space)),
        SyntaxFactory.ParseExpression("throw null!"));

    /// <summary>The member, which throws.</summary>
    public MemberDeclarationSyntax Of(MemberDeclarationSyntax member) => member switch
    {
        PropertyDeclarationSyntax property => property.WithAccessorList(null).WithInitializer(null).WithExpressionBody(Throw).WithSemicolonToken(End),
        IndexerDeclarationSyntax indexer => indexer.WithAccessorList(null).WithExpressionBody(Throw).WithSemicolonToken(End),
        MethodDeclarationSyntax method => method.WithBody(null).WithExpressionBody(Throw).WithSemicolonToken(End),
        ConstructorDeclarationSyntax constructor => Of(constructor),
        TypeDeclarationSyntax type => Of(type),
        _ => member,
    };

    /// <summary>A type as one part more of the user's.</summary>
    public string Part(TypeDeclarationSyntax type) =>
        Of(type).AddModifiers(SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space)).ToFullString();

    /// <summary>A field instead of a property.</summary>
    public static string Field(PropertyDeclarationSyntax property) => $"{property.Modifiers} {property.Type} {property.Identifier.Text} = default!;\n";

    /// <summary>A constructor that calls none of the base class's.</summary>
    public static string Bodiless(ConstructorDeclarationSyntax constructor) => constructor
        .AddModifiers(SyntaxFactory.Token(SyntaxKind.ExternKeyword).WithTrailingTrivia(SyntaxFactory.Space))
        .WithInitializer(null).WithBody(null).WithExpressionBody(null).WithSemicolonToken(End).ToFullString();

    /// <summary>What a base constructor is passed may have been left out.</summary>
    static ConstructorDeclarationSyntax Of(ConstructorDeclarationSyntax constructor) => constructor
        .ReplaceNodes(
            constructor.Initializer?.ArgumentList.Arguments.Select(argument => argument.Expression) ?? [],
            (_, _) => SyntaxFactory.ParseExpression("default!"))
        .WithBody(null).WithExpressionBody(Throw).WithSemicolonToken(End);

    TypeDeclarationSyntax Of(TypeDeclarationSyntax type)
    {
        type = type.WithMembers(SyntaxFactory.List(type.Members.Where(member => IsSeen(member) && isLeft(member)).Select(Of)));
        return type.ReplaceNodes(
            type.AttributeLists.SelectMany(list => list.DescendantNodes()).OfType<IdentifierNameSyntax>().Where(name => constants.ContainsKey(name.Identifier.ValueText)),
            (name, _) => constants[name.Identifier.ValueText].WithTriviaFrom(name));
    }

    /// <summary>Whether a nested type's member matters to others: its fields do, which say how large it is.</summary>
    static bool IsSeen(MemberDeclarationSyntax member) =>
        member is FieldDeclarationSyntax || member.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword);
}
