namespace GenNet.Consumers.Tests;

/// <summary>Networks of a class library serve the projects that refer to it.</summary>
[Trait("Category", "Consumers")]
public class LibraryTests
{
    const string Library = "<TargetFrameworks>net8.0;net10.0</TargetFrameworks><TreatWarningsAsErrors>true</TreatWarningsAsErrors>";
    const string Program = "<TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><TreatWarningsAsErrors>true</TreatWarningsAsErrors>";

    [Fact]
    public void Public_networks_serve_another_project()
    {
        _ = new ConsumerProject("Library", Library, null, "Networks.cs");
        var program = new ConsumerProject("UsesLibrary", Program, Reference("Library"), "Program.cs");
        program.Build().Succeeded();
        Trained.Same(program.Run());
    }

    [Fact]
    public void Internal_networks_serve_a_friend()
    {
        var library = new ConsumerProject("Friendly", Library, ConsumerProject.Package + """<InternalsVisibleTo Include="Friend" />""", "Networks.cs");
        library.Write("Networks.cs", ConsumerProject.Source("Networks.cs").Replace("public sealed", "internal sealed", StringComparison.Ordinal));
        var program = new ConsumerProject("Friend", Program, Reference("Friendly"), "Program.cs");
        program.Write("Direct.cs", "static class Direct { static void Use(App.Gate net, float[] p) => net.Forward([0, 1], p); }");
        program.Build().Succeeded();
        Trained.Same(program.Run());
    }

    [Fact]
    public void A_project_that_refers_to_the_library_declares_networks_too()
    {
        var library = new ConsumerProject("Base", Library, null, "Networks.cs");
        library.Write("Networks.cs", "namespace Base; [GenNet.Network(3, 2)] public partial class Other;");
        var program = new ConsumerProject("DeclaresToo", Program, Reference("Base"));
        program.Build().Succeeded();
        Trained.Same(program.Run());
    }

    static string Reference(string library) => $"""<ProjectReference Include="../{library}/{library}.csproj" />""";
}
