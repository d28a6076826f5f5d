using System.Text.RegularExpressions;

namespace GenNet.Tests.Documentation;

/// <summary>Links from one page or file of the repository to another lead somewhere.</summary>
public partial class LinkTests
{
    public static TheoryData<string> Pages => new([.. Repository.Pages("docs"), .. Repository.Pages("docs/diagnostics"), .. Repository.Pages("docs/layers"), .. Repository.Pages("docs/uses"), "README.md"]);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_into_the_repository_leads_somewhere(string path)
    {
        foreach (var link in Link().Matches(Repository.Read(path)).Select(match => match.Groups[1].Value))
        {
            if (link.Contains("://", StringComparison.Ordinal))
                continue;
            var parts = link.Split('#');
            var target = parts[0].Length == 0 ? path : Path.Combine(Path.GetDirectoryName(path)!, parts[0]);
            Assert.True(Repository.Has(target), $"{path} links to {link}, which does not exist.");
            Assert.True(parts.Length == 1 || Anchors(target).Contains(parts[1]), $"{path} links to {link}, but there is no such heading.");
        }
    }

    /// <summary>What the headings of a page are called in links: lower case, without punctuation, spaces as hyphens.</summary>
    static IEnumerable<string> Anchors(string path) =>
        Heading().Matches(Repository.Read(path)).Select(match => Punctuation().Replace(match.Groups[1].Value, "").Replace(' ', '-').ToLowerInvariant());

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();
}
