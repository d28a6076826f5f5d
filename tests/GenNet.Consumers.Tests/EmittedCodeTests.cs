namespace GenNet.Consumers.Tests;

/// <summary>Emitted code can be read, and kept in the project in the generator's place.</summary>
[Trait("Category", "Consumers")]
public class EmittedCodeTests
{
    [Fact]
    public void Emitted_code_is_seen_and_kept()
    {
        var project = new ConsumerProject("Kept", """
            <TargetFramework>net10.0</TargetFramework>
            <OutputType>Exe</OutputType>
            <EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>
            <CompilerGeneratedFilesOutputPath>Networks</CompilerGeneratedFilesOutputPath>
            """, ConsumerProject.Package + """<Compile Remove="Networks/**" Condition="'$(GenNetGenerator)' != 'false'" />""");
        const string Gate = "Networks/GenNet.Generator/GenNet.Generator.NetworkGenerator/App.Gate.g.cs";

        project.Build("-p:GenNetGenerator=false").Failed();
        project.Build().Succeeded();
        Trained.Same(project.Run());
        Assert.Contains("partial class Gate", project.Read(Gate), StringComparison.Ordinal);

        project.Write(Gate, project.Read(Gate).Replace("partial class Gate", "[System.Obsolete] partial class Gate", StringComparison.Ordinal));
        Assert.Contains("CS0612", project.Build("-p:GenNetGenerator=false").Succeeded(), StringComparison.Ordinal);
        Trained.Same(project.Run());
    }
}
