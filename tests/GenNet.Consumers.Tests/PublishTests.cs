namespace GenNet.Consumers.Tests;

/// <summary>Published in every way, programs keep working and train to the same bits.</summary>
[Trait("Category", "Consumers")]
public class PublishTests
{
    const string Strict = "<TreatWarningsAsErrors>true</TreatWarningsAsErrors><OutputType>Exe</OutputType><InvariantGlobalization>true</InvariantGlobalization>";

    [SkippableFact]
    public void Single_file_on_net8() => PublishesAndTrains("SingleFile", "net8.0", "<PublishSingleFile>true</PublishSingleFile><SelfContained>true</SelfContained>");

    [SkippableFact]
    public void Trimmed() => PublishesAndTrains("Trimmed", "net10.0", "<PublishTrimmed>true</PublishTrimmed><SelfContained>true</SelfContained>");

    [SkippableFact]
    public void Ready_to_run() => PublishesAndTrains("ReadyToRun", "net10.0", "<PublishReadyToRun>true</PublishReadyToRun><SelfContained>false</SelfContained>");

    [SkippableTheory]
    [InlineData("net9.0")]
    [InlineData("net10.0")]
    public void Native_AOT(string framework)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/usr/bin/gcc"), "needs Linux with gcc");
        PublishesAndTrains($"Native{framework.Replace(".", "", StringComparison.Ordinal)}", framework,
            "<PublishAot>true</PublishAot><CppCompilerAndLinker>gcc</CppCompilerAndLinker>");
    }

    static void PublishesAndTrains(string name, string framework, string properties)
    {
        var project = new ConsumerProject(name, $"{Strict}<TargetFramework>{framework}</TargetFramework><RuntimeIdentifier>{ConsumerProject.Rid}</RuntimeIdentifier>{properties}");
        project.Publish().Succeeded();
        Trained.Same(project.Run());
    }
}
