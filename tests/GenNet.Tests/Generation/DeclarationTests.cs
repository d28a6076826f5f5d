using GenNet.Generator.Layers;
using GenNet.Generator.Specification;
using Microsoft.CodeAnalysis;

namespace GenNet.Tests.Generation;

/// <summary>Every way to write a network down is understood, and compiles without a warning.</summary>
public class DeclarationTests
{
    [Fact]
    public void Sizes_share_activation_and_initializer()
    {
        var network = Single("""
            namespace My.App;

            [Network(784, 128, 64, 10, Hidden = Activation.Tanh, Output = Activation.Softmax, Loss = Loss.CrossEntropy, Init = Initializer.Zeros)]
            sealed partial class Net;
            """);
        Assert.Equal(784, network.Inputs);
        Assert.Equal([new DenseSpec(128, "Tanh", "Zeros"), new DenseSpec(64, "Tanh", "Zeros"), new DenseSpec(10, "Softmax", "Zeros")], network.Layers);
        Assert.Equal("CrossEntropy", network.Loss);
    }

    [Fact]
    public void Settings_default_as_the_attribute_says()
    {
        var attribute = new NetworkAttribute(3, 5, 2);
        var network = Single("[Network(3, 5, 2)] partial class Net;");
        Assert.Equal([new DenseSpec(5, $"{attribute.Hidden}", $"{attribute.Init}"), new DenseSpec(2, $"{attribute.Output}", $"{attribute.Init}")], network.Layers);
        Assert.Equal($"{attribute.Loss}", network.Loss);
    }

    [Fact]
    public void Layers_keep_their_order_and_fall_back_to_the_networks_initializer()
    {
        var network = Single("""
            [Network(4, Init = Initializer.HeNormal)]
            [Dense(7), Dense(activation: Activation.GELU, units: 6)]
            [Dense(5, Activation.Sigmoid, Init = Initializer.Orthogonal)]
            partial class Net;
            """);
        Assert.Equal([new DenseSpec(7, "Identity", "HeNormal"), new DenseSpec(6, "GELU", "HeNormal"), new DenseSpec(5, "Sigmoid", "Orthogonal")], network.Layers);
    }

    [Fact]
    public void Every_member_of_the_enums_is_known()
    {
        foreach (var activation in Enum.GetNames<Activation>())
            Assert.Equal(activation, Single($"[Network(3, 2, Output = Activation.{activation})] partial class Net;").Layers[0].Activation);
        foreach (var init in Enum.GetNames<Initializer>())
            Assert.Equal(init, Single($"[Network(3, 2, Init = Initializer.{init})] partial class Net;").Layers.Cast<DenseSpec>().First().Init);
        foreach (var loss in Enum.GetNames<Loss>())
            Assert.Equal(loss, Single($"[Network(3, 2, Loss = Loss.{loss})] partial class Net;").Loss);
    }

    [Fact]
    public void Constants_and_arrays_give_sizes() => Assert.Equal(
        [5, 2],
        Single("""
            [Network(Sizes.Inputs, new[] { Sizes.Inputs + 2, 2 })] partial class Net;
            static class Sizes { public const int Inputs = 3; }
            """).Layers.Cast<DenseSpec>().Select(layer => layer.Units));

    [Fact]
    public void A_class_may_be_split_over_files()
    {
        var run = GeneratorHarness.Run(
            "namespace A; [Network(4)] partial class Net;",
            "namespace A; [Dense(3)] [Dense(2)] partial class Net { int field; public int Field => field++; }").Compiles();
        Assert.Equal([3, 2], run.Networks.Single().Layers.Cast<DenseSpec>().Select(layer => layer.Units));
    }

    [Theory]
    [InlineData("[Network(2, 1)] partial class Net;", "Net.g.cs")]
    [InlineData("namespace My.App; [Network(2, 1)] partial class Net;", "My.App.Net.g.cs")]
    [InlineData("namespace My { namespace App { [Network(2, 1)] partial class Net { } } }", "My.App.Net.g.cs")]
    [InlineData("namespace My; partial class A { [Network(2, 1)] partial class Net; }", "My.A+Net.g.cs")]
    [InlineData("partial struct A { partial interface IB { [Network(2, 1)] internal sealed partial class Net; } }", "A+IB+Net.g.cs")]
    [InlineData("partial record A(int X) { partial record struct B { [Network(2, 1)] private partial class Net; } }", "A+B+Net.g.cs")]
    [InlineData("static partial class A<T, U> where T : class { [Network(2, 1)] partial class Net; }", "A`2+Net.g.cs")]
    [InlineData("namespace @class.@new; partial class @int { [Network(2, 1)] partial class @void; }", "class.new.int+void.g.cs")]
    [InlineData("namespace Größe; [Network(2, 1)] partial class Netz;", "Größe.Netz.g.cs")]
    [InlineData("/** <summary>A net.</summary> */ [Network(2, 1)] public sealed partial class Net;", "Net.g.cs")]
    [InlineData("abstract class Base; [Network(2, 1)] partial class Net : Base, System.IDisposable { public void Dispose() { } }", "Net.g.cs")]
    public void A_network_may_stand_anywhere(string source, string hintName)
    {
        var run = GeneratorHarness.Run(source).Compiles();
        Assert.Equal([hintName], run.Sources.Keys);
        var network = run.Compilation.GetTypeByMetadataName(run.Networks.Single().FullMetadataName)!;
        Assert.Equal(["File0.cs", hintName], network.DeclaringSyntaxReferences.Select(part => Path.GetFileName(part.SyntaxTree.FilePath)));
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("/// <summary>Mine.</summary>", 1, 1)]
    [InlineData("/// <remarks>Mine.</remarks>", 1, 1)]
    [InlineData("/** <summary>Mine.</summary> <remarks>Mine.</remarks> */", 1, 1)]
    [InlineData("/// <inheritdoc cref=\"object\"/>", 0, 0)]
    public void A_class_is_documented_once(string documentation, int summaries, int remarks)
    {
        var run = GeneratorHarness.Run($"{documentation}\npublic partial class Net; [Network(2, 1)] partial class Net;").Compiles();
        var xml = run.Compilation.GetTypeByMetadataName("Net")!.GetDocumentationCommentXml()!;
        Assert.Equal((summaries, remarks), (xml.Split("<summary>").Length - 1, xml.Split("<remarks>").Length - 1));
        Assert.Contains("2 → 1", run.Sources["Net.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void Generated_files_never_share_a_name()
    {
        var run = GeneratorHarness.Run("""
            namespace A { [Network(2, 1)] partial class Net; [Network(2, 1)] partial class NET; }
            namespace B { [Network(2, 1)] partial class Net; [Network(2, 1)] partial class Other; }
            namespace A.B { [Network(2, 1)] partial class Net; }
            namespace C { partial class D { [Network(2, 1)] partial class Net; } partial class D<T> { [Network(2, 1)] partial class Net; } }
            namespace c { partial class D { [Network(2, 1)] partial class Net; } }
            """).Compiles();
        Assert.Equal(
            ["-A.-N-E-T.g.cs", "-A.-Net.g.cs", "-C.-D+-Net.g.cs", "-C.-D`1+-Net.g.cs", "A.B.Net.g.cs", "B.Net.g.cs", "B.Other.g.cs", "c.-D+-Net.g.cs"],
            run.Sources.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>File systems have 255 bytes or characters for a name. Names that begin alike, or differ in case alone, stay apart.</summary>
    [Fact]
    public void Names_that_are_too_long_for_a_file_are_shortened()
    {
        var (name, wide) = (new string('N', 300), string.Concat(Enumerable.Repeat("ß", 60)));
        var run = GeneratorHarness.Run($$"""
            namespace A { [Network(2, 1)] partial class {{name}}1; [Network(2, 1)] partial class {{name}}2; [Network(2, 1)] partial class {{name}}a; [Network(2, 1)] partial class {{name}}A; }
            namespace A { [Network(2, 1)] partial class {{wide}}; [Network(2, 1)] partial class {{wide}}ß; }
            """).Compiles();
        Assert.Equal(6, run.Sources.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(run.Sources.Keys, key => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(key), 1, 128));
        Assert.Contains($"A.{name[..98]}-c46c5037297f93ad.g.cs", run.Sources.Keys);
    }

    /// <summary>Every form of [Network], wherever it stands. The compiler may have to say something of the user's own marks; of the rest nobody says a word.</summary>
    [Theory]
    [InlineData("[assembly: CLSCompliant(true)]")]
    [InlineData("[assembly: CLSCompliant(false)]", "CS3021")]
    [InlineData("", "CS3014", "CS3021")]
    public void A_program_may_keep_to_the_Common_Language_Specification(string assembly, params string[] ofMarks)
    {
        string[] networks = ["[Network(2, 3, 1)]", "[Network(2)] [Dense(3)] [BatchNorm] [Dense(1)]", "[Network<F, E>]", "[Network<F, E>(3)]"];
        string[] places =
        [
            "{0} public {1}", "{0} {1}", "public partial class O {{ {0} public {1} }}", "public partial class O {{ {0} protected {1} }}", "public partial class O {{ {0} {1} }}",
            "partial class O {{ {0} public {1} }}", "[CLSCompliant(false)] public partial class O {{ {0} public {1} }}", "[CLSCompliant(true)] public partial class O {{ {0} public {1} }}",
            "[CLSCompliant(false)] {0} public {1}", "[CLSCompliant(true)] {0} public {1}",
        ];
        var run = Compliance(assembly, [.. networks.SelectMany(network => places.Select(place => string.Format(null, place, network, "partial class Net;")))]);
        Assert.Equal(networks.Length * places.Length, run.Sources.Count);
        Assert.All(run.Diagnostics, diagnostic => Assert.True(ofMarks.Contains(diagnostic.Id) && diagnostic.Location.SourceTree!.FilePath.StartsWith("File", StringComparison.Ordinal), diagnostic.ToString()));
    }

    /// <summary>Exactly what is left: members of the user's own that name a network, and other attributes with arrays.</summary>
    [Fact]
    public void What_the_user_makes_of_it_is_the_users()
    {
        var run = Compliance("[assembly: CLSCompliant(true)]", """
            [Sizes(3)] public class User { public Net A() => null!; public void B(Net net) { } public Net C => null!; internal Net D() => null!; }
            public class Derived : Net { public Derived() : base(1) { } }
            public class SizesAttribute : Attribute { public SizesAttribute() { } public SizesAttribute(params int[] sizes) { } }
            [Network(2, 1)] [Sizes(1, 2)] public partial class Net;
            """);
        Assert.Equal(["CS3016 Sizes(3)", "CS3002 A", "CS3001 net", "CS3003 C", "CS3009 Derived"],
            run.Diagnostics.Select(diagnostic => $"{diagnostic.Id} {diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan)}"));
    }

    static GeneratorRun Compliance(string assembly, params string[] programs) => GeneratorHarness.Run(
        [.. programs.Select((program, i) => $"#pragma warning disable CS1591\nnamespace N{i}\n{{\npublic enum E {{ A, B }} public record struct F(float X);\n{program}\n}}"), assembly]);

    /// <summary>Whichever constructor of a base class needs no arguments.</summary>
    [Theory]
    [InlineData("public Base() { }")]
    [InlineData("protected internal Base(int a = 1, string b = \"\") { } public Base(int a) { }")]
    [InlineData("Base() { } public Base(params int[] a) { }")]
    [InlineData("public Base(params int[] a) { } public Base(int a = 1, params int[] b) { } public Base(string c, params int[] d) { }")]
    [InlineData("public Base(params string[] a) { } public Base(string b = \"\") { }")]
    [InlineData("public Base() { } public Base(int a = 1) { } public Base(string b = \"\") { }")]
    [InlineData("[Obsolete] public Base() { }")]
    [InlineData("[System.Diagnostics.CodeAnalysis.Experimental(\"X1\")] public Base() { }")]
    [InlineData("public Base() { } [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public Base(int a = 1) { } public required int Size { get; set; }")]
    public void A_base_class_may_be_made_in_any_way(string members) => GeneratorHarness.Run($$"""
        #pragma warning disable CS1591, X1
        public class Base { {{members}} }
        [Network(2, 1)] public partial class Net : Base { public Net(string name, int size) : this((ulong)size + (ulong)name.Length) { } public required int Own { get; init; } }
        """).Compiles();

    [Theory]
    [InlineData("[SetsRequiredMembers] public Base() => Name = \"\";")]
    [InlineData("[SetsRequiredMembers] public Base(int a = 1) => Name = \"\" + a;")]
    public void A_base_class_may_set_what_is_required(string constructor)
    {
        var run = GeneratorHarness.Run($$"""
            #pragma warning disable CS1591
            using System.Diagnostics.CodeAnalysis;
            public class Base { {{constructor}} public required string Name { get; set; } }
            [Network(2, 1)] public partial class Net : Base { [SetsRequiredMembers] public Net(string name, int size) : this((ulong)size) => Name = name; public required string Own { get; init; } = ""; }
            public static class Program { public static Net Create() => new(1); }
            """).Compiles();
        Assert.Equal(2, run.Sources["Net.g.cs"].Split("[System::Diagnostics.CodeAnalysis.SetsRequiredMembers]").Length - 1);
    }

    [Theory]
    [InlineData(NullableContextOptions.Disable)]
    [InlineData(NullableContextOptions.Enable)]
    public void Nullable_context_makes_no_difference(NullableContextOptions nullable) =>
        GeneratorHarness.Run(GeneratorHarness.CreateCompilation(["[Network(2, 3, 1)] partial class Net;"], nullable)).Compiles();

    [Fact]
    public void Culture_makes_no_difference()
    {
        const string Source = "[Network(784, 128, 10, Output = Activation.Softmax)] partial class Net;";
        var expected = GeneratorHarness.Run(Source).Compiles().Sources;
        Cultures.InSwedish(() => Assert.Equal(expected, GeneratorHarness.Run(Source).Compiles().Sources));
    }

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void A_network_can_be_loaded_and_created(OptimizationLevel optimization)
    {
        var compilation = GeneratorHarness.CreateCompilation(
            ["namespace A; static partial class Nets { [Network(2, 3, 1)] internal sealed partial class Net; }"], optimization: optimization);
        using var program = GeneratorHarness.Run(compilation).CompileAndLoad();
        Assert.Equal(2, program.Create<INetwork>("A.Nets+Net", 1UL).InputSize);
    }

    static NetworkSpec Single(string source) => GeneratorHarness.Run(source).Compiles().Networks.Single();
}
