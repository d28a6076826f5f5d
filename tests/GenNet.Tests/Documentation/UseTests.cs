using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using GenNet.Agents;
using GenNet.Shared;

namespace GenNet.Tests.Documentation;

/// <summary>The programs of docs/uses do what their pages say: what each prints stands below it, and has the same bits on every machine.</summary>
public sealed partial class UseTests
{
    /// <summary>What a program sees as Console.</summary>
    const string Console = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        #pragma warning disable CS1591

        public static class Console
        {
            public static System.Text.StringBuilder Text { get; } = new();

            public static void WriteLine(FormattableString line) => Text.Append(line.ToString(System.Globalization.CultureInfo.InvariantCulture)).Append('\n');
        }

        """;

    public static TheoryData<string> Pages => new(Repository.Pages("docs/uses"));

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_program_prints_what_its_page_says(string path)
    {
        var text = Repository.Read(path);
        var expected = Output().Match(text).Groups["output"].Value;
        var program = InMemoryCompiler.Load(Console + new SnippetPage(path, text).Program, package: typeof(ActionSpace).Assembly);
        program.GetType("Snippet1.Statements")!.GetMethod("Run", BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, null);
        var printed = program.GetType("Console")!.GetProperty("Text")!.GetValue(null)!.ToString();
        if (Environment.GetEnvironmentVariable("GENNET_ACCEPT") == "1")
            Repository.Write(path, text.Replace($"\n```\n{expected}```\n", $"\n```\n{printed}```\n", StringComparison.Ordinal));
        else
            Assert.Equal(expected, printed);
    }

    [GeneratedRegex(@"^It prints.*?\n\n```\n(?<output>.*?)```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Output();
}
