using GenNet.Shared;
using GenNet.Testing;

namespace GenNet.Tests.Layers.Heads;

/// <summary>What the declaration allows of heads at its ends: gradients, single samples, allocations and the names of tensors.</summary>
public sealed class UnusualHeadTests
{
    [Theory]
    [InlineData("""[Network(3)] [Dense(4, Activation.Tanh)] [Head("Only")] [Dense(2)]""", "trunk.0.weight trunk.0.bias Only.0.weight Only.0.bias")]
    [InlineData("""[Network(3)] [Dropout(0)] [Head("A")] [Dense(2, Activation.Tanh)] [Dense(1)] [Head("B")] [BatchNorm] [Dropout(0)]""", "A.0.weight A.0.bias A.2.weight A.2.bias B.0.weight B.0.bias B.0.running_mean B.0.running_var B.0.num_batches_tracked")]
    [InlineData("""[Network(3)] [Dense(4, Activation.Tanh)] [Head("A")] [Dropout(0)] [Head("B", Weight = 3)] [Dense(2)]""", "trunk.0.weight trunk.0.bias B.0.weight B.0.bias")]
    [InlineData("""[Network(3)] [Dense(4)] [Head("A")] [Dropout(0)] [Head("B")] [Dropout(0)] [Head("C", Weight = 0.5)] [Dropout(0)]""", "trunk.0.weight trunk.0.bias")]
    [InlineData("""[Network] [Sequence(3, 2)] [Dense(2)] [Head("A")] [Flatten] [Head("B")] [Flatten] [Dense(3, Activation.Softmax)]""", "trunk.0.weight trunk.0.bias B.1.weight B.1.bias")]
    [InlineData("""[Network] [Sequence(3, 2)] [Dropout(0)] [Head("A")] [Flatten] [Dense(2, Activation.Sigmoid)] [Head("B")] [Dense(2, Activation.Tanh)] [Residual(1)] [Flatten]""", "A.1.weight A.1.bias B.0.weight B.0.bias")]
    [InlineData("""[Network(3)] [Dense(4, Activation.Tanh)] [Dense(4, Activation.Tanh)] [Head("A")] [Residual(1)] [Head("B")] [Dense(4)] [Residual(2)] [Head("C")] [LayerNorm]""",
        "trunk.0.weight trunk.0.bias trunk.2.weight trunk.2.bias B.0.weight B.0.bias C.0.weight C.0.bias")]
    [InlineData("""[Network(3)] [Dense(4, Activation.Tanh)] [Head("A", Weight = 1e-3)] [Dense(1)] [Head("B", Weight = 1e3)] [Dense(33)]""", "trunk.0.weight trunk.0.bias A.0.weight A.0.bias B.0.weight B.0.bias")]
    public void An_unusual_head_passes(string declaration, string tensors)
    {
        var network = InMemoryCompiler.Create(InMemoryCompiler.Load($"using GenNet;\n/// <summary>A test's network.</summary>\n{declaration} public partial class Net;"), "Net", seed: 3);
        NetworkCheck.All(network);
        using var file = new MemoryStream();
        network.Save(file);
        file.Position = 0;
        Assert.Equal(tensors.Split(' ').Order(), SafeTensorsFile.Read(file, "Net").Tensors.Select(tensor => tensor.Name).Order());
    }

    /// <summary>A training step on a single sample, with which an ordinary network takes a shorter way, minds the weight too.</summary>
    [Fact]
    public void A_head_that_is_alone_has_its_name_its_place_and_its_weight()
    {
        var program = InMemoryCompiler.Load("""
            using GenNet;
            /// <summary>A test's network.</summary>
            [Network(3)] [Dense(4, Activation.Tanh)] [Head("Only", Weight = 0.5)] [Dense(2)] public partial class Net { /// <summary>Of the head.</summary>
                public static System.Range Place => Heads.Only; }
            /// <summary>The same without a head.</summary>
            [Network(3)] [Dense(4, Activation.Tanh)] [Dense(2)] public partial class Plain;
            """);
        var (net, plain) = (InMemoryCompiler.Create(program, "Net", seed: 3), InMemoryCompiler.Create(program, "Plain", seed: 3));
        Assert.Equal(..2, program.GetType("Net")!.GetProperty("Place")!.GetValue(null));
        var head = Assert.Single(net.Architecture.Heads);
        Assert.Equal(("Only", 0.5, 1..2, ..2), (head.Name, head.Weight, head.Layers, head.Outputs));
        foreach (var samples in new[] { 1, 5 })
        {
            var (inputs, targets) = (new float[samples * 3], new float[samples * 2]);
            inputs.AsSpan().Fill(0.3f);
            targets.AsSpan().Fill(2);
            var half = net.CreateTrainer(new Sgd(0.2), samples).Step(inputs, targets);
            Assert.Equal(plain.CreateTrainer(new Sgd(0.1), samples).Step(inputs, targets) / 2, half, 1e-6f);
        }
        var (ofNet, ofPlain) = (new float[net.ParameterCount], new float[plain.ParameterCount]);
        net.Parameters.CopyTo(ofNet);
        plain.Parameters.CopyTo(ofPlain);
        Assert.All(ofNet.Zip(ofPlain), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }
}
