using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.CodeFixes;

/// <summary>GN0008: puts ReLU in the place of a hidden layer's softmax.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class HiddenReLUFix() : CodeFix("GN0008", "Use ReLU")
{
    /// <inheritdoc/>
    protected override SyntaxNode? Fix(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan).DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .FirstOrDefault(name => name.Identifier.ValueText == "Softmax") is { } softmax
            ? root.ReplaceNode(softmax, SyntaxFactory.IdentifierName("ReLU").WithTriviaFrom(softmax))
            : null;
}
