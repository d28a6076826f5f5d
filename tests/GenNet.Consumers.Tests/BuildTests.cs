namespace GenNet.Consumers.Tests;

/// <summary>Projects of every common kind build with the package, without a warning, and train to the same bits.</summary>
[Trait("Category", "Consumers")]
public class BuildTests
{
    const string Strict = "<TreatWarningsAsErrors>true</TreatWarningsAsErrors><OutputType>Exe</OutputType>";

    [Fact]
    public void Net8_with_CSharp12() => BuildsAndTrains("Net8",
        "<TargetFramework>net8.0</TargetFramework><LangVersion>12</LangVersion><Nullable>enable</Nullable><RollForward>Major</RollForward>");

    [Fact]
    public void Net10() => BuildsAndTrains("Net10",
        "<TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings>", "-c", "Release");

    [Fact]
    public void Nullable_disabled_and_no_implicit_usings() => BuildsAndTrains("Plain",
        "<TargetFramework>net10.0</TargetFramework><Nullable>disable</Nullable><ImplicitUsings>disable</ImplicitUsings>");

    [Fact]
    public void Every_analyzer_and_documentation_comments() => BuildsAndTrains("Analyzed", """
        <TargetFramework>net10.0</TargetFramework>
        <Nullable>enable</Nullable>
        <AnalysisMode>All</AnalysisMode>
        <WarningLevel>9999</WarningLevel>
        <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
        <GenerateDocumentationFile>true</GenerateDocumentationFile>
        <CheckForOverflowUnderflow>true</CheckForOverflowUnderflow>
        <NoWarn>CA1515</NoWarn> <!-- the program's own types are public -->
        <InvariantGlobalization>true</InvariantGlobalization>
        """);

    [SkippableFact]
    public void Swedish()
    {
        var project = new ConsumerProject("Swedish", $"{Strict}<TargetFramework>net10.0</TargetFramework><UseSharedCompilation>false</UseSharedCompilation>");
        var swedish = new Dictionary<string, string> { ["LANG"] = "sv_SE.UTF-8", ["LC_ALL"] = "sv_SE.UTF-8" };
        project.Build(swedish).Succeeded();
        var output = project.Run(swedish);
        Skip.IfNot(output.Contains("\u22121,5", StringComparison.Ordinal), "this machine has no Swedish culture");
        Trained.Same(output);
    }

    [SkippableTheory]
    [InlineData("net6.0")]
    [InlineData("netstandard2.0")]
    public void An_older_framework_is_refused_by_NuGet(string framework)
    {
        var restore = new ConsumerProject($"Old{framework}", $"<TargetFramework>{framework}</TargetFramework>").Restore();
        restore.SkipWithoutPackages();
        Assert.Contains($"error NU1202: Package GenNet {Workshop.Version} is not compatible with {framework}", restore.Failed(), StringComparison.Ordinal);
    }

    static void BuildsAndTrains(string name, string properties, params string[] options)
    {
        var project = new ConsumerProject(name, Strict + properties);
        project.Build(options).Succeeded();
        Trained.Same(project.Run());
    }
}
