using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using GenNet.Tests.Generation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace GenNet.Tests.Typed;

public partial class TypedDiagnosticTests
{
    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder(), "*.cs.txt").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    public static TheoryData<string> Programs => new(Names);

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_broken_program_has_exactly_its_diagnostics(string name)
    {
        var text = File.ReadAllText(Path.Combine(Folder(), name));
        var source = new StringBuilder();
        var marks = new List<(string, TextSpan)>();
        var read = 0;
        foreach (Match match in Mark().Matches(text))
        {
            source.Append(text, read, match.Index - read);
            foreach (var id in match.Groups[1].Value.Split(','))
                marks.Add((id, new TextSpan(source.Length, match.Groups[2].Length)));
            source.Append(match.Groups[2].Value);
            read = match.Index + match.Length;
        }
        source.Append(text, read, text.Length - read);
        var run = GeneratorHarness.Run(source.ToString());
        Assert.Equal(
            text.Split('\n').Where(line => line.StartsWith("//! ", StringComparison.Ordinal)).Select(line => line[4..]),
            run.Diagnostics.Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)));
        Assert.Equal(marks, run.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan)));
        Assert.Empty(run.Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    static string Folder([CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "../Diagnostics/Programs");

    [GeneratedRegex(@"\{\|([A-Z\d,]+):(.*?)\|\}")]
    private static partial Regex Mark();
}
