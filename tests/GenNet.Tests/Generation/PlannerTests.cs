extern alias generator;

using GenNet.Generator.Infrastructure;
using GenNet.Generator.Layers;
using GenNet.Generator.Planning;
using GenNet.Generator.Specification;

namespace GenNet.Tests.Generation;

/// <summary>The planner, without Roslyn.</summary>
public class PlannerTests
{
    static NetworkPlan Plan(int inputs, bool optimize, string loss, params (int Outputs, string Activation)[] layers) =>
        Planner.Create(
            new NetworkSpec(null, default, "Net", "Net", "Net.g.cs", new(1, inputs), new(layers.Select(layer => (LayerSpec)new DenseSpec(layer.Outputs, layer.Activation, "Default"))), loss),
            new CompilerSettings(optimize, AllowsUnsafe: false));

    [Fact]
    public void Small_layers_are_unrolled_and_large_ones_are_not()
    {
        Assert.Equal([true, true, true], Plan(4, true, "Default", (16, "Tanh"), (16, "Tanh"), (2, "Identity")).Steps.Select(step => step.Unrolled));
        Assert.Equal([false, false, false], Plan(784, true, "Default", (128, "ReLU"), (64, "ReLU"), (10, "Softmax")).Steps.Select(step => step.Unrolled));
        Assert.Equal([true, false, true], Plan(8, true, "Default", (100, "ReLU"), (12, "ReLU"), (3, "Identity")).Steps.Select(step => step.Unrolled));
    }

    [Fact]
    public void Nothing_is_unrolled_into_a_program_that_is_not_optimised() =>
        Assert.DoesNotContain(Plan(4, false, "Default", (16, "Tanh"), (2, "Identity")).Steps, step => step.Unrolled);

    [Theory]
    [InlineData("Identity", 2)]
    [InlineData("ReLU", 2)]
    [InlineData("Tanh", 1)]
    [InlineData("Sigmoid", 1)]
    [InlineData("GELU", 1)]
    [InlineData("global::My.Activation", 1)]
    public void As_many_layers_are_unrolled_as_the_JIT_inlines_into_one_method(string activation, int layers)
    {
        var plan = Plan(32, true, "Default", Enumerable.Repeat((32, activation), 20).ToArray());
        Assert.Equal(layers, plan.Steps.Count(step => step.Unrolled));
    }

    [Fact]
    public void Layers_lie_one_after_the_other_at_cache_lines()
    {
        var plan = Plan(7, true, "Default", (33, "ReLU"), (5, "ReLU"), (1, "Identity"));
        var end = 0;
        foreach (var layer in plan.Layers)
        {
            Assert.Equal(end, layer.Offset);
            Assert.Equal(0, layer.Offset % 16);
            Assert.Equal(0, layer.BiasOffset % 16);
            Assert.True(layer.BiasOffset >= layer.Offset + layer.Inputs * layer.Outputs);
            end = layer.BiasOffset + generator::GenNet.Kernels.PanelLayout.RoundUp(layer.PaddedOutputs, 16);
        }
        Assert.All(plan.Steps, step => Assert.Equal(0, step.ActivationOffset % 16));
    }

    [Theory]
    [InlineData("Softmax", "Default", "SoftmaxCrossEntropyHead")]
    [InlineData("Identity", "CrossEntropy", "SoftmaxCrossEntropyHead")]
    [InlineData("Sigmoid", "Default", "SigmoidCrossEntropyHead")]
    [InlineData("Identity", "BinaryCrossEntropy", "SigmoidCrossEntropyHead")]
    [InlineData("Identity", "Default", "ElementwiseHead<global::GenNet.Losses.MeanSquaredError, global::GenNet.Activations.Identity>")]
    [InlineData("Sigmoid", "Huber", "ElementwiseHead<global::GenNet.Losses.Huber, global::GenNet.Activations.Sigmoid>")]
    [InlineData("Softmax", "MeanAbsoluteError", "SoftmaxHead<global::GenNet.Losses.MeanAbsoluteError>")]
    public void The_loss_follows_from_the_output_unless_declared(string output, string loss, string head) =>
        Assert.Equal("global::GenNet.Runtime." + head, Plan(3, true, loss, (4, output)).Head.Type);

    [Theory]
    [InlineData(784, 128, 1)]
    [InlineData(64, 64, 2)]
    [InlineData(64, 32, 4)]
    [InlineData(64, 10, 8)]
    [InlineData(16, 16, 4)]
    [InlineData(8, 16, 2)]
    [InlineData(7, 16, 1)]
    [InlineData(1, 1, 1)]
    public void Narrow_layers_have_more_partial_sums(int inputs, int outputs, int parts) => Assert.Equal(parts, generator::GenNet.Kernels.PartialSums.Count(inputs, outputs));

    [Fact]
    public void The_stack_is_left_as_it_is_where_unsafe_code_is_allowed()
    {
        var compilation = GeneratorHarness.CreateCompilation(["[Network(4, 8, 2)] partial class Net;"]);
        Assert.DoesNotContain("SkipLocalsInit", GeneratorHarness.Run(compilation).Compiles().Sources["Net.g.cs"], StringComparison.Ordinal);
        compilation = compilation.WithOptions(compilation.Options.WithAllowUnsafe(true));
        Assert.Contains("[Compiler::SkipLocalsInit]", GeneratorHarness.Run(compilation).Compiles().Sources["Net.g.cs"], StringComparison.Ordinal);
    }
}
