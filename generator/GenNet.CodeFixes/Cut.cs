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
        var before = start;
        while (before > 0 && IsBlank(text[before - 1]))
            before--;
        if (end == text.Length || text[end] is '\r' or '\n')
        {
            start = before;
            if (start == 0 || text[start - 1] == '\n')
                end = text.Lines.GetLineFromPosition(end).EndIncludingLineBreak;
        }
        return new(TextSpan.FromBounds(start, end), "");
    }

    static bool IsBlank(char c) => c is ' ' or '\t';
}
