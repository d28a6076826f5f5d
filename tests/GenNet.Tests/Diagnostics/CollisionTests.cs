using GenNet.Tests.Generation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Tests.Diagnostics;

/// <summary>Beside a collision the rest of the program finds all that does not collide: one mistake is one error.</summary>
public class CollisionTests
{
    const string Typed = "[Network<F, E>] [Dense(4)] [BatchNorm]";

    /// <summary>Each use by the names of the members that it needs.</summary>
    static readonly (string[] Names, string Use)[] Uses =
    [
        (["InputSize", "OutputSize"], "const int Size = Net.InputSize * Net.OutputSize; x = new float[Size];"),
        (["LayerCount", "ParameterCount", "MultiplyAdds"], "_ = Net.LayerCount + Net.ParameterCount + Net.MultiplyAdds;"),
        (["Architecture"], "_ = Net.Architecture.Layers.Count;"),
        (["Summary", "MermaidDiagram"], "_ = Net.Summary.Length + Net.MermaidDiagram.Length;"),
        ([".ctor"], "_ = new Net(seed: 3);"),
        (["Parameters"], "_ = net.Parameters.Hash();"),
        (["Clone"], "_ = net.Clone() + \"\";"),
        (["Hash"], "_ = net.Hash() + 1ul;"),
        (["Forward"], "net.Forward(x, x);"),
        (["ForwardBatch"], "net.ForwardBatch(x, x);"),
        (["Forward", "InputArray", "OutputArray"], "Net.OutputArray y = net.Forward([1f, 2f]); _ = y[0];"),
        (["InputArray"], "Net.InputArray z = [1f, 2f]; _ = z[0];"),
        (["Layer1"], "net.Layer1.Biases[0] = 1;"),
        (["FeatureNames"], "_ = Net.FeatureNames[0].Length;"),
        (["WriteFeatures"], "Net.WriteFeatures(default, x);"),
        (["Predict"], "E e = net.Predict(new F());"),
        (["Predict", "Probabilities"], "net.Predict(new F(), out var probabilities); _ = probabilities.A + probabilities[E.B];"),
        (["CreateDataset"], "_ = Net.CreateDataset(samples).Count;"),
        (["CreateTrainer", "Trainer"], "var trainer = net.CreateTrainer(new Sgd(0.1f), 3); trainer.Step(samples); trainer.Step(x, x); Net.Trainer<Sgd> same = trainer;"),
        (["CreateTrainer", "Trainer", "GradientViews"], "_ = net.CreateTrainer(new Sgd(0.1f), 3).Gradients.Layer1;"),
        ([], "INetwork n = net; n.Forward(x, x); n.CreateTrainer(new Sgd(0.1f), 3).Step(x, x); _ = net.ToString();"),
    ];

    [Fact]
    public void Every_member_may_collide_and_the_others_are_there()
    {
        var names = Emitted($"{Typed} partial class Net;").Members.Where(member => member.Modifiers.Any(SyntaxKind.PublicKeyword)).SelectMany(NamesOf).Distinct().ToList();
        Assert.Equal(names.Append(".ctor").Order(), Uses.SelectMany(use => use.Names).Concat(["Layer2", "Layer3"]).Distinct().Order());
        AssertErrors(
        [
            .. names.Select(name => OneError(name, $"partial class Net : INetwork {{ public const int {name} = 2; }}")),
            .. names.Select(name => OneError(name, $"partial class Net : INetwork {{ public class {name}{(name == "Trainer" ? "<T>" : "")} {{ }} }}")),
            .. names.Select(name => OneError("", $"class Base {{ public int {name} => 1; }} {Typed} partial class Net : Base, INetwork;", "GN0014")),
        ]);
    }

    [Theory]
    [InlineData(".ctor", "public Net(ulong other) { }")]
    [InlineData("", "public int get_Parameters() => 1;")]
    [InlineData("", "public void set_Summary(string value) { }")]
    [InlineData("", "int INetwork.InputSize => 2;")]
    [InlineData("", "ulong INetwork.Hash() => 2; int INetwork.ParameterCount => 3; public int get_Parameters() => 1;")]
    [InlineData("", "public partial record struct Probabilities { public float Sum => A + B; }")]
    [InlineData("", "partial record struct Probabilities { public static bool Is(Probabilities p) => p == default; }")]
    [InlineData("", "public partial struct InputArray { public float First => this[0]; }")]
    [InlineData("", "public partial class Trainer<TOptimizer> { public int Size => BatchSize; }")]
    [InlineData("Trainer", "public partial class Trainer<T> { }")]
    [InlineData("Probabilities", "internal partial record struct Probabilities { }")]
    [InlineData("Probabilities", "partial struct Probabilities { }")]
    [InlineData("Probabilities", "public record struct Probabilities(int A);")]
    public void A_member_collides_alone(string name, string member) => AssertErrors([OneError(name, $"partial class Net : INetwork {{ {member} }}")]);

    [Theory]
    [InlineData("Trainer")]
    [InlineData("Forward")]
    [InlineData("InputSize")]
    [InlineData("get_Summary")]
    [InlineData("TOptimizer")]
    [InlineData("Probabilities")]
    public void A_name_of_the_class_collides_alone(string name) =>
        AssertErrors((["GN0013"], $"{Typed} partial class {name} : INetwork; static class Program {{ static ulong Hash({name} net) => net.Hash() + (ulong){name}.LayerCount + net.Parameters.Hash() + new {name}(1).Hash(); }}"));

    /// <summary>What needs the member itself finds the user's, of which the compiler has its own to say.</summary>
    [Fact]
    public void What_uses_the_colliding_member_means_the_users() =>
        AssertErrors((["CS0029", "GN0012"], $"{Typed} partial class Net {{ public int Hash() => 1; string Text() => Hash(); }}"));

    static (string[] Ids, string Program) OneError(string name, string network, string id = "GN0012")
    {
        var uses = string.Concat(Uses.Where(use => !use.Names.Contains(name)).Select(use => $"{{ {use.Use} }}\n"));
        return ([id], $$"""
            {{(id == "GN0012" ? Typed : "")}} {{network}}
            static class Program
            {
                static void Use(Net net, float[] x, ReadOnlySpan<(F, E)> samples)
                {
                    {{uses}}
                }
            }
            """);
    }

    /// <summary>All programs are compiled at once, each in a namespace of its own.</summary>
    static void AssertErrors(params (string[] Ids, string Program)[] programs)
    {
        var sources = programs.Select((item, i) => $"using System.Linq;\nnamespace N{i}\n{{\nenum E {{ A, B }} record struct F(float X, float Y);\n{item.Program}\n}}").ToArray();
        var errors = GeneratorHarness.Run(sources).Diagnostics.Where(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error)
            .ToLookup(error => error.Location.SourceTree!.FilePath.StartsWith("File", StringComparison.Ordinal) ? error.Location.SourceTree.FilePath : "emitted");
        Assert.Empty(errors["emitted"]);
        for (var i = 0; i < programs.Length; i++)
            Assert.True(programs[i].Ids.SequenceEqual(errors[$"File{i}.cs"].Select(error => error.Id).Distinct().Order()), $"{string.Join('\n', errors[$"File{i}.cs"])}\n{sources[i]}");
    }

    static ClassDeclarationSyntax Emitted(string source) =>
        GeneratorHarness.Parse(GeneratorHarness.Run($"enum E {{ A, B }} record struct F(float X, float Y); {source}").Sources.Values.Single(), "").GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>().First();

    static IEnumerable<string> NamesOf(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Identifier.ValueText),
        PropertyDeclarationSyntax property => [property.Identifier.ValueText],
        MethodDeclarationSyntax method when method.Identifier.ValueText != "ToString" => [method.Identifier.ValueText],
        BaseTypeDeclarationSyntax type => [type.Identifier.ValueText],
        _ => [],
    };
}
