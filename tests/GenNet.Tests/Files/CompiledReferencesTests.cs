using System.Reflection;
using System.Runtime.Loader;
using GenNet.Shared;
using GenNet.Tests.Layers;
using GenNet.Tests.Reference;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace GenNet.Tests.Files;

/// <summary>Weights that are compiled in are those that a file gives, whatever layers a network has.</summary>
public sealed class CompiledReferencesTests : TestFolder
{
    /// <summary>The build's tool, as it runs for a user's project, on files of every network that PyTorch ran.</summary>
    [Fact]
    public void Every_network_has_the_weights_of_its_file()
    {
        var prepare = Tool();
        var (texts, resources) = (new List<AdditionalText>(), new List<ResourceDescription>());
        var source = "using GenNet;\n";
        foreach (var name in LayerReference.SortedNames())
        {
            var file = $"{name}.safetensors";
            LayerTests.Create(name).Network.Save(Path(file));
            prepare(Path(file), file, Path(name + ".txt"), Path(name + ".bin"));
            texts.Add(new Prepared(Path(name + ".txt")));
            resources.Add(new ResourceDescription("GenNet.Weights/" + file, () => File.OpenRead(Path(name + ".bin")), isPublic: true));
            var declaration = LayerReference.Load(name).Source;
            var end = declaration.IndexOf(']', StringComparison.Ordinal);
            var network = declaration[..end].TrimEnd(')');
            source += $"/// <summary>A test's network.</summary>\n{network}{(network.Contains('(', StringComparison.Ordinal) ? ", " : "(")}Weights = \"{file}\"){declaration[end..]}\npublic partial class {name};\n";
        }
        InMemoryCompiler.Driver().AddAdditionalTexts([.. texts]).RunGeneratorsAndUpdateCompilation(
            InMemoryCompiler.Compilation([InMemoryCompiler.Parse(source)], NullableContextOptions.Enable, OptimizationLevel.Release), out var compilation, out _);
        var assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(InMemoryCompiler.Emit(compilation, resources));
        foreach (var name in LayerReference.SortedNames())
        {
            var pretrained = (INetwork)assembly.GetType(name, throwOnError: true)!.GetProperty("Pretrained")!.GetValue(null)!;
            Assert.True(LayerTests.Create(name).Network.Parameters.Span.SequenceEqual(pretrained.Parameters.Span), name);
        }
    }

    static Action<string, string, string, string> Tool()
    {
        var configuration = AppContext.BaseDirectory.Contains("/Debug/", StringComparison.Ordinal) ? "Debug" : "Release";
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(AppContext.BaseDirectory, $"../../../../../src/GenNet.Weights/bin/{configuration}/net8.0/GenNet.Weights.dll"));
        var context = new AssemblyLoadContext("GenNet.Weights");
        context.Resolving += (_, name) => File.Exists(Beside(name)) ? context.LoadFromAssemblyPath(Beside(name)) : null;
        var main = context.LoadFromAssemblyPath(path).EntryPoint!;
        return (file, name, description, resource) => main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [new[] { file, name, description, resource }], null);

        string Beside(AssemblyName name) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, name.Name + ".dll");
    }

    sealed class Prepared(string path) : AdditionalText
    {
        public override string Path => System.IO.Path.Combine("obj/gennet", System.IO.Path.GetFileNameWithoutExtension(path) + ".safetensors.gennet-weights.txt");

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(File.ReadAllText(path));
    }
}
