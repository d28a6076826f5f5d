using System.Text.RegularExpressions;
using GenNet.Tests.Documentation;

namespace GenNet.Tests.Builds;

/// <summary>What is run for every change is what a reader of README.md runs first, and nothing that would hide how that goes.</summary>
public partial class ContinuousIntegrationTests
{
    static readonly string[] Commands = [.. Script().Where(line => line.StartsWith("dotnet ", StringComparison.Ordinal))];

    [Fact]
    public void The_first_two_commands_are_those_of_the_README_as_they_stand()
    {
        var tryIt = Repository.Read("README.md").Split("\n## ").Single(section => section.StartsWith("Try it\n", StringComparison.Ordinal));
        string[] shown = [.. Block().Matches(tryIt).Select(block => block.Groups[1].Value.Trim())];
        Assert.Equal(2, shown.Length);
        Assert.Equal(shown, Commands.Take(2));
    }

    [Fact]
    public void Nothing_is_built_fetched_or_installed_before_them()
    {
        var before = Script().TakeWhile(line => line != Commands[0]).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#');
        Assert.All(before, line => Assert.Matches("^(set|cd|export|if|fi|echo|clone|trap|git clone)\\b", line));
        Assert.All(before, line => Assert.DoesNotMatch(@"dotnet |\b(apt|apt-get|npm|pip|nuget)\b", line));
        Assert.All(Commands, command => Assert.DoesNotContain("no-build", command, StringComparison.Ordinal));
    }

    static string[] Script() => Repository.Read(".ci/run").Split('\n');

    [GeneratedRegex("^```\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
