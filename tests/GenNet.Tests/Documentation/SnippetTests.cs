using GenNet.Agents;
using GenNet.Images;
using GenNet.Mpi;
using GenNet.Onnx;
using GenNet.Shared;
using GenNet.Tests.Generation;
using Microsoft.CodeAnalysis;

namespace GenNet.Tests.Documentation;

/// <summary>Every C# block of README.md and of the pages in docs compiles. Pages of diagnostics are those of <see cref="Diagnostics.PageTests"/>.</summary>
public class SnippetTests
{
    /// <summary>Pages show public members without their documentation.</summary>
    const string Prefix = """
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        #pragma warning disable CS1591

        """;

    /// <summary>The files of weights that pages compile in.</summary>
    static readonly WeightsDescription[] Weights = [Dense("policy", 17, 64, 64, 6), Dense("circle", 2, 16, 16, 1), Dense("guard", 4, 16, 16, 2)];

    public static TheoryData<string> Pages => new(Repository.Pages("docs").Prepend("README.md"));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_block_compiles(string path)
    {
        var text = Repository.Read(path);
        var page = new SnippetPage(path, text);
        Assert.Equal(text.Split("```").Length - 1, 2 * page.Languages.Count()); // none is overlooked
        Assert.All(page.Languages, language => Assert.Contains(language, new[] { "", "csharp", "xml", "mermaid" }));
        var diagnostics = Diagnostics(page);
        Assert.True(diagnostics.Length == 0, diagnostics);
    }

    [Theory]
    [InlineData("y = z;", "docs/page.md(7,5): error CS0103")]                              // an unknown name
    [InlineData("}", "error CS1022")]                                                      // one brace too many
    [InlineData("[Network(2, 0)] partial class Net;", "docs/page.md(7,13): error GN0003")] // a network that is wrong
    [InlineData("Small small = new();", "docs/page.md(7,1): error CS0246")]                // a type that is declared further down
    public void A_block_that_is_wrong_is_reported_at_its_line(string line, string message)
    {
        var page = new SnippetPage("docs/page.md", $"# Page\n<!-- test: int x = 1; -->\n```csharp\nint y = x;\n…\ny++;\n{line}\n```\n\n```csharp\nclass Small;\n```\n");
        Assert.Contains(message, Diagnostics(page), StringComparison.Ordinal);
    }

    /// <summary>What compiler, generator and analysers say of a page, compiled as in a project with implicit usings.</summary>
    static string Diagnostics(SnippetPage page)
    {
        var compilation = GeneratorHarness.CreateCompilation([Prefix + page.Program])
            .AddReferences(MetadataReference.CreateFromFile(typeof(OnnxFile).Assembly.Location), MetadataReference.CreateFromFile(typeof(ImageFolder).Assembly.Location), MetadataReference.CreateFromFile(typeof(ActionSpace).Assembly.Location), MetadataReference.CreateFromFile(typeof(MpiWorld).Assembly.Location));
        return string.Join('\n', GeneratorHarness.Run(InMemoryCompiler.Driver(), compilation, Weights).Diagnostics);
    }

    static WeightsDescription Dense(string name, params int[] sizes) => new($"name {name}.safetensors\nlength 1000000\n" + string.Concat(
        sizes.Skip(1).Select((units, i) => $"tensor F32 0 {units},{sizes[i]} {2 * i}.weight\ntensor F32 0 {units} {2 * i}.bias\n")));
}
