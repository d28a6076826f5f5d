using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.CodeFixes;

/// <summary>Removes the argument of an attribute that is wrong.</summary>
public abstract class RemoveArgumentFix(string id, string title) : CodeFix(id, title)
{
    /// <inheritdoc/>
    protected override SyntaxNode? Fix(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>() is { } argument
            ? root.RemoveNode(argument, SyntaxRemoveOptions.KeepNoTrivia)
            : null;
}
