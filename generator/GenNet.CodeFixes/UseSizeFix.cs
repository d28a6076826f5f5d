using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

namespace GenNet.CodeFixes;

/// <summary>GN0018: writes the network's constant in the place of a wrong number.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class UseSizeFix() : CodeFix("GN0018", "Use the network's size")
{
    const string Replacement = nameof(Replacement);

    /// <inheritdoc/>
    protected override string Title(Diagnostic diagnostic) => $"Use {diagnostic.Properties[Replacement]}";

    /// <inheritdoc/>
    protected override SyntaxNode? Fix(SyntaxNode root, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue(Replacement, out var constant) || diagnostic.AdditionalLocations.Count == 0)
            return null;
        var number = root.FindNode(diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true);
        return root.ReplaceNode(number, SyntaxFactory.ParseExpression(constant!).WithTriviaFrom(number));
    }
}
