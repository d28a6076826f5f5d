using GenNet.Tests.Generation;
using Microsoft.CodeAnalysis;

namespace GenNet.Tests.Diagnostics;

/// <summary>Texts as they are while somebody types them: a program that breaks off, or in which tokens are missing, doubled or out of place.</summary>
sealed class RandomText(int seed)
{
    static readonly string[] Programs = [.. BrokenProgram.Names.Select(name => BrokenProgram.Read(name).Source).Where(source => !source.Contains("//# alone", StringComparison.Ordinal))];

    readonly Random _random = new(seed);

    /// <summary>A whole program: a wrong one, or a right one of a random seed.</summary>
    public string Whole() => _random.Next(3) == 0 ? RandomProgram.Create(_random.Next(1000)) : Programs[_random.Next(Programs.Length)];

    /// <summary>The text after one to three slips.</summary>
    public string Slip(string text)
    {
        for (var slips = 1 + _random.Next(3); slips > 0; slips--)
            text = SlipOnce(text);
        return text;
    }

    string SlipOnce(string text)
    {
        if (_random.Next(4) == 0)
            return text[.._random.Next(text.Length + 1)];
        var tokens = Tokens(text);
        if (tokens.Count == 0)
            return text;
        var token = tokens[_random.Next(tokens.Count)];
        return _random.Next(5) switch
        {
            0 => text.Remove(token.SpanStart, token.Span.Length),
            1 => text.Insert(token.SpanStart, token.Text + " "),
            2 => text.Insert(token.SpanStart, tokens[_random.Next(tokens.Count)].Text + " "),
            3 => text.Insert(token.SpanStart, Any(Tokens(Whole())) + " "),
            _ => text.Remove(token.SpanStart, token.Span.Length).Insert(token.SpanStart, tokens[_random.Next(tokens.Count)].Text),
        };
    }

    string Any(IReadOnlyList<SyntaxToken> tokens) => tokens[_random.Next(tokens.Count)].Text;

    static IReadOnlyList<SyntaxToken> Tokens(string text) => [.. GeneratorHarness.Parse(text, "").GetRoot().DescendantTokens().Where(token => token.Span.Length > 0)];
}
