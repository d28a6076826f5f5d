using System.Text.RegularExpressions;
using System.Xml.Linq;
using GenNet.Tests.Documentation;

namespace GenNet.Tests.Builds;

/// <summary>What the projects of the repository say of each other is enough to build and run any one of them on a fresh clone.</summary>
public partial class ProjectTests
{
    public static TheoryData<string> Programs => new(Repository.Projects().Where(project => Text(project).Contains("<OutputType>Exe</OutputType>", StringComparison.Ordinal)));

    public static TheoryData<string> TestProjects => new(Repository.Projects().Where(project => Text(project).Contains("<IsTestProject>true</IsTestProject>", StringComparison.Ordinal)));

    /// <summary>With several, <c>dotnet run --project</c> asks which.</summary>
    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_has_one_framework(string project) => Assert.DoesNotContain("TargetFrameworks>", Text(project), StringComparison.Ordinal);

    /// <summary>The tests of a project run while others that it does not refer to are still being built, or are not built at all.</summary>
    [Theory]
    [MemberData(nameof(TestProjects))]
    public void What_tests_use_is_built_before_them(string project)
    {
        var built = new HashSet<string>();
        Refer(project);
        var used = Outputs(project).Concat(Packed(project).SelectMany(packed => Outputs(packed).Append(packed))).ToArray();
        Assert.NotEmpty(used);
        Assert.All(used, other => Assert.True(built.Contains(other), $"{project} uses the output of {other}, but has no reference to it, so its tests may run before that is built."));

        void Refer(string from)
        {
            if (built.Add(from))
                foreach (var reference in Items(from, "ProjectReference"))
                    Refer(reference);
        }
    }

    /// <summary>A package that goes with any later GenNet would meet internals that it was not built with.</summary>
    [Fact]
    public void Internals_are_for_what_is_packed_with_the_library_or_not_at_all()
    {
        var friends = XDocument.Parse(Text("src/GenNet/GenNet.csproj")).Descendants("InternalsVisibleTo").Select(item => item.Attribute("Include")!.Value + ".csproj").ToArray();
        var projects = Repository.Projects().Where(project => friends.Contains(Path.GetFileName(project))).ToArray();
        Assert.Equal(friends.Order(), projects.Select(Path.GetFileName).Order());
        Assert.All(projects, project => Assert.Matches("<PackAsTool>true|<IsPackable>false", Text(project)));
    }

    /// <summary>The projects whose build outputs a project names by their path.</summary>
    static IEnumerable<string> Outputs(string project) => Output().Matches(Text(project)).Select(match => Locate(project, match.Groups["folder"].Value + Path.GetFileName(match.Groups["folder"].Value.TrimEnd('/')) + ".csproj"));

    /// <summary>The projects that the tests of a project pack or run without building them.</summary>
    static IEnumerable<string> Packed(string project) =>
        XDocument.Parse(Text(project)).Descendants("PackedProjects").SelectMany(list => list.Value.Split(';')).Select(packed => Locate(project, packed)).Concat(Metadata().Matches(Text(project)).Select(match => Locate(project, match.Groups["project"].Value)));

    static IEnumerable<string> Items(string project, string name) =>
        XDocument.Parse(Text(project)).Descendants(name).SelectMany(item => item.Attribute("Include")!.Value.Split(';')).Select(include => Locate(project, include));

    static string Locate(string project, string relative) =>
        Path.GetRelativePath(Path.GetFullPath("/"), Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(project)!, relative.Replace("$(MSBuildThisFileDirectory)", "", StringComparison.Ordinal)))).Replace('\\', '/');

    static string Text(string project) => Repository.Read(project);

    [GeneratedRegex(@"(?<folder>(\.\./)+[\w./]+/)bin/\$\(Configuration\)")]
    private static partial Regex Output();

    [GeneratedRegex("""<AssemblyMetadata [^>]*Value="(?<project>[^"%]+\.csproj)" """)]
    private static partial Regex Metadata();
}
