using System.Text;
using System.Text.RegularExpressions;
using GenNet.Tests.Generation;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Tests.Documentation;

/// <summary>
/// A Markdown page and its C# blocks. What a block needs but does not show stands in an HTML comment before it that begins with "test:".
/// The types of a block can be used by those below it, which may declare others of the same name; its statements are a method of their own.
/// A line with nothing but "…" stands for code that is left out.
/// </summary>
/// <param name="path">Of the page, for messages.</param>
/// <param name="markdown">Its text.</param>
sealed partial class SnippetPage(string path, string markdown)
{
    /// <summary>The language that each code block of the page names; empty where none is.</summary>
    public IEnumerable<string> Languages => Blocks().Where(block => block.Groups["language"].Success).Select(block => block.Groups["language"].Value);

    /// <summary>All C# blocks as one program, whose lines the compiler counts as the page's.</summary>
    public string Program
    {
        get
        {
            // Each block is a namespace within that of the block before.
            var program = new StringBuilder();
            var given = new List<Part>();
            var depth = 0;
            foreach (var block in Blocks())
            {
                if (block.Groups["given"].Success)
                {
                    given.Add(Split(block.Groups["given"]));
                }
                else if (block.Groups["language"].Value == "csharp")
                {
                    Part[] parts = [.. given, Split(block.Groups["code"])];
                    program.Append($"namespace Snippet{++depth}\n{{\n");
                    program.AppendJoin("", parts.Select(part => part.Usings)).AppendJoin("", parts.Select(part => part.Types));
                    program.Append("static class Statements\n{\nstatic void Run()\n{\n").AppendJoin("", parts.Select(part => part.Statements)).Append("}\n}\n");
                    given.Clear();
                }
            }
            return program.Append('}', depth).ToString();
        }
    }

    Part Split(Group code)
    {
        var root = GeneratorHarness.Parse(Omission().Replace(code.Value, ""), path).GetCompilationUnitRoot();
        var firstLine = markdown.AsSpan(0, code.Index).Count('\n') + 1;
        string Text(IEnumerable<CSharpSyntaxNode> nodes) => string.Concat(nodes.Select(node =>
            $"#line {firstLine + root.SyntaxTree.GetLineSpan(node.FullSpan).StartLinePosition.Line} \"{path}\"\n{node.ToFullString()}\n"));
        return new Part(
            Text(root.Usings),
            Text(root.Members.Where(member => member is not GlobalStatementSyntax)),
            // What the parser could make nothing of is in the end's trivia, and must be seen by the compiler too.
            Text(root.Members.OfType<GlobalStatementSyntax>()) + root.EndOfFileToken.ToFullString() + "\n");
    }

    IEnumerable<Match> Blocks() => Block().Matches(markdown);

    [GeneratedRegex(@"^<!-- test:(?<given>.*?)-->|^```(?<language>[^\n]*)\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^\s*…$", RegexOptions.Multiline)]
    private static partial Regex Omission();

    readonly record struct Part(string Usings, string Types, string Statements);
}
