using System.Globalization;
using System.Text.RegularExpressions;

namespace GenNet.Consumers.Tests;

/// <summary><c>dotnet new gennet</c> makes a program that learns.</summary>
[Trait("Category", "Consumers")]
public partial class TemplateTests
{
    [Fact]
    public void The_template_makes_a_program_that_learns()
    {
        var folder = Workshop.CreateFolder("templates");
        // The hive keeps the template out of the user's own.
        var hive = Path.Combine(folder, "hive");
        ToolRun New(params string[] arguments) => Workshop.DotNet(folder, ["new", .. arguments, "--debug:custom-hive", hive]);

        New("install", Path.Combine(Workshop.Feed, $"GenNet.Templates.{Workshop.Version}.nupkg")).Succeeded();
        New("gennet", "-n", "spiral-app").Succeeded();
        var program = Path.Combine(folder, "spiral-app");
        var output = Workshop.DotNet(program, "run", "-c", "Release", "-p:TreatWarningsAsErrors=true").Succeeded();
        var score = Score().Match(output);
        Assert.True(score.Success && int.Parse(score.Groups[1].Value, CultureInfo.InvariantCulture) > 950, output);

        New("gennet", "-n", "My.Native", "--aot", "--Framework", "net9.0").Succeeded();
        var native = Path.Combine(folder, "My.Native");
        Assert.Equal(["true", "net9.0", "My.Native"],
            new[] { "PublishAot", "TargetFramework", "RootNamespace" }.Select(name => Workshop.DotNet(native, "msbuild", $"-getProperty:{name}").Succeeded().Trim()));
        Assert.Contains("namespace My.Native;", File.ReadAllText(Path.Combine(native, "SpiralNet.cs")), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^(\d+) of 1000 points right", RegexOptions.Multiline)]
    private static partial Regex Score();
}
