using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using GenNet.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace GenNet.Tests.Generation;

/// <summary>What cannot be a network is refused where it is written, and by nobody else: the source marks each place as {|id:text|}.</summary>
public partial class DiagnosticTests
{
    [Fact]
    public void GN0001_not_partial() => Refused(
        "[Network(2, 1)] class {|GN0001:Net|};",
        "'Net' must be partial so that GenNet can add the network's code: write 'partial class Net'");

    [Fact]
    public void GN0001_containers_not_partial() => Refused(
        "record struct {|GN0001:A|} { partial class B { interface {|GN0001:IC|} { [Network(2, 1)] class {|GN0001:Net|}; } } }",
        "'A' must be partial so that GenNet can add the network's code: write 'partial record struct A'",
        "'IC' must be partial so that GenNet can add the network's code: write 'partial interface IC'",
        "'Net' must be partial so that GenNet can add the network's code: write 'partial class Net'");

    [Theory]
    [InlineData("partial class {|GN0002:Net|}<T>;", "it is generic")]
    [InlineData("static partial class {|GN0002:Net|};", "it is static")]
    [InlineData("abstract partial class {|GN0002:Net|};", "it is abstract")]
    [InlineData("partial record {|GN0002:Net|};", "it is a record")]
    [InlineData("partial record class {|GN0002:Net|}(int X);", "it is a record")]
    [InlineData("file partial class {|GN0002:Net|};", "it is file-local, and the generated code is another file")]
    public void GN0002_unsupported_kind(string declaration, string reason) => Refused(
        $"[Network(2, 1)] {declaration}",
        $"'Net' cannot be a network because {reason}: declare it as a plain class, 'partial class Net'");

    [Theory]
    [InlineData("[Network({|GN0003:0|}, 1)]", "0 inputs")]
    [InlineData("[Network(2, 3, {|GN0003:-1|})]", "a layer of -1 units")]
    [InlineData("[Network(2, {|GN0003:65_537|}, 1)]", "a layer of 65,537 units")]
    [InlineData("[Network(2, {|GN0003:new[] { 0 }|})]", "a layer of 0 units")]
    [InlineData("[Network({|GN0003:sizes: new[] { 3, int.MinValue }|}, inputs: 2)]", "a layer of -2,147,483,648 units")]
    [InlineData("[Network(2)] [Dense(3)] [Dense(activation: Activation.ReLU, {|GN0003:units: 0|})]", "a layer of 0 units")]
    [InlineData("[Network({|GN0003:int.MaxValue|}, 65_536)]", "2,147,483,647 inputs")]
    public void GN0003_size_out_of_range(string attributes, string size) => Refused(
        $"{attributes} partial class Net;",
        $"'Net' cannot have {size}: give a size from 1 to 65,536");

    [Fact]
    public void GN0003_in_Swedish() => Cultures.InSwedish(() => GN0003_size_out_of_range("[Network(2, {|GN0003:-65_537|})]", "a layer of -65,537 units"));

    [Fact]
    public void GN0003_admits_the_limit() => GeneratorHarness.Run("[Network(65_536, 1, 65_536)] partial class Net;").Compiles();

    [Fact]
    public void GN0004_too_many_parameters() => Refused(
        "[{|GN0004:Network(65_535, 4_096, 1)|}] partial class Net;",
        "'Net' has 268,439,553 weights and biases, more than 268,435,456: make its layers smaller");

    [Fact]
    public void GN0004_admits_the_limit() => GeneratorHarness.Run("[Network(65_535, 4_096)] partial class Net;").Compiles();

    [Theory]
    [InlineData("[{|GN0005:Network(2)|}]")]
    [InlineData("[{|GN0005:Network(2, new int[0])|}]")]
    [InlineData("[{|GN0005:Network(2, null!)|}]")]
    public void GN0005_no_layers(string attribute) => Refused(
        $"{attribute} partial class Net;",
        "'Net' has no layers: give their sizes after the inputs, as in [Network(784, 128, 10)], or one [Dense] attribute a layer");

    [Fact]
    public void GN0006_both_forms() => Refused(
        "[Network(2, {|GN0006:3|}, {|GN0006:Hidden = Activation.Tanh|}, {|GN0006:Output = Activation.Tanh|})] [Dense(1)] partial class Net;",
        "'Net' has [Dense] layers, so 'sizes' in [Network] has no place: remove it or the [Dense] attributes",
        "'Net' has [Dense] layers, so 'Hidden' in [Network] has no place: remove it or the [Dense] attributes",
        "'Net' has [Dense] layers, so 'Output' in [Network] has no place: remove it or the [Dense] attributes");

    [Fact]
    public void GN0007_layers_spread() => Refused(
        "[Network(2)] [Dense(3)] partial class Net; [{|GN0007:Dense(1)|}] partial class Net;",
        "'Net' has [Dense] attributes on several partial declarations, whose order is undefined: move them all to one");

    [Theory]
    [InlineData("[Network(2, 3, 1, {|GN0008:Hidden = Activation.Softmax|})]")]
    [InlineData("[Network(2)] [Dense(3, {|GN0008:Activation.Softmax|})] [Dense(1)]")]
    [InlineData("[Network(2)] [Dense({|GN0008:activation: Activation.Softmax|}, units: 3)] [Dense(1, Activation.Softmax)]")]
    public void GN0008_softmax_in_a_hidden_layer(string attributes) => Refused(
        $"{attributes} partial class Net;",
        "'Net' has Softmax in a hidden layer: use it in the output layer only");

    [Theory]
    [InlineData("[Network(2, 1, Output = Activation.Sigmoid, {|GN0009:Loss = Loss.CrossEntropy|})]", "CrossEntropy on an output of Sigmoid", "Softmax or Identity")]
    [InlineData("[Network(2, {|GN0009:Loss = Loss.BinaryCrossEntropy|})] [Dense(1, Activation.Tanh)]", "BinaryCrossEntropy on an output of Tanh", "Sigmoid or HardSigmoid or Identity")]
    public void GN0009_loss_does_not_fit(string attributes, string mismatch, string wanted) => Refused(
        $"{attributes} partial class Net;",
        $"'Net' cannot train {mismatch}: set the output activation to {wanted}, or choose another loss");

    [Theory]
    [InlineData(Loss.CrossEntropy, Activation.Softmax)]
    [InlineData(Loss.CrossEntropy, Activation.Identity)]
    [InlineData(Loss.BinaryCrossEntropy, Activation.Sigmoid)]
    [InlineData(Loss.BinaryCrossEntropy, Activation.HardSigmoid)]
    [InlineData(Loss.BinaryCrossEntropy, Activation.Identity)]
    public void GN0009_admits_what_fits(Loss loss, Activation output) =>
        GeneratorHarness.Run($"[Network(2, 1, Output = Activation.{output}, Loss = Loss.{loss})] partial class Net;").Compiles();

    [Fact]
    public void GN0010_stray_layer() => Refused(
        "[{|GN0010:Dense(1)|}] [Dense(2)] partial class Net;",
        "'Net' has layers but is no network: add [Network(inputs)] with the number of inputs");

    [Theory]
    [InlineData("[Network(2, 1, {|GN0011:Output = (Activation)99|})]", "Activation 99")]
    [InlineData("[Network(2, 1, {|GN0011:Init = (Initializer)(-1)|})]", "Initializer -1")]
    [InlineData("[Network(2)] [Dense(1, {|GN0011:(Activation)99|})]", "Activation 99")]
    public void GN0011_unknown_member(string attributes, string member) => Refused(
        $"{attributes} partial class Net;",
        $"'Net' asks for {member}, which does not exist: name a member of {member.Split(' ')[0]}");

    [Theory]
    [InlineData("[Network(2)] [Dense(1, {|GN0030:typeof(string)|})]", "String", "GenNet.Activations.IActivation")]
    [InlineData("[Network(2)] [Dense(1)] [BatchNorm({|GN0030:typeof(int)|})]", "Int32", "GenNet.Activations.IActivation")]
    [InlineData("[Network(2)] [Dense(1, {|GN0030:(System.Type)null|})]", "null", "GenNet.Activations.IActivation")]
    [InlineData("[Network(2, 1, {|GN0030:LossType = typeof(double)|})]", "Double", "GenNet.Losses.ILoss")]
    public void GN0030_unsuitable_type(string attributes, string type, string contract) => Refused(
        $"#nullable disable\n{attributes} partial class Net;",
        $"'Net' cannot use '{type}': give a struct that implements {contract} and is visible to other files");

    [Theory]
    [InlineData("[Dense(1)] [Dropout({|GN0031:-0.5|})]", "rate of -0.5", "from 0 to 1")]
    [InlineData("[Dense(1)] [Dropout({|GN0031:1.01|})]", "rate of 1.01", "from 0 to 1")]
    [InlineData("[Dense(1)] [Dropout({|GN0031:double.NaN|})]", "rate of NaN", "from 0 to 1")]
    [InlineData("[Dense(1)] [BatchNorm({|GN0031:Momentum = 2|})]", "momentum of 2", "from 0 to 1")]
    [InlineData("[Dense(1)] [BatchNorm({|GN0031:Epsilon = 0|})]", "epsilon of 0", "greater than 0")]
    [InlineData("[Dense(1)] [LayerNorm({|GN0031:Epsilon = -1|})]", "epsilon of -1", "greater than 0")]
    public void GN0031_number_out_of_range(string attributes, string setting, string range) => Refused(
        $"[Network(2)] {attributes} partial class Net;",
        $"'Net' cannot have a {setting}: give a number {range}");

    [Theory]
    [InlineData("[Dense(2)] [Residual({|GN0032:2|})]", 2, 1)]
    [InlineData("[Dense(2)] [Dense(2)] [Residual({|GN0032:0|})]", 0, 2)]
    public void GN0032_residual_block(string attributes, int block, int before) => Refused(
        $"[Network(2)] {attributes} partial class Net;",
        $"'Net' cannot connect around {block} layers here: give a number from 1 to {before}, the layers before it");

    [Fact]
    public void GN0033_residual_width() => Refused(
        "[Network(2)] [Dense(3)] [Dense(4)] [{|GN0033:Residual(1)|}] partial class Net;",
        "'Net' cannot add the 3 values that go into the block to the 4 that come out: give both ends of the residual connection the same width");

    [Fact]
    public void One_network_refused_leaves_the_others()
    {
        var run = GeneratorHarness.Run("[Network(2, 1)] partial class Net; [Network(0, 1)] partial class Wrong;");
        Assert.Equal(["Net.g.cs"], run.Sources.Keys);
    }

    [Theory]
    [InlineData("[Network] partial class Net;", "CS7036")]
    [InlineData("[Network(\"2\", 1)] partial class Net;", "CS1503")]
    [InlineData("[Network(2, 1, Output = Activation.Missing)] partial class Net;", "CS0117")]
    [InlineData("[Network(2)] [Dense(x)] partial class Net;", "CS0103")]
    [InlineData("[Network(2, 1)] partial class Net; [Network(2, 1)] partial class Net;", "CS0579")]
    [InlineData("[Network(2, 1)] partial struct Net;", "CS0592")]
    public void What_the_compiler_refuses_is_left_to_it(string source, string id)
    {
        var run = GeneratorHarness.Run(source);
        Assert.Empty(run.Sources);
        Assert.Empty(run.Diagnostics);
        Assert.Equal([id], run.Compilation.GetDiagnostics().Where(IsError).Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void Every_descriptor_has_an_id_of_its_own_and_a_test()
    {
        var ids = typeof(Descriptors).GetFields().Select(field => ((DiagnosticDescriptor)field.GetValue(null)!).Id).ToList();
        Assert.Equal(ids.Distinct().Order(), ids);
        var tests = typeof(DiagnosticTests).GetMethods().Select(method => method.Name).ToList();
        Assert.All(ids, id => Assert.Contains(tests, test => test.StartsWith(id, StringComparison.Ordinal)));
    }

    /// <summary>Fails unless exactly the marked places are refused, with these messages, and the compiler has nothing to add.</summary>
    static void Refused(string marked, params string[] messages)
    {
        var (source, expected) = ReadMarks(marked);
        var run = GeneratorHarness.Run(source);
        Assert.Equal(expected, run.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan)));
        Assert.Equal(messages, run.Diagnostics.Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)));
        Assert.All(run.Diagnostics, diagnostic => Assert.Equal("File0.cs", diagnostic.Location.GetLineSpan().Path));
        Assert.All(run.Diagnostics, diagnostic => Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity));
        Assert.Empty(run.Sources);
        Assert.Empty(run.Compilation.GetDiagnostics().Where(IsError));
    }

    static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    static (string Source, IReadOnlyList<(string Id, TextSpan Span)> Marks) ReadMarks(string marked)
    {
        var source = new StringBuilder();
        var marks = new List<(string, TextSpan)>();
        var read = 0;
        foreach (Match match in Mark().Matches(marked))
        {
            source.Append(marked, read, match.Index - read);
            marks.Add((match.Groups[1].Value, new TextSpan(source.Length, match.Groups[2].Length)));
            source.Append(match.Groups[2].Value);
            read = match.Index + match.Length;
        }
        return (source.Append(marked, read, marked.Length - read).ToString(), marks);
    }

    [GeneratedRegex(@"\{\|(GN\d{4}):(.*?)\|\}")]
    private static partial Regex Mark();
}
