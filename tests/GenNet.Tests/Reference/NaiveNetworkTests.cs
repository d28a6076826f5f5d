namespace GenNet.Tests.Reference;

public class NaiveNetworkTests
{
    const double TorchTolerance = 1e-10;

    public static TheoryData<Activation, Loss> Pairs
    {
        get
        {
            var pairs = new TheoryData<Activation, Loss>();
            foreach (var activation in Enum.GetValues<Activation>())
                foreach (var loss in Enum.GetValues<Loss>())
                    if (NaiveLoss.Fits(loss, activation))
                        pairs.Add(activation, loss);
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(TorchReference.Names), MemberType = typeof(TorchReference))]
    public void Outputs_loss_and_gradients_are_those_of_PyTorch(string name)
    {
        var reference = TorchReference.Load(name);
        var network = reference.CreateNetwork();
        Close.AssertEqual("outputs", reference.Outputs, reference.InputRows.SelectMany(network.Forward).ToArray(), TorchTolerance);
        var (loss, gradients) = reference.Labels is null
            ? network.LossAndGradients(reference.InputRows, reference.TargetRows)
            : network.LossAndGradients(reference.InputRows, reference.Labels);
        Close.AssertEqual("loss", [reference.Losses[0]], [loss], TorchTolerance);
        AssertEqual("gradient of ", new(reference.WeightGradients, reference.BiasGradients), gradients, TorchTolerance);
    }

    [Theory]
    [MemberData(nameof(TorchReference.Names), MemberType = typeof(TorchReference))]
    public void Training_is_that_of_PyTorch(string name)
    {
        var reference = TorchReference.Load(name);
        var network = reference.CreateNetwork();
        Close.AssertEqual("losses", reference.Losses, reference.Train(network, reference.Losses.Length), TorchTolerance);
        AssertEqual("trained ", new(reference.FinalWeights, reference.FinalBiases), network.Parameters, TorchTolerance);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Gradients_are_central_differences_of_the_loss(Activation output, Loss loss)
    {
        const double Step = 1e-5;
        var hidden = output == Activation.Softmax ? Activation.Tanh : output;
        var data = RandomNetworks.Create("Odd", [3, 7, 5, 3], [hidden, hidden, output], loss, new(OptimizerKind.Sgd, 0), samples: 5, seed: 1, kinkMargin: 1e-3);
        var network = data.CreateNetwork();
        var (meanLoss, gradients) = network.LossAndGradients(data.InputRows, data.TargetRows);
        Assert.Equal(network.MeanLoss(data.InputRows, data.TargetRows), meanLoss, 1e-12);

        var differences = gradients.Zeros();
        foreach (var (parameter, difference) in network.Parameters.Tensors.Zip(differences.Tensors))
        {
            for (var i = 0; i < parameter.Length; i++)
            {
                var value = parameter[i];
                parameter[i] = value + Step;
                var above = network.MeanLoss(data.InputRows, data.TargetRows);
                parameter[i] = value - Step;
                var below = network.MeanLoss(data.InputRows, data.TargetRows);
                parameter[i] = value;
                difference[i] = (above - below) / (2 * Step);
            }
        }
        AssertEqual("gradient of ", differences, gradients, 1e-7);
    }

    [Fact]
    public void References_cover_every_activation_loss_and_optimizer()
    {
        var references = TorchReference.All();
        Assert.Equal(Enum.GetValues<Activation>(), references.SelectMany(reference => reference.Activations).Distinct().Order());
        Assert.Equal(Enum.GetValues<Loss>(), references.Select(reference => reference.Loss).Distinct().Order());
        Assert.Equal(Enum.GetValues<OptimizerKind>(), references.Concat<NetworkCase>(OptimizerReference.All()).Select(reference => reference.Optimizer.Kind).Distinct().Order());
        Assert.Contains(references, reference => reference.Optimizer is { Momentum: > 0, Nesterov: false });
        Assert.Contains(references, reference => reference.Optimizer is { Momentum: > 0, Nesterov: true, WeightDecay: > 0 });
        Assert.All(references, reference => Assert.True(reference.Losses.Length > 1));
    }

    static void AssertEqual(string prefix, Parameters expected, Parameters actual, double tolerance)
    {
        for (var layer = 0; layer < expected.Weights.Length; layer++)
        {
            Close.AssertEqual($"{prefix}weights {layer + 1}", expected.Weights[layer], actual.Weights[layer], tolerance);
            Close.AssertEqual($"{prefix}biases {layer + 1}", expected.Biases[layer], actual.Biases[layer], tolerance);
        }
    }
}
