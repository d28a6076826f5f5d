using GenNet.Tests.Reference;

namespace GenNet.Tests.Files;

/// <summary>Files of networks of several heads.</summary>
public sealed class HeadFileTests : TestFolder
{
    static readonly string[] Names =
    [
        "trunk.0.weight", "trunk.0.bias", "Policy.0.weight", "Policy.0.bias", "Policy.2.weight", "Policy.2.bias",
        "Value.0.weight", "Value.0.bias", "Value.1.weight", "Value.1.bias",
    ];

    [Fact]
    public void Weights_come_back_to_the_bit_under_names_of_branches()
    {
        var (saved, loaded) = (new ActorCritic(1), new ActorCritic(2));
        saved.Save(Path("net"));
        loaded.Load(Path("net"));
        Assert.Equal(saved.Hash(), loaded.Hash());
        var file = SafeTensorsFile.Open(Path("net"));
        Assert.Equal(Names, file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal("Dense 5→20 Tanh, Policy.Dense 20→8 ReLU, Policy.Dense 8→3 Softmax, Value.LayerNorm 20→20 Identity ε=1E-05, Value.Dense 20→1 Identity", file.Metadata["gennet.schema"]);
    }

    [Fact]
    public void What_PyTorch_wrote_gives_its_outputs()
    {
        var network = new ActorCritic(1);
        network.Load(Torch.Sample("heads.safetensors"));
        var expected = SafeTensorsFile.Open(Torch.Sample("heads_expected.safetensors"));
        var (inputs, outputs) = (expected.Find("inputs")!.ToArray(), new float[8 * 4]);
        network.ForwardBatch(inputs, outputs);
        Close.AssertEqual("heads", Array.ConvertAll(expected.Find("outputs")!.ToArray(), value => (double)value), outputs, 1e-6);
    }

    [Fact]
    public void Heads_of_another_order_are_another_network_but_the_same_tensors()
    {
        var (saved, network) = (new ActorCritic(1), new CriticActor(2));
        saved.Save(Path("net"));
        var hash = network.Hash();
        Assert.Contains("it was written by a network of Dense 5→20 Tanh, Policy.Dense 20→8 ReLU", Assert.Throws<InvalidDataException>(() => network.Load(Path("net"))).Message, StringComparison.Ordinal);
        Assert.Equal(hash, network.Hash());
        network.Load(Path("net"), checkSchema: false);
        var (first, second) = (new float[4], new float[4]);
        saved.Forward([1, -2, 3, 0.5f, -1], first);
        network.Forward([1, -2, 3, 0.5f, -1], second);
        Assert.Equal(first[ActorCritic.Heads.Policy], second[CriticActor.Heads.Policy]);
        Assert.Equal(first[ActorCritic.Heads.Value], second[CriticActor.Heads.Value]);
    }

    [Fact]
    public void Heads_and_trunks_are_taken_by_name()
    {
        var source = new ActorCritic(1);
        source.Save(Path("net"));
        var network = new OtherActor(2);
        Assert.Equal(
            "copied trunk.0.weight, trunk.0.bias, Policy.0.weight, Policy.0.bias; missing Next.0.weight, Next.0.bias; "
            + "of another shape Policy.2.weight [4, 8] from [3, 8], Policy.2.bias [4] from [3]; unexpected Value.0.weight, Value.0.bias, Value.1.weight, Value.1.bias",
            network.LoadMatching(Path("net")).ToString());
        Assert.Equal(source.Layer1.Weights[19, 4], network.Layer1.Weights[19, 4]);
        Assert.Equal(source.Layer2.Weights[7, 19], network.Layer2.Weights[7, 19]);
        Assert.Equal(new OtherActor(2).Layer3.Weights[3, 7], network.Layer3.Weights[3, 7]);

        // The trunk of a network without heads.
        var classifier = new Classifier(3);
        classifier.Save(Path("classifier"));
        Assert.Throws<InvalidDataException>(() => network.LoadMatching(Path("classifier")));
        Assert.Equal(
            ["trunk.0.weight", "trunk.0.bias"],
            network.LoadMatching(Path("classifier"), name => name.StartsWith("trunk.", StringComparison.Ordinal) ? name["trunk.".Length..] : null).Copied);
        Assert.Equal(classifier.Layer1.Weights[19, 4], network.Layer1.Weights[19, 4]);
    }

    [Fact]
    public void A_tensor_of_a_head_that_does_not_fit_is_named()
    {
        var network = new ActorCritic(1);
        new OtherActor(1).Save(Path("net"));
        Refused("tensor Policy.2.weight [4, 8] should be Policy.2.weight [3, 8] for layer 3 of ActorCritic.");
        new Classifier(1).Save(Path("net"));
        Refused("there is no tensor trunk.0.weight [20, 5], which ActorCritic needs. It has 0.weight, 0.bias, 2.weight, 2.bias.");

        void Refused(string message)
        {
            var hash = network.Hash();
            Assert.Contains(message, Assert.Throws<InvalidDataException>(() => network.Load(Path("net"), checkSchema: false)).Message, StringComparison.Ordinal);
            Assert.Equal(hash, network.Hash());
        }
    }
}
