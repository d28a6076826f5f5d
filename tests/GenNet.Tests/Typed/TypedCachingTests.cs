using GenNet.Generator;
using GenNet.Tests.Generation;
using Microsoft.CodeAnalysis;

namespace GenNet.Tests.Typed;

/// <summary>An edit of a type is followed wherever the type is; other edits cost nothing.</summary>
public class TypedCachingTests
{
    const string Net = "[Network<Flower, Species>(8)] partial class Net;";
    const string Flower = "record struct Flower([Scale(0, 8)] float Length, Leaf Leaf, bool Scented);";
    const string Others = "record struct Leaf { public int Veins { get; set; } } enum Species { Rose, Tulip }";

    static readonly string[] Steps = [NetworkGenerator.SpecificationStep, NetworkGenerator.PlanStep, NetworkGenerator.SourceStep];

    static GeneratorRun Start() => GeneratorHarness.Run(Net, Flower, Others, "class A;").Compiles();

    [Theory]
    [InlineData("File3.cs", "class A { int b; }")]
    [InlineData("File1.cs", "// Moved down.\n" + Flower)]
    [InlineData("File1.cs", "record struct Flower([Scale(0, 8)] float Length, Leaf Leaf, bool Scented) { public float Area => Length * Length; static int s_count; }")]
    [InlineData("File2.cs", "record struct Leaf { public int Veins { get; set; } const int Legs = 0; } enum Species { Rose = 0, Tulip = 7, Lily = 7 }")]
    [InlineData("File0.cs", "// Moved down.\n[Network<Flower, Species>(/* hidden */ 8)] partial class Net { }")]
    public void What_changes_no_feature_changes_nothing(string file, string source)
    {
        var run = Start().Edit(file, source);
        Assert.Equal([IncrementalStepRunReason.Unchanged], Reasons(run, NetworkGenerator.ParseStep));
        Assert.All(Steps, step => Assert.Equal([IncrementalStepRunReason.Cached], Reasons(run, step)));
    }

    [Theory]
    [InlineData("File1.cs", "record struct Flower([Scale(0, 9)] float Length, Leaf Leaf, bool Scented);")]
    [InlineData("File1.cs", "record struct Flower([Standardize(0, 8)] float Length, Leaf Leaf, bool Scented);")]
    [InlineData("File1.cs", "record struct Flower([Scale(0, 8)] float Height, Leaf Leaf, bool Scented);")]
    [InlineData("File1.cs", "record struct Flower([Scale(0, 8)] double Length, Leaf Leaf, bool Scented);")]
    [InlineData("File1.cs", "record struct Flower([Scale(0, 8)] float Length, Leaf Leaf, [IgnoreFeature] bool Scented);")]
    [InlineData("File1.cs", "record struct Flower([Scale(0, 8)] float Length, bool Scented, Leaf Leaf);")]
    [InlineData("File2.cs", "record struct Leaf { public int Veins { get; set; } public float Width { get; init; } } enum Species { Rose, Tulip }")]
    [InlineData("File2.cs", "record struct Leaf { public int Veins { get; set; } } enum Species { Rose, Tulip, Lily }")]
    [InlineData("File2.cs", "record struct Leaf { public int Veins { get; set; } } enum Species { Tulip, Rose }")]
    [InlineData("File2.cs", "record struct Leaf { public int Veins { get; set; } } record struct Species(bool Rose);")]
    public void What_changes_a_feature_is_followed(string file, string source)
    {
        var run = Start().Edit(file, source);
        Assert.All(Steps, step => Assert.Equal([IncrementalStepRunReason.Modified], Reasons(run, step)));
        run.Compiles();
    }

    const string HeadNet = "[Network<float, Out>(8)] [Head(\"Species\")] [Head(\"Size\")] partial class Net; enum Species { Rose, Tulip }";

    [Theory]
    [InlineData("record struct Out(Species Species, float Length, [Scale(0, 4)] float Width) { public float Area => Length * Width; }", false)]
    [InlineData("record struct Out(Species Species, float Length, [Scale(0, 5)] float Width);", true)]
    [InlineData("record struct Out(float Length, Species Species, [Scale(0, 4)] float Width);", true)]
    [InlineData("record struct Out(float Length, Species Species, [IgnoreFeature] float Width);", true)]
    public void What_heads_predict_is_followed(string type, bool changes)
    {
        var run = GeneratorHarness.Run(HeadNet, "record struct Out(Species Species, float Length, [Scale(0, 4)] float Width);").Compiles().Edit("File1.cs", type);
        Assert.All(Steps, step => Assert.Equal([changes ? IncrementalStepRunReason.Modified : IncrementalStepRunReason.Cached], Reasons(run, step)));
        run.Compiles();
    }

    static IReadOnlyList<IncrementalStepRunReason> Reasons(GeneratorRun run, string step) =>
        [.. run.Steps(step).SelectMany(step => step.Outputs).Select(output => output.Reason)];
}
