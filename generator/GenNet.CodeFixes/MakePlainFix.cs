using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.CodeFixes;

/// <summary>GN0002: removes the modifiers that a network cannot have.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class MakePlainFix() : CodeFix("GN0002", "Make it a plain class")
{
    /// <inheritdoc/>
    protected override SyntaxNode? Fix(SyntaxNode root, Diagnostic diagnostic)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
            return null;
        var kept = type.Modifiers.Where(modifier =>
            !modifier.IsKind(SyntaxKind.StaticKeyword) && !modifier.IsKind(SyntaxKind.AbstractKeyword) && !modifier.IsKind(SyntaxKind.FileKeyword)).ToList();
        if (kept.Count == type.Modifiers.Count)
            return null;
        return root.ReplaceNode(type, type.WithModifiers(SyntaxFactory.TokenList(kept)).WithLeadingTrivia(type.GetLeadingTrivia()));
    }
}
