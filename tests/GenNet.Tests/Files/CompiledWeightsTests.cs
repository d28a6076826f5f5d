using GenNet.Runtime;

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
    public void Every_kind_of_tensor_comes_to_its_place()
    {
        var network = new FromNormalized(1);
        network.Load(Torch.Sample("normalized.safetensors"));
        Assert.Equal(network.Hash(), FromNormalized.Pretrained.Hash());
        float[] x = [0.1f, -0.2f, 0.3f, 0.4f, 0.5f], expected = new float[3], actual = new float[3];
        network.Forward(x, expected);
        FromNormalized.Pretrained.Forward(x, actual);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Heads_come_to_their_places()
    {
        var network = new FromHeads(1);
        network.Load(Torch.Sample("heads.safetensors"));
        Assert.Equal(network.Hash(), FromHeads.Pretrained.Hash());
        Assert.NotEqual(network.Hash(), new FromHeads(1).Hash());
    }

    [Fact]
    public void Files_of_one_name_are_told_apart_by_their_paths()
    {
        Assert.Equal((1, 2), (Easy.Pretrained.Layer1.Weights[0, 0], Hard.Pretrained.Layer1.Weights[0, 0]));
        Assert.Equal(0.5f, Easy.Pretrained.Predict(0));
    }

    [Fact]
    public void Other_bytes_than_were_compiled_against_are_refused()
    {
        const string Resource = "GenNet.Weights/Files/torch/classifier.F32.safetensors";
        Assert.Contains("built without " + Resource, Refused(Resource), StringComparison.Ordinal);
        Assert.Contains("built without missing.safetensors", Refused("missing.safetensors"), StringComparison.Ordinal);
    }

    static string Refused(string resource) => Assert.Throws<InvalidDataException>(() => { _ = new CompiledWeights(typeof(FromF32), resource, length: 17); }).Message;
}

[Network(5, 20, 3, Hidden = Activation.Tanh, Output = Activation.Softmax, Weights = "classifier.F32.safetensors")]
sealed partial class FromF32;

[Network(5, 20, 3, Hidden = Activation.Tanh, Output = Activation.Softmax, Weights = "classifier.F16.safetensors")]
sealed partial class FromF16;

[Network(5, Weights = "normalized.safetensors")]
[Dense(40)]
[BatchNorm(Activation.ReLU)]
[Dropout(0.3)]
[Dense(20, Activation.Tanh)]
[LayerNorm]
[Dense(3)]
sealed partial class FromNormalized;

[Network(5, Weights = "heads.safetensors")]
[Dense(20, Activation.Tanh)]
[Head("Policy", Loss = Loss.CrossEntropy)]
[Dense(8, Activation.ReLU)]
[Dense(3, Activation.Softmax)]
[Head("Value", Weight = 0.5)]
[LayerNorm]
[Dense(1)]
sealed partial class FromHeads;

[Network<float, float>(Weights = "easy/brain.safetensors")]
sealed partial class Easy;

[Network<float, float>(Weights = "Files/weights/hard/brain.safetensors", Health = true)]
sealed partial class Hard;
