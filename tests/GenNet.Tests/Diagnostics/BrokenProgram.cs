using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using GenNet.Shared;
using GenNet.Tests.Generation;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace GenNet.Tests.Diagnostics;

/// <summary>
/// A file of Programs: source with each expected diagnostic marked as {|id:text|} or {|id,id:text|}, under one line <c>//! message</c> a mark.
/// <c>//# language 11</c> gives the version of C#, <c>//# unsafe</c> allows unsafe code, <c>//# alone</c> leaves out the framework and GenNet, and each <c>//# weights</c> is a line of what the build
/// says of weights, of those in another file after a line <c>--</c>.
/// </summary>
sealed partial record BrokenProgram(string Source, IReadOnlyList<(string Id, TextSpan Span)> Marks, IReadOnlyList<string> Messages, string? Fixed)
{
    const string Extension = ".cs.txt";

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder(), "*" + Extension).Select(file => Path.GetFileName(file)[..^Extension.Length]).Order(StringComparer.Ordinal);

    public static BrokenProgram Read(string name)
    {
        var text = File.ReadAllText(Path.Combine(Folder(), name + Extension)).ReplaceLineEndings("\n");
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
        return new(source.Append(text, read, text.Length - read).ToString(), marks, [.. Lines(text, "//! ")], ReadFixed(name));
    }

    /// <summary>Whether the program says how it is to be compiled.</summary>
    public bool NeedsOwnProject => Source.Contains("//#", StringComparison.Ordinal);

    /// <summary>The program after all code fixes, if there are any.</summary>
    static string? ReadFixed(string name) =>
        FixedFile(name, "") is var file && File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : null;

    /// <summary>Fails unless the fixes gave what the file has, and writes down what they gave.</summary>
    public static void VerifyFixed(string name, string source)
    {
        var received = FixedFile(name, ".received");
        File.Delete(received);
        if (ReadFixed(name) == source)
            return;
        File.WriteAllText(received, source);
        Assert.Fail($"The fixes of {name} give another text than {name}.fixed.txt. Compare it with {received}; to accept, rename that.");
    }

    static string FixedFile(string name, string kind) => Path.Combine(Folder(), $"{name}.fixed{kind}.txt");

    /// <summary>Compiles the program, or a changed one as this was to be compiled.</summary>
    public GeneratorRun Run(string? source = null)
    {
        var language = Lines(Source, "//# language ").Select(version => $"CSharp{version}").SingleOrDefault() ?? nameof(LanguageVersion.CSharp12);
        var options = InMemoryCompiler.ParseOptions.WithLanguageVersion(Enum.Parse<LanguageVersion>(language));
        var compilation = GeneratorHarness.CreateCompilation([source ?? Source], options: options);
        if (Lines(Source, "//# unsafe").Any())
            compilation = compilation.WithOptions(compilation.Options.WithAllowUnsafe(true));
        return GeneratorHarness.Run(
            InMemoryCompiler.Driver().WithUpdatedParseOptions(options),
            Lines(Source, "//# alone").Any() ? compilation.RemoveAllReferences().RemoveSyntaxTrees(compilation.SyntaxTrees.Skip(1)) : compilation,
            [.. string.Join('\n', Lines(Source, "//# weights ")).Split("\n--\n", StringSplitOptions.RemoveEmptyEntries).Select(text => new WeightsDescription(text))]);
    }

    static IEnumerable<string> Lines(string text, string start) =>
        text.Split('\n').Where(line => line.StartsWith(start, StringComparison.Ordinal)).Select(line => line[start.Length..]);

    static string Folder([CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "Programs");

    [GeneratedRegex(@"\{\|([A-Z\d,]+):(.*?)\|\}")]
    private static partial Regex Mark();
}
