using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GenNet.CodeFixes;

/// <summary>GN0002: removes the modifiers that a network cannot have.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class MakePlainFix() : CodeFix("GN0002", "Make it a plain class")
{
    /// <inheritdoc/>
    protected override IEnumerable<TextChange> Fix(SemanticModel model, SyntaxNode root, SourceText text, Diagnostic diagnostic)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
            yield break;
        TextSpan? pending = null;
        foreach (var modifier in type.Modifiers)
        {
            if (!modifier.IsKind(SyntaxKind.StaticKeyword) && !modifier.IsKind(SyntaxKind.AbstractKeyword) && !modifier.IsKind(SyntaxKind.FileKeyword))
                continue;
            if (pending is { } before && string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(before.End, modifier.SpanStart))))
            {
                pending = TextSpan.FromBounds(before.Start, modifier.Span.End);
                continue;
            }
            if (pending is { } alone)
                yield return Cut.Out(text, alone);
            pending = modifier.Span;
        }
        if (pending is { } last)
            yield return Cut.Out(text, last);
    }
}
