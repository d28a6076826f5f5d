using GenNet.Shared;
using Microsoft.CodeAnalysis;

namespace GenNet.Tests.Generation;

/// <summary>Weights that are compiled in. Those that do not fit are among the broken programs.</summary>
public sealed class WeightsTests
{
    const string Good = """
        name policy.safetensors
        length 500
        tensor F32 100 8,4 0.weight
        tensor F32 228 8 0.bias
        tensor F16 260 2,8 2.weight
        tensor F64 292 2 2.bias
        """;

    const string Cube = """
        class Outer<T>
        {
            public readonly struct Cube<T1, T2> : GenNet.Activations.IActivation
            {
                public static bool DerivativeNeedsPreactivation => true;
                public static Initializer DefaultInitializer => Initializer.HeNormal;
                public static V Apply<V>(V z) where V : struct, GenNet.Simd.ISimd<V> => z * z * z;
                public static V Derivative<V>(V a, V z) where V : struct, GenNet.Simd.ISimd<V> => V.Splat(3) * z * z;
            }
        }
        """;

    [Fact]
    public void Weights_that_fit_are_compiled_in()
    {
        var run = RunWithWeights("[Network(4, 8, 2, Weights = \"policy.safetensors\")] partial class Net; class User { Net Get() => Net.Pretrained; }", Good);
        run.Compiles();
        Assert.Contains("weights.CopyTo(Parameters, first: 48, length: 32, GenNet::SafeTensorType.F16, offset: 260); // 2.weight [2, 8]", run.Sources["Net.g.cs"], StringComparison.Ordinal);
    }

    /// <summary>C# asks of each constructor what it asks of the base class's, that for compiled weights included.</summary>
    [Fact]
    public void A_base_class_may_set_what_is_required() => RunWithWeights("""
        class Base { [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public Base() => Name = ""; public required string Name { get; set; } }
        [Network(4, 8, 2, Weights = "policy.safetensors")] partial class Net : Base { public static Net Own => Pretrained; }
        """, Good).Compiles();

    [Fact]
    public void Every_kind_of_layer_fits()
    {
        const string Source = "[Network(4, Weights = \"policy.safetensors\")] [Dense(8)] [BatchNorm(Activation.ReLU)] [Dropout(0.5)] [Dense(8, Activation.Tanh)] [Residual(1)] [LayerNorm(Epsilon = 1e-3)] [Dense(2, typeof(Outer<int>.Cube<byte, Outer<int>>))] partial class Net; " + Cube;
        using var program = GeneratorHarness.Run(Source.Replace(", Weights = \"policy.safetensors\"", "")).CompileAndLoad();
        var network = program.Create<INetwork>("Net", 1UL);
        var tensors = network.Parameters.Tensors;
        var description = $"name policy.safetensors\nlength 9\nschema {network.Architecture.SchemaHash:x16}\n" + string.Concat(tensors.Select(tensor => $"tensor F32 9 {string.Join(',', tensor.Shape)} {tensor.Name}\n"));
        RunWithWeights(Source, description + "tensor I64 9 1 1.num_batches_tracked\n").Compiles();
    }

    [Theory]
    [InlineData("[Dense(8, Activation.Tanh)] [Dense(8)] [Head(\"Policy\")] [Dense(6, Activation.ReLU)] [Dense(2)] [Head(\"Value\")] [BatchNorm] [Residual(1)] [Dense(1)]")]
    [InlineData("[Dense(8, Activation.Tanh)] [Dense(3)] [Residual(2, Projection = true)] [Head(\"Policy\")] [Dense(2)] [Residual(3, Activation.ReLU, Projection = true)] [Head(\"Value\")] [Dense(1)]")]
    [InlineData("[Dropout(0.5)] [Head(\"Policy\")] [Dense(6, Activation.ReLU)] [Dense(2)] [Head(\"Value\")] [Dense(1)]")]
    [InlineData("[Dense(8, Activation.Tanh)] [Head(\"Alone\")] [Dense(2)]")]
    public void Heads_fit(string layers)
    {
        var source = $"[Network(4, Weights = \"policy.safetensors\")] {layers} partial class Net; class User {{ Net Get() => Net.Pretrained; }}";
        using var program = GeneratorHarness.Run(source.Replace(", Weights = \"policy.safetensors\"", "").Replace("Pretrained", "Architecture.ToString() is { } ? new Net(1) : null!")).CompileAndLoad();
        var network = program.Create<INetwork>("Net", 1UL);
        Assert.All(network.Parameters.Tensors, tensor => Assert.Contains(tensor.Name.Split('.')[0], new[] { "trunk" }.Concat(network.Architecture.Heads.Select(head => head.Name))));
        RunWithWeights(source, $"name policy.safetensors\nlength 9\nschema {network.Architecture.SchemaHash:x16}\n"
            + string.Concat(network.Parameters.Tensors.Select(tensor => $"tensor F32 9 {string.Join(',', tensor.Shape)} {tensor.Name}\n"))).Compiles();
    }

    [Fact]
    public void A_change_of_the_weights_leaves_other_networks_alone()
    {
        var source = "[Network(4, 8, 2, Weights = \"policy.safetensors\")] partial class Net; [Network(3, 1)] partial class Other;";
        var driver = InMemoryCompiler.Driver();
        var compilation = GeneratorHarness.CreateCompilation([source]);
        var text = new WeightsDescription(Good);
        driver = driver.AddAdditionalTexts([text]).RunGenerators(compilation);
        driver = driver.ReplaceAdditionalText(text, new WeightsDescription(Good.Replace("500", "501"))).RunGenerators(compilation);
        var reasons = driver.GetRunResult().Results.Single().TrackedSteps["Plan"].SelectMany(step => step.Outputs).Select(output => output.Reason);
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], reasons);
    }

    static GeneratorRun RunWithWeights(string source, string description) =>
        GeneratorHarness.Run(InMemoryCompiler.Driver(), GeneratorHarness.CreateCompilation([source]), new WeightsDescription(description));
}
