using System.Globalization;
using GenNet.Shared;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace GenNet.Tests.Generation;

public partial class DiagnosticTests
{
    const string Good = """
        name policy.safetensors
        length 500
        tensor F32 100 8,4 0.weight
        tensor F32 228 8 0.bias
        tensor F16 260 2,8 2.weight
        tensor F64 292 2 2.bias
        """;

    const string Policy = "[Network(4, 8, 2, {|GN0052:Weights = \"policy.safetensors\"|})] partial class Net;";

    [Fact]
    public void GN0050_weights_that_are_not_part_of_the_project() => WeightsRefused(
        "[Network(4, 8, 2, {|GN0050:Weights = \"other.safetensors\"|})] partial class Net;", Good,
        "'Net' asks for the weights 'other.safetensors', which are not part of the project: add <NetworkWeights Include=\"other.safetensors\" /> to the project file");

    [Fact]
    public void GN0051_weights_that_cannot_be_read() => WeightsRefused(
        "[Network(4, 8, 2, {|GN0051:Weights = \"policy.safetensors\"|})] partial class Net;", "name policy.safetensors\nfault the%20file%20ends%20after%202",
        "'Net' cannot use the weights 'policy.safetensors': the file ends after 2");

    [Theory]
    [InlineData("8,4 0.weight", "8,5 0.weight", "tensor 0.weight [8, 5] should be [8, 4]; declare the layers that it was trained with")]
    [InlineData("8 0.bias", "9 0.bias", "tensor 0.bias [9] should be [8]; declare the layers that it was trained with")]
    [InlineData("8,4 0.weight", "8,4 1.weight", "there is no tensor 0.weight [8, 4]; declare the layers that it was trained with")]
    [InlineData("F32 228", "I64 228", "tensor 0.bias [8] is of type I64; write it as F32")]
    [InlineData("tensor F32 100", "tensor F32 500 1,2 4.%20weight\ntensor F32 100", "tensor 4. weight [1, 2] has no place; declare the layers that it was trained with")]
    public void GN0052_weights_that_do_not_fit(string good, string bad, string fault) =>
        WeightsRefused(Policy, Good.Replace(good, bad), $"'Net' cannot use the weights 'policy.safetensors': {fault}");

    [Fact]
    public void GN0052_admits_what_fits()
    {
        var run = RunWithWeights("[Network(4, 8, 2, Weights = \"policy.safetensors\")] partial class Net; class User { Net Get() => Net.Pretrained; }", Good);
        run.Compiles();
        Assert.Contains("weights.CopyTo(Parameters.Tensors[2], global::GenNet.SafeTensorType.F16, offset: 260); // 2.weight [2, 8]", run.Sources["Net.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void GN0052_knows_every_kind_of_layer()
    {
        const string Source = "[Network(4, Weights = \"policy.safetensors\")] [Dense(8)] [BatchNorm(Activation.ReLU)] [Dropout(0.5)] [Dense(8, Activation.Tanh)] [Residual(1)] [LayerNorm] [Dense(2)] partial class Net;";
        using var program = GeneratorHarness.Run(Source.Replace(", Weights = \"policy.safetensors\"", "")).CompileAndLoad();
        var tensors = program.Create<INetwork>("Net", 1UL).Parameters.Tensors;
        var description = "name policy.safetensors\nlength 9\n" + string.Concat(tensors.Select(tensor => $"tensor F32 9 {string.Join(',', tensor.Shape)} {tensor.Name}\n"));
        RunWithWeights(Source, description + "tensor I64 9 1 1.num_batches_tracked\n").Compiles();
    }

    [Fact]
    public void A_change_of_the_weights_leaves_other_networks_alone()
    {
        var source = Policy.Replace("{|GN0052:", "").Replace("|}", "") + " [Network(3, 1)] partial class Other;";
        var driver = InMemoryCompiler.Driver();
        var compilation = GeneratorHarness.CreateCompilation([source]);
        var text = new Description(Good);
        driver = driver.AddAdditionalTexts([text]).RunGenerators(compilation);
        driver = driver.ReplaceAdditionalText(text, new Description(Good.Replace("500", "501"))).RunGenerators(compilation);
        var reasons = driver.GetRunResult().Results.Single().TrackedSteps["Plan"].SelectMany(step => step.Outputs).Select(output => output.Reason);
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], reasons);
    }

    static GeneratorRun RunWithWeights(string source, string description) =>
        GeneratorHarness.Run(InMemoryCompiler.Driver().AddAdditionalTexts([new Description(description)]), GeneratorHarness.CreateCompilation([source]));

    static void WeightsRefused(string marked, string description, string message)
    {
        var (source, expected) = ReadMarks(marked);
        var run = RunWithWeights(source, description);
        Assert.Equal(expected, run.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan)));
        Assert.Equal(message, Assert.Single(run.Diagnostics).GetMessage(CultureInfo.InvariantCulture));
        Assert.DoesNotContain("Pretrained", run.Sources["Net.g.cs"], StringComparison.Ordinal);
    }

    sealed class Description(string text) : AdditionalText
    {
        public override string Path => "obj/gennet/policy.safetensors.gennet-weights.txt";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
