using System.Text.RegularExpressions;
using GenNet.Generator.Diagnostics;
using GenNet.Tests.Documentation;
using GenNet.Tests.Generation;
using Microsoft.CodeAnalysis;

namespace GenNet.Tests.Diagnostics;

/// <summary>Each diagnostic has a page in docs, whose wrong program has that diagnostic alone and whose right one has none.</summary>
public partial class PageTests
{
    static IEnumerable<DiagnosticDescriptor> Descriptors =>
        typeof(Descriptors).GetFields().Select(field => (DiagnosticDescriptor)field.GetValue(null)!);

    public static TheoryData<string> Ids => new(Descriptors.Select(descriptor => descriptor.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_page_shows_what_is_wrong_and_what_is_right(string id)
    {
        var descriptor = Descriptors.Single(descriptor => descriptor.Id == id);
        Assert.StartsWith(Pages, descriptor.HelpLinkUri, StringComparison.Ordinal);
        var page = Repository.Read("docs/diagnostics/" + descriptor.HelpLinkUri[Pages.Length..]);
        Assert.StartsWith($"# {id}: {descriptor.Title}\n\n", page, StringComparison.Ordinal);
        Assert.Contains($"| [{id}]({id}.md) | {descriptor.Title} |", Repository.Read("docs/diagnostics/README.md"), StringComparison.Ordinal);

        if (page.Contains("```xml", StringComparison.Ordinal)) // the project file is wrong, not the program
            return;
        var programs = Program().Matches(page).Select(match => Documented(match.Groups[1].Value)).ToList();
        Assert.Equal([id], GeneratorHarness.Run(programs[0]).Diagnostics.Select(diagnostic => diagnostic.Id).Distinct());
        GeneratorHarness.Run(programs[1]).Compiles();
    }

    /// <summary>The link is followed from a project that has no folder docs: it begins with the address that the package gives as the project's.</summary>
    static string Pages => ProjectUrl().Match(Repository.Read("Directory.Build.props")).Groups[1].Value + "/blob/main/docs/diagnostics/";

    [GeneratedRegex("<PackageProjectUrl>(https://.*?)</PackageProjectUrl>")]
    private static partial Regex ProjectUrl();

    /// <summary>Pages show public classes without their documentation.</summary>
    static string Documented(string program) => "#pragma warning disable CS1591\n" + program;

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program();
}
