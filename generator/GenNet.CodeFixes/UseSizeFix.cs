using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace GenNet.CodeFixes;

/// <summary>GN0018: writes the network's constant in the place of a wrong number.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class UseSizeFix() : CodeFix("GN0018", "Use the network's size")
{
    const string Replacement = nameof(Replacement);

    /// <inheritdoc/>
    protected override string Title(Diagnostic diagnostic) => $"Use {diagnostic.Properties[Replacement]}";

    /// <inheritdoc/>
    protected override TextSpan Place(Diagnostic diagnostic) => (diagnostic.AdditionalLocations.FirstOrDefault() ?? diagnostic.Location).SourceSpan;

    /// <inheritdoc/>
    protected override IEnumerable<TextChange> Fix(SemanticModel model, SyntaxNode root, SourceText text, Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(Replacement, out var constant) && diagnostic.AdditionalLocations.Count > 0
            ? Cut.Replace(text, root.FindNode(Place(diagnostic), getInnermostNodeForTie: true), constant!)
            : [];
}
