namespace GenNet.Consumers.Tests;

/// <summary>The packages beside GenNet bring it along, generator included.</summary>
[Trait("Category", "Consumers")]
public class CompanionTests
{
    [Theory]
    [InlineData("net8.0")]
    [InlineData("net10.0")]
    public void Pictures_are_read_ONNX_models_written_policies_learnt_and_ranks_joined(string framework)
    {
        var project = new ConsumerProject($"Companions{framework.Replace(".", "", StringComparison.Ordinal)}",
            $"<TargetFramework>{framework}</TargetFramework><RollForward>Major</RollForward><OutputType>Exe</OutputType><ImplicitUsings>enable</ImplicitUsings><TreatWarningsAsErrors>true</TreatWarningsAsErrors>",
            ConsumerProject.Companions, "Companions.cs");
        project.Build().Succeeded();
        Assert.Equal("the same", project.Run().Trim());
    }
}
