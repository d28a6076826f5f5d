using GenNet.Generator.Specification;
using GenNet.Tests.Generation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GenNet.Tests.Typed;

/// <summary>A type has the same features wherever it is declared, and what is emitted compiles whoever may see the type.</summary>
public class TypeReferenceTests
{
    const string Net = "#pragma warning disable CS1591\n[Network<Flower, Species>(8)] public partial class Net;";

    /// <summary>Ends what the compiler has against sources as short as these.</summary>
    const string Quiet = "#pragma warning disable CS0649, CS1591\n";

    const string Types = Quiet + """
        public readonly record struct Flower([Scale(0, 8)] float Length, [IgnoreFeature] string Name, Colour Colour, Leaf Leaf)
        {
            [Feature] public float Area => Length * Length;

            public float Unused => 1;
        }

        public struct Leaf
        {
            public int Field;

            [Standardize(1, 2)] public double Property { get; set; }

            private float _hidden;

            internal float Hidden { get => _hidden; set => _hidden = value; }

            internal int OnlyHere { set { } }
        }

        public enum Colour : short { Red = 5, Blue = -1, Green = 5 }

        public enum Species { Rose, Tulip }
        """;

    [Fact]
    public void A_type_of_another_project_has_the_same_features_as_one_of_this()
    {
        var here = Only(GeneratorHarness.Run(Net, Types));
        var library = GeneratorHarness.CreateCompilation([Types]).WithAssemblyName("Library");
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        using var metadataOnly = new MemoryStream();
        Assert.True(library.Emit(metadataOnly, options: new(metadataOnly: true, includePrivateMembers: false)).Success);

        foreach (var reference in new MetadataReference[]
        {
            library.ToMetadataReference(),
            MetadataReference.CreateFromImage(image.ToArray()),
            MetadataReference.CreateFromImage(metadataOnly.ToArray()),
        })
            Assert.Equal(here, Only(GeneratorHarness.Run(GeneratorHarness.CreateCompilation([Net]).AddReferences(reference)).Compiles()));
        Assert.Equal(["Length", "Colour", "Leaf", "Area"], here.Types!.Input.Members.Select(member => member.Name));
        Assert.Equal(["Property", "Field"], here.Types!.Input.Members[2].Members.Select(member => member.Name));
    }

    [Fact]
    public void A_mistake_in_another_project_is_reported_where_the_type_is_named()
    {
        var library = GeneratorHarness.CreateCompilation([Types.Replace("[IgnoreFeature] ", "", StringComparison.Ordinal)]).ToMetadataReference();
        var diagnostic = Assert.Single(GeneratorHarness.Run(GeneratorHarness.CreateCompilation([Net]).AddReferences(library)).Diagnostics);
        Assert.Equal("GN0040", diagnostic.Id);
        Assert.Equal(("File0.cs", Net.IndexOf("Flower", StringComparison.Ordinal)), (diagnostic.Location.GetLineSpan().Path, diagnostic.Location.SourceSpan.Start));
    }

    [Fact]
    public void A_type_of_an_assembly_that_has_an_alias_alone_is_reported()
    {
        const string Aliased = "extern alias Flowers;\n#pragma warning disable CS1591\n[Network<Flowers::Flower, bool>(8)] public partial class Net;";
        var library = GeneratorHarness.CreateCompilation([Types]).WithAssemblyName("Library");
        foreach (var reference in new[] { Image(library), library.ToMetadataReference() })
        {
            var diagnostic = Assert.Single(GeneratorHarness.Run(GeneratorHarness.CreateCompilation([Aliased]).AddReferences(reference.WithAliases(["Flowers"]))).Diagnostics);
            Assert.Equal("GN0081", diagnostic.Id);
            Assert.Contains("by <Aliases>global,Flowers</Aliases>", diagnostic.GetMessage(null), StringComparison.Ordinal);
            GeneratorHarness.Run(GeneratorHarness.CreateCompilation([Aliased]).AddReferences(reference.WithAliases(["global", "Flowers"]))).Compiles();
        }
    }

    [Theory]
    [InlineData("[Network(4)] [Dense(2, typeof(Flowers::Own))]")]
    [InlineData("[Network(4, 2, LossType = typeof(Flowers::Own))]")]
    public void An_activation_or_loss_of_an_assembly_that_has_an_alias_alone_is_reported(string attributes)
    {
        var source = $"extern alias Flowers;\n#pragma warning disable CS1591\n{attributes} public partial class Net;";
        var library = GeneratorHarness.CreateCompilation([Own("")]).WithAssemblyName("Library");
        foreach (var reference in new[] { Image(library), library.ToMetadataReference() })
        {
            var diagnostic = Assert.Single(GeneratorHarness.Run(GeneratorHarness.CreateCompilation([source]).AddReferences(reference.WithAliases(["Flowers"]))).Diagnostics);
            Assert.Equal("GN0081", diagnostic.Id);
            GeneratorHarness.Run(GeneratorHarness.CreateCompilation([source]).AddReferences(reference.WithAliases(["global", "Flowers"]))).Compiles();
        }
    }

    [Theory]
    [InlineData("[Network(4)] [Dense(2, typeof(Own))]")]
    [InlineData("[Network(4, 2, LossType = typeof(Own))]")]
    [InlineData("[Network<float, float>(LossType = typeof(Own))]")]
    public void An_experimental_activation_or_loss_is_used_as_its_author_agreed_to(string attributes) =>
        GeneratorHarness.Run(Own("[System.Diagnostics.CodeAnalysis.Experimental(\"GN_TRY\")]"), $"#pragma warning disable CS1591, GN_TRY\n{attributes} public partial class Net;").Compiles();

    /// <summary>What the compiler lets be read, or made, is not refused.</summary>
    [Theory]
    [InlineData("public struct In { public float X { get; [Obsolete(\"\", true)] set; } } [Network<In, bool>(4)] public partial class Net;")]
    [InlineData("public struct Out { [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public Out() => Name = \"\"; public required float X { get; set; } [IgnoreFeature] public required string Name { get; set; } } [Network<float, Out>(4)] public partial class Net;")]
    [InlineData("public abstract class Model { public abstract override string ToString(); } [Network(4, 2)] public partial class Net : Model;")]
    public void Right_code_is_not_refused(string source) => GeneratorHarness.Run(Quiet + source).Compiles();

    static string Own(string mark) => Quiet + mark + """
         public struct Own : GenNet.Activations.IActivation, GenNet.Losses.ILoss
        {
            public static bool DerivativeNeedsPreactivation => false;
            public static Initializer DefaultInitializer => Initializer.HeNormal;
            public static V Apply<V>(V z) where V : struct, GenNet.Simd.ISimd<V> => z;
            public static V Derivative<V>(V a, V z) where V : struct, GenNet.Simd.ISimd<V> => a;
            public static V Value<V>(V a, V y) where V : struct, GenNet.Simd.ISimd<V> => a;
        }
        """;

    [Fact]
    public void Attributes_of_backing_fields_count_wherever_the_type_is()
    {
        const string Fields = Quiet + "public struct Flower { [field: Scale(0, 8)] public float Length { get; set; } [field: IgnoreFeature] public float Note { get; set; } } public enum Species { A, B }";
        var library = GeneratorHarness.CreateCompilation([Fields]).WithAssemblyName("Library");
        foreach (var run in new[]
        {
            GeneratorHarness.Run(Net, Fields),
            GeneratorHarness.Run(GeneratorHarness.CreateCompilation([Net]).AddReferences(library.ToMetadataReference())),
            GeneratorHarness.Run(GeneratorHarness.CreateCompilation([Net]).AddReferences(Image(library))),
        })
        {
            var member = Assert.Single(Only(run.Compiles()).Types!.Input.Members);
            Assert.Equal(("Length", new ScalingSpec(false, 0, 8)), (member.Name, member.Scaling));
        }
    }

    static MetadataReference Image(CSharpCompilation library)
    {
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    /// <summary>What one form can say, the other can.</summary>
    [Fact]
    public void Both_forms_of_the_attribute_have_the_same_settings() => Assert.Equal(
        typeof(NetworkAttribute).GetProperties().Where(property => property.SetMethod is not null).Select(property => (property.Name, property.PropertyType.FullName)).Order(),
        typeof(NetworkAttribute<,>).GetProperties().Where(property => property.SetMethod is not null).Select(property => (property.Name, property.PropertyType.FullName)).Order());

    [Theory]
    [InlineData("public", "public", "public")]
    [InlineData("public", "internal", "internal")]
    [InlineData("internal", "internal", "public")]
    [InlineData("internal", "public", "public")]
    public void Members_show_no_more_than_the_types_do(string network, string types, string expected)
    {
        var run = GeneratorHarness.Run(Quiet + $"{types} record struct In(float X); {network} enum Out {{ A, B }} [Network<In, Out>] {network} partial class Net;").Compiles();
        Assert.Equal(expected, Only(run).Types!.Accessibility);
    }

    [Theory]
    [InlineData("public partial class A { public record struct In(float X); [Network<In, bool>] public partial class Net; }")]
    [InlineData("public partial class A { private record struct In(float X); [Network<In, bool>] private partial class Net; }")]
    [InlineData("public partial class A { internal record struct In(float X); [Network<In, (float, double)>] public partial class Net; }")]
    [InlineData("public partial class A { private record struct In(float X); partial class B { [Network<In, bool>] private partial class Net; } }")]
    [InlineData("partial class A { internal record struct Box<U>(U Value); partial class B<T> { [Network<Box<Box<int>>, bool>] partial class Net; } }")]
    [InlineData("enum Two { A, B } [Network<Two, Two>] partial class Net;")]
    [InlineData("[Network<bool, bool>] partial class Net;")]
    [InlineData("[GenNet.Network<bool, bool>] partial class Net;")]
    [InlineData("[global::GenNet.NetworkAttribute<bool, bool>(3)] partial class Net;")]
    [InlineData("enum E { Item, ToString, Deconstruct, Probabilities, GetHashCode, PrintMembers, MemberwiseClone, Finalize, ReferenceEquals, GetType, @event } [Network<bool, E>] partial class Net;")]
    [InlineData("enum E { A, [System.Obsolete] B } record struct F(E E) { [System.Obsolete] public float Old { get; set; } } [Network<F, E>] partial class Net;")]
    [InlineData("ref struct R { } record struct F(float X) { public static R R => default; } [Network<F, bool>] partial class Net;")]
    [InlineData("record struct F(float X) { public required int Y { get; init; } public volatile bool Z; } [Network<F, bool>] partial class Net;")]
    [InlineData("record struct F(float X) { public required int Y { get; init; } public int Z; } [Network<bool, F>] partial class Net;")]
    [InlineData("#pragma warning disable X1\nrecord struct F(float X) { [System.Diagnostics.CodeAnalysis.Experimental(\"X1\")] public float New { get; set; } } [Network<F, F>] partial class Net;")]
    [InlineData("#pragma warning disable X1, X2\n[System.Diagnostics.CodeAnalysis.Experimental(\"X1\")] struct S { public float X; } [System.Diagnostics.CodeAnalysis.Experimental(\"X2\")] enum E { A, B } struct F { public S S; public E E; } [Network<F, S>] partial class Net;")]
    [InlineData("#pragma warning disable X1, X2\nstruct F { public float X { [System.Diagnostics.CodeAnalysis.Experimental(\"X1\")] get; [System.Diagnostics.CodeAnalysis.Experimental(\"X2\")] set; } } [Network<F, F>] partial class Net;")]
    [InlineData("public partial class A { protected internal struct In { public float X; } [Network<In, float>] public partial class Net; }")]
    [InlineData("public partial class A { protected struct In { public float X; } [Network<In, float>] protected partial class Net; }")]
    [InlineData("public partial class A { internal struct In { public float X; } [Network<In, float>] protected partial class Net; }")]
    [InlineData("public partial class A { private protected struct In { public float X; } [Network<In, float>] private protected partial class Net; }")]
    [InlineData("partial class A<TOptimizer, V, H, TOutput> { [Network<float, float>(3)] partial class Net; }")]
    [InlineData("struct F { public float X { private get; set; } public float Y; } [Network<F, F>] partial class Net;")]
    [InlineData("struct B { public float X { get; set; } } struct F { [FixedLength(3)] public B[] Items { get; init; } } [Network<F, F>] partial class Net;")]
    [InlineData("[System.Runtime.CompilerServices.InlineArray(2)] struct Two<T> { T _x; } struct F { public Two<Two<(int, Two<bool>)>> Deep { get; set; } [FixedLength(2)] public Two<byte>[] input; } [Network<F, Two<Two<decimal>>>] partial class Net;")]
    [InlineData("[System.Runtime.CompilerServices.InlineArray(2)] struct Two { bool _x; } struct F { [FixedLength(2)] public Two[] y { get; set; } public Two Y; public Two Value; public Two value; } [Network<Two, F>] partial class Net;")]
    [InlineData("partial interface I { partial class In { [Network<float, float>(Output = Activation.Softplus, Loss = Loss.MeanAbsoluteError)] partial class Net; } }")]
    [InlineData("internal enum E { A, B } public struct Out { internal E E; public float X; } [Network<float, Out>(2)] [Head(\"E\")] [Head(\"X\")] public partial class Net;")]
    [InlineData("internal enum E { A, B } internal struct Out { internal E E; public float X; } [Network<float, Out>(2)] [Head(\"E\")] [Head(\"X\")] public partial class Net;")]
    [InlineData("internal enum E { A, B } internal struct Out { internal E E; public float X; } [Network<float, Out>(2)] [Head(\"E\")] [Head(\"X\")] partial class Net;")]
    [InlineData("public partial struct Out { enum E { A, B } E Kind { get; set; } public float X { get; set; } [Network<float, Out>(2)] [Head(\"Kind\")] [Head(\"X\")] public partial class Net; }")]
    [InlineData("public partial struct Out { enum E { M0, M1, M2, M3, M4, M5, M6, M7, M8, M9, M10, M11, M12, M13, M14, M15, M16, M17, M18, M19, M20, M21, M22, M23, M24, M25, M26, M27, M28, M29, M30, M31, M32, M33, M34, M35, M36, M37, M38, M39, M40, M41, M42, M43, M44, M45, M46, M47, M48, M49, M50, M51, M52, M53, M54, M55, M56, M57, M58, M59, M60, M61, M62, M63, M64, M65 } E Kind { get; set; } public float X { get; set; } [Network<float, Out>(2)] [Head(\"Kind\")] [Head(\"X\")] public partial class Net; }")]
    [InlineData("internal enum E { M0, M1, M2, M3, M4, M5, M6, M7, M8, M9, M10, M11, M12, M13, M14, M15, M16, M17, M18, M19, M20, M21, M22, M23, M24, M25, M26, M27, M28, M29, M30, M31, M32, M33, M34, M35, M36, M37, M38, M39, M40, M41, M42, M43, M44, M45, M46, M47, M48, M49, M50, M51, M52, M53, M54, M55, M56, M57, M58, M59, M60, M61, M62, M63, M64, M65 } public struct Out { internal E E; public bool X; } [Network<float, Out>(2)] [Head(\"E\")] [Head(\"X\")] public partial class Net;")]
    [InlineData("public partial class A { protected enum E { A, B } protected struct Out { internal float X; internal E E; } [Network<float, Out>(2)] [Head(\"E\")] [Head(\"X\")] protected partial class Net; }")]
    [InlineData("struct In { public System.Numerics.Vector2 A, B; } record struct Out(System.DayOfWeek Day, bool Sure); [Network<In, Out>] [Sequence(2, 2)] [Dense(3)] [Flatten] [Head(\"Sure\")] [Dense(2)] [Head(\"Day\")] partial class Net;")]
    [InlineData("record struct Out(System.DayOfWeek Day, float X); [Network<float, Out>(3, Health = true, Hidden = Activation.GELU, Init = Initializer.Orthogonal)] [Head(nameof(Out.X), Loss = Loss.MeanAbsoluteError)] [Head(nameof(Out.Day), Loss = Loss.Huber)] partial class Net;")]
    [InlineData("enum E { A, [System.Obsolete] B } record struct F(E E) { [System.Obsolete] public float Old { get; set; } } [Network<F, F>(2)] [Head(\"Old\")] [Head(\"E\")] partial class Net;")]
    [InlineData("record struct F(float X) { public required System.DayOfWeek Y { get; init; } public int Z; } [Network<bool, F>(3)] [Head(\"Y\")] [Head(\"Numbers\")] partial class Net;")]
    [InlineData("#pragma warning disable X1\n[System.Diagnostics.CodeAnalysis.Experimental(\"X1\")] enum E { A, B } struct F { public E E; public bool B; } [Network<F, F>(2)] [Head(\"E\")] [Head(\"B\")] partial class Net;")]
    [InlineData("[Network<float, (bool, System.DayOfWeek, float, float, float, float, float, float, bool)>(2)] [Head(\"Item9\")] [Head(\"Item2\")] [Head(\"Item1\")] [Head(\"Others\")] partial class Net;")]
    public void It_compiles(string source) => GeneratorHarness.Run(Quiet + source).Compiles();

    [Fact]
    public void An_id_that_the_compiler_refuses_is_left_to_it()
    {
        var run = GeneratorHarness.Run(Quiet + "struct F { [System.Diagnostics.CodeAnalysis.Experimental(\"no id\")] public float X; } [Network<F, F>] partial class Net;");
        Assert.Equal(["CS9211"], run.Diagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void A_type_that_no_attribute_can_name_is_left_to_the_compiler()
    {
        var run = GeneratorHarness.Run("partial class A<T> { record struct In(float X); [Network<In, bool>] partial class Net; }");
        Assert.Equal(["CS8968"], run.Diagnostics.Select(diagnostic => diagnostic.Id));
    }

    static NetworkSpec Only(GeneratorRun run) => Assert.Single(run.Networks);
}
