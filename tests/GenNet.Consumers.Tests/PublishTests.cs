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
    [InlineData("net8.0")]
    [InlineData("net9.0")]
    [InlineData("net10.0")]
    public void Native_AOT(string framework)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/usr/bin/gcc"), "needs Linux with gcc");
        PublishesAndTrains($"Native{framework.Replace(".", "", StringComparison.Ordinal)}", framework,
            "<PublishAot>true</PublishAot><CppCompilerAndLinker>gcc</CppCompilerAndLinker>");
    }

    /// <summary>For .NET 10 <see cref="ProcessorTests"/> runs all networks.</summary>
    [SkippableTheory]
    [Trait("Category", "Hosts")]
    [InlineData("net8.0")]
    [InlineData("net9.0")]
    public void Native_AOT_on_Arm64(string framework)
    {
        Arm64.SkipUnlessInstalled();
        var project = new ConsumerProject($"Arm64{framework}", $"{Strict}<TargetFramework>{framework}</TargetFramework>{Arm64.Properties}");
        project.Publish().Succeeded();
        Trained.Same(Arm64.Run(project));
    }

    [Theory]
    [InlineData("net8.0", "x86-x64-v3")]
    [InlineData("net9.0", "x86-x64-v3")]
    [InlineData("net10.0", "x86-64-v3")] // what .NET 10's compiler calls it
    public void Native_AOT_has_fused_multiply_add_unless_told_otherwise(string framework, string instructions)
    {
        var project = new ConsumerProject($"Instructions{framework}", $"{Strict}<TargetFramework>{framework}</TargetFramework>");
        project.Restore().Succeeded();
        string Chosen(params string[] options) => project.Property("IlcInstructionSet", options);

        Assert.Equal(instructions, Chosen("-p:PublishAot=true", "-p:RuntimeIdentifier=linux-x64"));
        Assert.Equal("native", Chosen("-p:PublishAot=true", "-p:RuntimeIdentifier=win-x64", "-p:IlcInstructionSet=native"));
        Assert.Equal("", Chosen("-p:PublishAot=true", "-p:RuntimeIdentifier=linux-arm64"));
        Assert.Equal("", Chosen("-p:RuntimeIdentifier=linux-x64"));
    }

    static void PublishesAndTrains(string name, string framework, string properties)
    {
        var project = new ConsumerProject(name, $"{Strict}<TargetFramework>{framework}</TargetFramework><RuntimeIdentifier>{ConsumerProject.Rid}</RuntimeIdentifier>{properties}");
        project.Publish().Succeeded();
        Trained.Same(project.Run());
    }
}
