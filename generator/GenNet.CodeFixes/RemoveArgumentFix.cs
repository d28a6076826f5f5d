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
            var own = Cut.Pieces(list.Arguments[i]).ToList();
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

    /// <summary>The pieces of an argument and its comma, those two in one where only blanks and line ends stand between them.</summary>
    static IEnumerable<TextSpan> Joined(SourceText text, List<TextSpan> argument, TextSpan? comma)
    {
        if (comma is not { } other)
            return argument;
        var spans = argument.Append(other).OrderBy(span => span.Start).ToList();
        var at = Math.Max(1, spans.IndexOf(other));
        // While one types, a piece may be missing, and its place lies within what the compiler skipped.
        if (spans[at].Start > spans[at - 1].End && !IsBlank(text, spans[at - 1].End, spans[at].Start))
            return spans;
        spans[at - 1] = TextSpan.FromBounds(spans[at - 1].Start, Math.Max(spans[at - 1].End, spans[at].End));
        spans.RemoveAt(at);
        return spans;
    }

    static bool IsBlank(SourceText text, int start, int end) => string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(start, end)));
}
