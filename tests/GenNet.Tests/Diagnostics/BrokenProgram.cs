using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace GenNet.Tests.Diagnostics;

/// <summary>
/// A file of Programs: source with each expected diagnostic marked as {|id:text|}, under one line <c>//! message</c> a mark.
/// </summary>
sealed partial record BrokenProgram(string Source, IReadOnlyList<(string Id, TextSpan Span)> Marks, IReadOnlyList<string> Messages)
{
    const string Extension = ".cs.txt";

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder(), "*" + Extension).Select(file => Path.GetFileName(file)[..^Extension.Length]).Order(StringComparer.Ordinal);

    public static BrokenProgram Read(string name)
    {
        var text = File.ReadAllText(Path.Combine(Folder(), name + Extension)).ReplaceLineEndings("\n");
        var messages = text.Split('\n').Where(line => line.StartsWith("//! ", StringComparison.Ordinal)).Select(line => line["//! ".Length..]);
        var source = new StringBuilder();
        var marks = new List<(string, TextSpan)>();
        var read = 0;
        foreach (Match match in Mark().Matches(text))
        {
            source.Append(text, read, match.Index - read);
            marks.Add((match.Groups[1].Value, new TextSpan(source.Length, match.Groups[2].Length)));
            source.Append(match.Groups[2].Value);
            read = match.Index + match.Length;
        }
        return new(source.Append(text, read, text.Length - read).ToString(), marks, [.. messages]);
    }

    static string Folder([CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "Programs");

    [GeneratedRegex(@"\{\|([A-Z]{2}\d{4}):(.*?)\|\}")]
    private static partial Regex Mark();
}
