using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.CodeFixes;

/// <summary>GN0075: lets a constructor call the one that makes the weights, with its own parameter <c>seed</c> where it has one that fits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class CallSeedFix() : CodeFix("GN0075", "Call 'this(seed)'")
{
    const string Seed = "seed";

    /// <inheritdoc/>
    protected override SyntaxNode? Fix(SyntaxNode root, Diagnostic diagnostic)
    {
        // Where it gives arguments to its base class, calling another constructor would lose them.
        if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is not { Initializer: null } constructor)
            return null;
        // A ulong, lest an overload of the user's fit as well.
        var seed = constructor.ParameterList.Parameters.FirstOrDefault(IsSeed);
        var argument = seed is null ? "seed: 0UL" : seed.Type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.ULongKeyword } ? Seed : $"(ulong){Seed}";
        var list = SyntaxFactory.ParseArgumentList($"({argument})").WithTrailingTrivia(constructor.ParameterList.GetTrailingTrivia());
        var initializer = SyntaxFactory.ConstructorInitializer(
            SyntaxKind.ThisConstructorInitializer,
            SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.Token(SyntaxKind.ThisKeyword),
            list);
        var parameters = constructor.ParameterList.WithTrailingTrivia(SyntaxFactory.Space);
        return root.ReplaceNode(constructor, constructor.WithParameterList(parameters).WithInitializer(initializer));
    }

    static bool IsSeed(ParameterSyntax parameter) => parameter is { Identifier.ValueText: Seed, Type: PredefinedTypeSyntax type }
        && (type.Keyword.IsKind(SyntaxKind.ULongKeyword) || type.Keyword.IsKind(SyntaxKind.UIntKeyword) || type.Keyword.IsKind(SyntaxKind.UShortKeyword) || type.Keyword.IsKind(SyntaxKind.ByteKeyword));
}
