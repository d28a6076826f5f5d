using GenNet.Tests.Reference;

namespace GenNet.Tests.Files;

[Network]
[Sequence(7, 3)]
[GRU(6)]
[GRU(6)]
[LSTM(5)]
[SimpleRNN(4, Nonlinearity = Nonlinearity.ReLU)]
[LastStep]
[Dense(2)]
sealed partial class StackedSteps;

/// <summary>Recurrent layers in safetensors files.</summary>
public sealed class RecurrentFileTests : TestFolder
{
    [Fact]
    public void What_PyTorch_wrote_gives_its_outputs()
    {
        var network = new StackedSteps(1);
        Assert.Equal(["0.weight_ih_l0", "0.weight_hh_l0", "0.bias_ih_l0", "0.bias_hh_l0", "1.weight_ih_l0"], network.Parameters.Tensors.Take(5).Select(tensor => tensor.Name));
        network.Load(Torch.Sample("recurrent.safetensors"), name => name switch
        {
            _ when name.StartsWith("0.", StringComparison.Ordinal) => "gru." + name[2..],
            _ when name.StartsWith("1.", StringComparison.Ordinal) => "gru." + name[2..].Replace("_l0", "_l1", StringComparison.Ordinal),
            _ when name.StartsWith("2.", StringComparison.Ordinal) => "lstm." + name[2..],
            _ when name.StartsWith("3.", StringComparison.Ordinal) => "rnn." + name[2..],
            _ => "head." + name.Split('.')[1],
        });
        var expected = SafeTensorsFile.Open(Torch.Sample("recurrent_expected.safetensors"));
        var outputs = new float[8 * StackedSteps.OutputSize];
        network.ForwardBatch(expected.Find("inputs")!.ToArray(), outputs);
        Close.AssertEqual("outputs", Array.ConvertAll(expected.Find("outputs")!.ToArray(), value => (double)value), outputs, 1e-6);

        // And under its own names.
        network.Save(Path("net"));
        var loaded = new StackedSteps(2);
        loaded.Load(Path("net"));
        Assert.Equal(network.Hash(), loaded.Hash());
    }
}
