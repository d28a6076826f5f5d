using GenNet.Tests.Generation;

namespace GenNet.Tests.Networks;

/// <summary>What one meets in a debugger or prints says what it is.</summary>
public class DescriptionTests
{
    [Fact]
    public void Networks_trainers_parameters_and_datasets_say_what_they_are()
    {
        var network = new SmallClassifier(1);
        var trainer = network.CreateTrainer(new Sgd(0.5), 32);
        Assert.Equal("SmallClassifier: Dense 5→20 Tanh, Dense 20→3 Softmax, trained for CrossEntropy, 183 parameters", network.ToString());
        Assert.Equal(network.ToString(), SmallClassifier.Architecture.ToString());
        Assert.StartsWith("SmallClassifier's trainer, Sgd { LearningRate = 0.5", trainer.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(" }, batches of up to 32 samples, 0 updates made", trainer.ToString(), StringComparison.Ordinal);
        Assert.Equal("183 parameters of SmallClassifier in 4 tensors: 0.weight [20, 5], 0.bias [20], 2.weight [3, 20], 2.bias [3]", network.Parameters.ToString());
        Assert.Equal("Dataset { Count = 4, InputSize = 2, ClassCount = 3 }", new Dataset(new float[8], 2, new[] { 0, 1, 2, 0 }, 3).ToString());
        Assert.Equal("Dataset { Count = 4, InputSize = 2, TargetSize = 1 }", new Dataset(new float[8], 2, new float[4], 1).ToString());
    }

    /// <summary>A file of weights tells no loss.</summary>
    [Fact]
    public void What_nobody_knows_is_not_spoken_of()
    {
        var read = new ArchitectureBuilder(3).Dense(4, Activation.Tanh).Head("A").Dense(2, Activation.Identity).Build("Net", "");
        Assert.Equal("Net: Dense 3→4 Tanh, A.Dense 4→2 Identity, 26 parameters", read.ToString());
        Assert.Equal("A: outputs 0..2", read.Heads[0].ToString());
        Assert.Contains("    lossA([\"A\"])\n", read.MermaidDiagram, StringComparison.Ordinal);
        Assert.DoesNotContain("loss", new ArchitectureBuilder(3).Dense(4, Activation.Tanh).Build("Net", "").MermaidDiagram, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("partial class Net { public override string ToString() => \"mine\"; }")]
    [InlineData("partial class Net : Base; class Base { public sealed override string ToString() => \"mine\"; }")]
    [InlineData("partial class Net : Base; class Base : Below; class Below { public override string ToString() => \"mine\"; }")]
    public void A_ToString_of_ones_own_stays(string declaration)
    {
        var run = GeneratorHarness.Run($"[Network(2, 1)] {declaration}");
        run.Compiles();
        Assert.DoesNotContain("ToString() => Architecture", string.Concat(run.Sources.Values), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("partial class Net;")]
    [InlineData("partial class Net { public string ToString(int digits) => \"\"; }")]
    public void Another_ToString_does_not_stand_in_its_way(string declaration)
    {
        var run = GeneratorHarness.Run($"[Network(2, 1)] {declaration}");
        run.Compiles();
        Assert.Contains("public override string ToString() => Architecture.ToString();", string.Concat(run.Sources.Values), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_in_a_generic_type_compiles() => GeneratorHarness.Run("partial class Outer<T> { [Network(2, 1)] partial class Net; }").Compiles();
}
