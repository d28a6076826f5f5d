using GenNet.Tests.Networks;
using GenNet.Tests.Reference;

namespace GenNet.Tests.Training;

[Network(262_144, 3, 2, Hidden = Activation.Tanh)]
sealed partial class WidestInputs;

[Network(2, 3, 262_144, Hidden = Activation.Tanh)]
sealed partial class WidestOutputs;

/// <summary>As many inputs and outputs as a declaration may have, against the naive network.</summary>
public class WidestLayerTests
{
    public static TheoryData<string> Networks => ["inputs", "outputs"];

    [Theory, MemberData(nameof(Networks))]
    public void Outputs_and_gradients_are_those_of_the_naive_network(string widest)
    {
        const int Rows = 3;
        INetwork network = widest == "inputs" ? new WidestInputs(1) : new WidestOutputs(1);
        float[] inputs = TestNumbers.Create(Rows * network.InputSize, 1), targets = TestNumbers.Create(Rows * network.OutputSize, 2), outputs = new float[targets.Length];
        network.ForwardBatch(inputs, outputs);
        var trainer = network.CreateTrainer(new Sgd(0.1), Rows);
        trainer.Backward(inputs, targets);

        var model = new NaiveModel(network);
        double[][] x = [.. inputs.Select(value => (double)value).Chunk(network.InputSize)], y = [.. targets.Select(value => (double)value).Chunk(network.OutputSize)];
        var (_, gradients, _, _) = model.LossAndGradients(x, y, [1, 1, 1]);
        Close.AssertEqual("outputs", model.Outputs(x).SelectMany(row => row).ToArray(), outputs, 1e-4);
        for (var i = 0; i < gradients.Length; i++)
        {
            var values = new float[trainer.GradientBlock.Tensors[i].Length];
            trainer.GradientBlock.Tensors[i].CopyTo(values);
            Close.AssertEqual(trainer.GradientBlock.Tensors[i].Name, gradients[i], values, 1e-4);
        }
        var alone = new float[network.OutputSize];
        network.Forward(inputs.AsSpan(network.InputSize, network.InputSize), alone);
        Assert.Equal(outputs[network.OutputSize..(2 * network.OutputSize)], alone);
    }
}
