using System.Globalization;
using GenNet.Generator.Diagnostics;
using GenNet.Tests.Generation;
using Microsoft.CodeAnalysis;

namespace GenNet.Tests.Diagnostics;

/// <summary>A mistake is reported where it is written, once: neither the compiler nor another diagnostic has anything to add.</summary>
public class DiagnosticTests
{
    public static TheoryData<string> Programs => new(BrokenProgram.Names);

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_broken_program_has_exactly_its_diagnostics(string name)
    {
        var program = BrokenProgram.Read(name);
        Assert.NotEmpty(program.Marks);
        var diagnostics = program.Run().Diagnostics;
        Assert.Equal(program.Marks, diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan)));
        Assert.Equal(program.Messages, diagnostics.Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)));
        Assert.All(diagnostics, diagnostic => Assert.Equal("File0.cs", diagnostic.Location.SourceTree!.FilePath));
        Assert.All(diagnostics, diagnostic => Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity));
    }

    [Fact]
    public void Numbers_of_a_message_are_the_same_in_Swedish() =>
        Cultures.InSwedish(() => A_broken_program_has_exactly_its_diagnostics("GN0003_absurd_units"));

    [Theory]
    [InlineData("[Network(262_144, 1, 262_144)]")]
    [InlineData("[Network(65_535, 4_096)]")]
    [InlineData("[Network(2, 2, Output = Activation.Softmax, Loss = Loss.CrossEntropy)]")]
    [InlineData("[Network(2, 2, Output = Activation.Identity, Loss = Loss.CrossEntropy)]")]
    [InlineData("[Network(2, 1, Output = Activation.Sigmoid, Loss = Loss.BinaryCrossEntropy)]")]
    [InlineData("[Network(2, 1, Output = Activation.HardSigmoid, Loss = Loss.BinaryCrossEntropy)]")]
    [InlineData("[Network(2, 1, Output = Activation.Identity, Loss = Loss.BinaryCrossEntropy)]")]
    [InlineData("[Network(2, 1, Hidden = Activation.Softmax)]")]
    public void What_is_just_right_compiles(string attribute) => GeneratorHarness.Run($"{attribute} partial class Net;").Compiles();

    [Theory]
    [InlineData("[Network(\"2\", 1)] partial class Net;", "CS1503")]
    [InlineData("[Network(2, 1, Output = Activation.Missing)] partial class Net;", "CS0117")]
    [InlineData("[Network(2)] [Dense(x)] partial class Net;", "CS0103")]
    [InlineData("[Network(2, 1)] partial class Net; [Network(2, 1)] partial class Net;", "CS0579")]
    [InlineData("[Network(2, 1)] partial struct Net;", "CS0592")]
    [InlineData("[Network<Part, bool>] partial class Net; ref struct Part(float x) { public float X = x; }", "CS9244")]
    [InlineData("[Network<float, dynamic>] partial class Net;", "CS8970")]
    [InlineData("[Dense(1)] ref struct Net;", "CS0592")]
    [InlineData("partial interface I<in T> where T : class { [Network(2, 1)] partial class Net; }", "CS8427")]
    public void What_the_compiler_refuses_is_left_to_it(string source, string id)
    {
        var run = GeneratorHarness.Run(source);
        Assert.Empty(run.Sources);
        Assert.Equal([id], run.Diagnostics.Select(diagnostic => diagnostic.Id));
    }

    /// <summary>Two shapes of one kind are the compiler's to refuse.</summary>
    [Theory]
    [InlineData("[Network] [Sequence(6, 4)] [Dense(3)] [Sequence(5, 3)] [Flatten] [Dense(2)] partial class Net;")]
    [InlineData("[Network] [Image(6, 4)] [Image(5, 3)] [Conv2D(2, 2)] [Flatten] [Dense(2)] partial class Net;")]
    public void A_shape_that_stands_twice_is_one_error(string source) => Assert.Equal(["CS0579"], GeneratorHarness.Run(source).Diagnostics.Select(diagnostic => diagnostic.Id));

    [Theory]
    [InlineData("[Network(2)] [Dense(1, typeof(Missing))] partial class Net;", "CS0246")]
    [InlineData("[Network(2, 1, LossType = typeof(Missing))] partial class Net;", "CS0246")]
    [InlineData("[Network(2)] [Dense(1, typeof(Cube))] partial class Net; struct Cube : GenNet.Activations.IActivation;", "CS0535")]
    [InlineData("[Network(2, 1, LossType = typeof(Cube))] partial class Net; struct Cube : GenNet.Losses.ILoss;", "CS0535")]
    public void A_type_that_the_compiler_refuses_is_left_to_it(string source, string id)
    {
        var run = GeneratorHarness.Run(source + " static class Program { static ulong Hash() => new Net(1).Hash(); }");
        Assert.NotEmpty(run.Sources);
        Assert.All(run.Diagnostics, diagnostic => Assert.Equal((id, "File0.cs"), (diagnostic.Id, diagnostic.Location.SourceTree!.FilePath)));
    }

    [Theory]
    [InlineData("partial class Net { public void Forward(float x) { } public int Forward(ReadOnlySpan<float> x) => x.Length; class Trainer; Net() : this(1) { } }")]
    [InlineData("partial class Net { public new int ToString => 1; }")]
    [InlineData("partial class Net : Base; class Base { public new class ToString; }")]
    [InlineData("partial class Net { public void Forward<T>(T x) { } public int Layer7 => 1; public override string ToString() => \"\"; public int this[int i] => i; }")]
    [InlineData("partial class Net : Base; class Base { int InputSize = 3; public int A() => InputSize; public void Forward(float[] x) { } }")]
    [InlineData("partial class Net { public string get_Summary(int a) => \"\"; public void set_Summary(int a) { } static int get_Shape1() => 1; static void set_Shape1_<T>(int a) { } }")]
    [InlineData("partial class Net { [System.Runtime.CompilerServices.IndexerName(\"Shape1\")] public int this[int i] => i; }")]
    [InlineData("partial class set_Summary;")]
    [InlineData("partial class Net : Base; class Base { public int get_Summary() => 1; public int get_Parameters => 1; }")]
    [InlineData("partial class Net : Base; class Base { [System.Runtime.CompilerServices.IndexerName(\"Forward\")] public int this[int i] => i; }")]
    [InlineData("partial class Net : Base; class Base { protected Base() { } class Trainer<T>; }")]
    [InlineData("partial class Net : Base; class Base { public Base(int a = 1, params int[] b) { } }")]
    public void What_does_not_collide_compiles(string declaration) => GeneratorHarness.Run($"[Network(2, 1)] {declaration}").Compiles();

    /// <summary>Whatever is emitted: nobody keeps a list of it. What only emitted code uses makes way.</summary>
    [Theory]
    [InlineData("[Network(2, 3, 1)]")]
    [InlineData("[Network(4)] [Dense(8)] [BatchNorm] [Dropout(0.5)] [LayerNorm] [Residual(3)] [Dense(3, Activation.Softmax)]")]
    [InlineData("[Network] [Sequence(4, 2)] [Dense(3, Activation.Softmax)] [Flatten]")]
    [InlineData("[Network<System.Numerics.Vector3, DayOfWeek>(3)]")]
    [InlineData("[Network(4)] [Dense(8)] [Head(\"A\")] [Dense(3, Activation.Softmax)] [Head(\"B\")] [BatchNorm] [Dense(1)]")]
    [InlineData("[Network<System.Numerics.Vector3, (DayOfWeek, bool, (bool, bool), float)>(3)] [Head(\"Item1\")] [Head(\"Item3\")] [Head(\"Item2\")] [Head(\"Rest\")]")]
    public void Every_emitted_member_may_collide(string attributes)
    {
        var network = GeneratorHarness.Run($"{attributes} partial class Net;").Compilation.GetTypeByMetadataName("Net")!;
        // A constant in the place of an override hides what that overrides too, of which the compiler warns.
        var members = network.GetMembers().Where(member => member is { CanBeReferencedByName: true, IsImplicitlyDeclared: false, IsOverride: false }).ToLookup(member => member.Name);
        var helpers = members.Where(group => group.All(member => member.DeclaredAccessibility == Accessibility.Private)).Select(group => group.Key).ToList();
        var names = members.Select(group => group.Key).Except(helpers).ToList();
        Assert.Contains("Forward", names);
        Assert.Contains("Trainer", names);
        Assert.Contains("Shape1", helpers);
        Assert.Contains("DescribeLayers", helpers);
        var diagnostics = GeneratorHarness.Run($"{attributes} partial class Net {{ const int {string.Join(" = 1, ", names)} = 1; }}").Diagnostics;
        Assert.Equal(names.Select(name => $"GN0012 {name}"), diagnostics.Select(diagnostic => $"{diagnostic.Id} {TextOf(diagnostic)}"));
        GeneratorHarness.Run($"{attributes} partial class Net {{ const int {string.Join(" = 1, ", helpers)} = 1; }}").Compiles();
        GeneratorHarness.Run($"class Base {{ public const int {string.Join(" = 1, ", helpers)} = 1; }} {attributes} partial class Net : Base;").Compiles();
    }

    /// <summary>Sizes may have been meant for the trunk, and the heads for what follows from them: nothing more is said until they are gone.</summary>
    [Theory]
    [InlineData("[Network(2, 3, 4)] [Head(\"A\")] partial class Net;")]
    [InlineData("[Network(2, 3, 4)] [Head(\"A\")] [Head(\"B\")] partial class Net;")]
    public void Sizes_beside_heads_are_one_mistake(string source) => Assert.Equal(["GN0006"], GeneratorHarness.Run(source).Diagnostics.Select(diagnostic => diagnostic.Id));

    static string TextOf(Diagnostic diagnostic) => diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan);

    /// <summary>While one types, most programs are half a program.</summary>
    [Theory]
    [InlineData("class Base; [Network(2, 3, 1, Hidden = Activation.Tanh)] [Dense(1, units: 2)] public partial class Net : Base { Net(int a) { } int Layer1; void Forward<T>(in T t) { } }")]
    [InlineData("namespace A.B; partial class C<T> { [Network(inputs: 2)] [Dense(3)] [Dense(activation: Activation.Softmax, units: 2, Init = Initializer.Zeros)] partial record class Net(int X); }")]
    [InlineData("[Network(2, LossType = typeof(int))] [Dense(3)] [BatchNorm(Momentum = 2)] [Residual(layers: 1, typeof(string))] [Dropout(0.5)] partial class Net;")]
    [InlineData("[Network(2)] [Dropout(0.5)] [Head(\"A\", Weight = 0.5, Loss = Loss.Huber)] [Dense(2)] [Head(\"B\")] [Dense(1)] [Dropout(0.1)] partial class Net { static System.Range B => Heads.B; }")]
    [InlineData("[Network<float, Out>(2)] [Head(\"A\", Weight = 0.5, Output = Activation.Tanh)] [Dense(2)] [Head(\"B\")] [Head(\"Rest\")] partial class Net; record struct Out(float A, System.DayOfWeek B, bool C);")]
    public void Half_a_program_does_not_crash(string source)
    {
        foreach (var token in GeneratorHarness.Parse(source, "").GetRoot().DescendantTokens())
            foreach (var half in new[] { source[..token.SpanStart], source.Remove(token.SpanStart, token.Span.Length) })
                Assert.Empty(GeneratorHarness.Run(half).Crashes);
    }

    [Fact]
    public void Every_descriptor_has_an_id_of_its_own_and_a_program()
    {
        var ids = typeof(Descriptors).GetFields().Select(field => ((DiagnosticDescriptor)field.GetValue(null)!).Id).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, id => Assert.Contains(BrokenProgram.Names, name => name.StartsWith(id, StringComparison.Ordinal)));
    }
}
