using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace GenNet.CodeFixes;

/// <summary>Takes something out of a text so that no blanks tell of it.</summary>
static class Cut
{
    /// <summary>Leaves out a span, the blanks around that nothing separates any more, and its line if nothing else stands there.</summary>
    public static TextChange Out(SourceText text, TextSpan span)
    {
        var (start, end) = (span.Start, span.End);
        while (end < text.Length && IsBlank(text[end]))
            end++;
        var before = Before(text, start);
        if (end == text.Length || text[end] is '\r' or '\n')
        {
            start = before;
            if (start == 0 || text[start - 1] == '\n')
                end = text.Lines.GetLineFromPosition(end).EndIncludingLineBreak;
        }
        return new(TextSpan.FromBounds(start, end), "");
    }

    /// <summary>Where the blanks before a place begin.</summary>
    static int Before(SourceText text, int start)
    {
        while (start > 0 && IsBlank(text[start - 1]))
            start--;
        return start;
    }

    /// <summary>What there is of a node between comments and directives, which stay.</summary>
    public static IEnumerable<TextSpan> Pieces(SyntaxNode node)
    {
        var start = node.SpanStart;
        foreach (var token in node.DescendantTokens())
            foreach (var trivia in token.GetAllTrivia().Where(trivia => node.Span.Contains(trivia.Span)))
                if (!trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia))
                {
                    if (Between(node, start, trivia.SpanStart) is { } piece)
                        yield return piece;
                    start = trivia.Span.End;
                }
        if (Between(node, start, node.Span.End) is { } rest)
            yield return rest;
    }

    /// <summary>Writes something in the place of a node; comments in it stay.</summary>
    public static IEnumerable<TextChange> Replace(SourceText text, SyntaxNode node, string replacement)
    {
        var pieces = Pieces(node).ToList();
        return pieces.Skip(1).Select(piece => new TextChange(TextSpan.FromBounds(Before(text, piece.Start), piece.End), "")).Prepend(new(pieces[0], replacement));
    }

    /// <summary>The tokens of a node that lie in a part of it.</summary>
    static TextSpan? Between(SyntaxNode node, int start, int end)
    {
        var tokens = node.DescendantTokens().Where(token => token.SpanStart >= start && token.Span.End <= end).ToList();
        return tokens.Count == 0 ? null : TextSpan.FromBounds(tokens[0].SpanStart, tokens[tokens.Count - 1].Span.End);
    }

    static bool IsBlank(char c) => c is ' ' or '\t';
}
