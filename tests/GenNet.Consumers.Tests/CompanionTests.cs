namespace GenNet.Consumers.Tests;

/// <summary>The packages beside GenNet bring it along, generator included.</summary>
[Trait("Category", "Consumers")]
public class CompanionTests
{
    [Theory]
    [InlineData("net8.0")]
    [InlineData("net10.0")]
    public void A_network_of_images_reads_pictures_and_goes_through_an_ONNX_model(string framework)
    {
        var project = new ConsumerProject($"Companions{framework.Replace(".", "", StringComparison.Ordinal)}",
            $"<TargetFramework>{framework}</TargetFramework><RollForward>Major</RollForward><OutputType>Exe</OutputType><ImplicitUsings>enable</ImplicitUsings><TreatWarningsAsErrors>true</TreatWarningsAsErrors>",
            ConsumerProject.Companions, "Companions.cs");
        project.Build().Succeeded();
        Assert.Equal("the same", project.Run().Trim());
    }
}
