using System.Globalization;
using System.Text;
using GenNet.Tests.Generation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Tests.Diagnostics;

/// <summary>Ways to write the same program.</summary>
static class SourceStyle
{
    public static readonly string[] Names = ["nested", "conditional", "block comments", "line comments"];

    public static string Apply(string style, string source) => style switch
    {
        "nested" => $"namespace A\n{{\n    partial class Outer<T>\n    {{\n{source}\n    }}\n}}\n",
        "conditional" => $"#if true\n{source}\n#else\n[Network( {{\n#endif\n",
        "block comments" => WithComments(source, number => $"/* {number} */ "),
        "line comments" => WithComments(source, number => $"// {number}\n"),
        _ => throw new ArgumentOutOfRangeException(nameof(style)),
    };

    /// <summary>All comments and directives, in order.</summary>
    public static IReadOnlyList<string> Trivia(string source) =>
    [
        .. GeneratorHarness.Parse(source, "").GetRoot().DescendantTrivia()
            .Where(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia))
            .Select(trivia => trivia.ToString().Trim()),
    ];

    /// <summary>A comment before each word of the attributes and modifiers of each type.</summary>
    static string WithComments(string source, Func<string, string> comment)
    {
        var text = new StringBuilder(source);
        var places = GeneratorHarness.Parse(source, "").GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>()
            .SelectMany(type => type.AttributeLists.SelectMany(list => list.DescendantTokens()).Concat(type.Modifiers).Append(type.Keyword))
            .Select(token => token.SpanStart).Order().ToList();
        for (var i = places.Count - 1; i >= 0; i--)
            text.Insert(places[i], comment((i + 1).ToString(CultureInfo.InvariantCulture)));
        return text.ToString();
    }
}
