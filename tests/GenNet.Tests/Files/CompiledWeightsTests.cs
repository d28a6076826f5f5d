namespace GenNet.Tests.Files;

public sealed class CompiledWeightsTests
{
    [Fact]
    public void Compiled_weights_are_those_of_the_file()
    {
        var network = new Classifier(1);
        network.Load(Torch.Sample("classifier.F32.safetensors"));
        Assert.Equal(network.Hash(), FromF32.Pretrained.Hash());
        Assert.Equal(network.Hash(), FromF16.Pretrained.Hash());
        Assert.Same(FromF32.Pretrained, FromF32.Pretrained);
        Assert.NotEqual(network.Hash(), new FromF32(1).Hash());
    }

    [Fact]
    public void Other_bytes_than_were_compiled_against_are_refused()
    {
        Assert.Contains("built without classifier.F32.safetensors", Refused("classifier.F32.safetensors", length: 17), StringComparison.Ordinal);
        Assert.Contains("built without missing.safetensors", Refused("missing.safetensors", length: 17), StringComparison.Ordinal);
        Assert.Contains("computes something else than Dense 5→20 Tanh", Refused("classifier.F32.safetensors", new FileInfo(Torch.Sample("classifier.F32.safetensors")).Length, schemaHash: 1), StringComparison.Ordinal);
    }

    static string Refused(string name, long length, ulong? schemaHash = null) =>
        Assert.Throws<InvalidDataException>(() => { _ = new CompiledWeights(typeof(FromF32), name, length, FromF32.Architecture, schemaHash); }).Message;
}

[Network(5, 20, 3, Hidden = Activation.Tanh, Output = Activation.Softmax, Weights = "classifier.F32.safetensors")]
sealed partial class FromF32;

[Network(5, 20, 3, Hidden = Activation.Tanh, Output = Activation.Softmax, Weights = "classifier.F16.safetensors")]
sealed partial class FromF16;
