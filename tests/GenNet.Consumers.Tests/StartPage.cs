using System.Text.RegularExpressions;

namespace GenNet.Consumers.Tests;

/// <summary>
/// A Markdown page that is followed from top to bottom. A code block without a language is commands for a shell, which stays in the folder that they go to.
/// Every other block has a comment before it that says where a reader puts it: <c>file: NAME</c> (in place of what is there), <c>append: NAME</c>, or <c>insert: NAME</c> (into a project).
/// </summary>
/// <param name="markdown">The page's text.</param>
/// <param name="folder">Where it begins.</param>
/// <param name="environment">Variables of its commands.</param>
sealed partial class StartPage(string markdown, string folder, IReadOnlyDictionary<string, string> environment)
{
    string _folder = folder;

    /// <summary>Does what each block says, and returns the output of each that is commands.</summary>
    public IEnumerable<ToolRun> Follow()
    {
        foreach (Match block in Block().Matches(markdown))
        {
            var code = block.Groups["code"].Value;
            if (block.Groups["language"].Length == 0)
            {
                yield return Run(code);
                continue;
            }
            Assert.True(block.Groups["file"].Success, $"No comment says where this belongs:\n{code}");
            Put(block.Groups["how"].Value, Path.Combine(_folder, block.Groups["file"].Value), code);
        }
    }

    ToolRun Run(string commands)
    {
        var place = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var run = ToolRun.Start("bash", _folder, ["-e", "-c", $"{commands}pwd > {place}"], environment);
            if (run.ExitCode == 0)
                _folder = File.ReadAllText(place).TrimEnd();
            return run;
        }
        finally
        {
            File.Delete(place);
        }
    }

    static void Put(string how, string file, string code)
    {
        var before = how == "file" ? "" : File.ReadAllText(file);
        File.WriteAllText(file, how == "insert" ? before.Replace("</Project>", code + "</Project>", StringComparison.Ordinal) : before + code);
    }

    [GeneratedRegex(@"(<!-- (?<how>file|append|insert): (?<file>\S+) -->\n)?(<!-- test:.*? -->\n)?^```(?<language>[^\n]*)\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
