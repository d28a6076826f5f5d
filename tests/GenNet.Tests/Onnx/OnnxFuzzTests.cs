using GenNet.Onnx;
using GenNet.Tests.Files;

namespace GenNet.Tests.Onnx;

public sealed class OnnxFuzzTests
{
    const string Name = "damaged.onnx";

    [Fact]
    public void Damaged_models_are_refused() => Refused(new EveryLayer(1), new EveryLayer(2));

    [Fact]
    public void Damaged_models_of_several_outputs_are_refused() => Refused(new FuzzedHeads(1), new FuzzedHeads(2));

    [Fact]
    public void Damaged_models_of_images_are_refused() => Refused(new FuzzedImages(1), new FuzzedImages(2));

    [Fact]
    public void Damaged_models_of_recurrent_layers_are_refused()
    {
        Refused(new FuzzedSteps(1), new FuzzedSteps(2));
        Refused(new FuzzedRecurrent(1), new FuzzedRecurrent(2));
    }

    [Fact]
    public void Damaged_models_of_embeddings_are_refused() => Refused(new FuzzedTokens(1), new FuzzedTokens(2));

    /// <summary>What a layer has as a constant, a model may compute: that is no such layer.</summary>
    [Fact]
    public void A_constant_that_is_computed_is_refused()
    {
        var tried = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var sample in OnnxNetworks.All)
        {
            var good = Model.Of(sample.Network);
            var constants = good.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
            for (var n = 0; n < good.Graph.Node.Count; n++)
                for (var i = 1; i < good.Graph.Node[n].Input.Count; i++)
                {
                    // A sum and a product of two values that are computed may be layers and activations.
                    if (!constants.Contains(good.Graph.Node[n].Input[i]) || good.Graph.Node[n].OpType is "Add" or "Mul")
                        continue;
                    var model = good.Clone();
                    model.Graph.Node[n].Input[i] = model.Graph.Node[n].Input[0];
                    tried.Add($"{model.Graph.Node[n].OpType} {i}");
                    var error = Record.Exception(() => OnnxFile.Read(new MemoryStream(model.Bytes()), Name));
                    Assert.True(error is InvalidDataException, $"{sample.Name}: {model.Graph.Node[n]}: {error?.ToString() ?? "read"}");
                }
        }
        string[] expected = ["BatchNormalization 4", "Clip 1", "Conv 1", "Conv 2", "ConvTranspose 2", "Gather 1", "Gemm 1", "Gemm 2", "GRU 1", "GRU 2", "GRU 3", "LSTM 1", "LSTM 2", "LSTM 3", "RNN 1", "RNN 2", "RNN 3", "LayerNormalization 1", "LayerNormalization 2", "Pad 1", "Pad 2", "Resize 2", "Unsqueeze 1"];
        Assert.Empty(expected.Except(tried));
    }

    static void Refused(INetwork saved, INetwork network)
    {
        var good = Model.Of(saved).Bytes();
        Fuzzing.Run(good, new ModelMutator(good, seed: 20240301).Next, Name, file => OnnxFile.Load(network, file, Name), network.Hash);
    }
}

/// <summary>Every recurrent layer, with convolutions between.</summary>
[Network]
[Sequence(6, 3)]
[Conv1D(4, 2, Activation.Tanh, Causal = true)]
[GRU(3)]
[Conv1D(2, 2)]
[LSTM(2)]
[SimpleRNN(3, Nonlinearity = Nonlinearity.ReLU)]
[LastStep]
[Dense(2, Activation.Softmax)]
sealed partial class FuzzedSteps;

/// <summary>The same without convolutions, whose model has steps before features.</summary>
[Network]
[Sequence(6, 3)]
[LSTM(3)]
[GRU(3)]
[Residual(1)]
[LayerNorm]
[SimpleRNN(2)]
[Flatten]
sealed partial class FuzzedRecurrent;

/// <summary>Two embeddings, beside another feature.</summary>
[Network]
[Sequence(3, 3)]
[Embedding(5, 2, Feature = 1)]
[Embedding(4, 3, Feature = 3)]
[GRU(2, ResetAfter = false)]
[LastStep]
[Dense(2)]
sealed partial class FuzzedTokens;
