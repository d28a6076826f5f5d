using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GenNet.CodeFixes;

/// <summary>Removes the argument of an attribute that is wrong.</summary>
public abstract class RemoveArgumentFix(string id, string title) : CodeFix(id, title)
{
    /// <inheritdoc/>
    protected override IEnumerable<TextChange> Fix(SemanticModel model, SyntaxNode root, SourceText text, Diagnostic diagnostic)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>() is not { Parent: AttributeArgumentListSyntax list } argument)
            yield break;
        var first = list.Arguments.IndexOf(argument);
        // Numbers that follow one another are the elements of one array.
        var last = first;
        if (IsElement(argument))
            while (last + 1 < list.Arguments.Count && IsElement(list.Arguments[last + 1]))
                last++;

        var commas = list.Arguments.GetSeparators().ToList();
        var cutTo = 0;
        for (var i = first; i <= last; i++)
        {
            // With its own comma, or, at the end of the list, with the one before it.
            var own = list.Arguments[i].Span;
            var comma = last < list.Arguments.Count - 1 ? commas[i].Span : i > 0 ? commas[i - 1].Span : (TextSpan?)null;
            foreach (var span in Joined(text, own, comma))
            {
                var cut = Cut.Out(text, span);
                if (cut.Span.Start < cutTo)
                    cut = new(TextSpan.FromBounds(cutTo, Math.Max(cutTo, cut.Span.End)), "");
                cutTo = cut.Span.End;
                yield return cut;
            }
        }
    }

    static bool IsElement(AttributeArgumentSyntax argument) => argument.NameEquals is null && argument.NameColon is null;

    /// <summary>One span where only blanks and line ends stand between argument and comma, otherwise two.</summary>
    static IEnumerable<TextSpan> Joined(SourceText text, TextSpan argument, TextSpan? comma)
    {
        if (comma is not { } other)
            return [argument];
        var (before, after) = other.Start < argument.Start ? (other, argument) : (argument, other);
        return string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(before.End, after.Start)))
            ? [TextSpan.FromBounds(before.Start, after.End)]
            : [before, after];
    }
}
