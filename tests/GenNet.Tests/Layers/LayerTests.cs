using System.Reflection;
using GenNet.Shared;
using GenNet.Tests.Networks;
using GenNet.Tests.Reference;
using GenNet.Tests.Robustness;

namespace GenNet.Tests.Layers;

/// <summary>Every kind of layer against PyTorch: inference, every gradient, those of the inputs and from outside, and training, with frozen layers too.</summary>
public sealed class LayerTests
{
    const double Tolerance = 1e-5;

    static readonly Lazy<Assembly> Networks = new(() => InMemoryCompiler.Load(
        "using GenNet;\n" + string.Concat(LayerReference.SortedNames().Select(name => $"/// <summary>A test's network.</summary>\n{LayerReference.Load(name).Source}\npublic partial class {name};\n"))));

    [Theory]
    [MemberData(nameof(LayerReference.Names), MemberType = typeof(LayerReference))]
    public void Inference_agrees_with_PyTorch(string name)
    {
        var (reference, network) = Create(name);
        Close.AssertEqual("outputs", reference.Outputs, Outputs(network, reference), Tolerance);
    }

    [Theory]
    [MemberData(nameof(LayerReference.Names), MemberType = typeof(LayerReference))]
    public void One_sample_has_the_bits_of_the_batch(string name)
    {
        var (reference, network) = Create(name);
        var batch = Outputs(network, reference);
        var output = new float[network.OutputSize];
        for (var sample = 0; sample < batch.Length / output.Length; sample++)
        {
            network.Forward(reference.Inputs.AsSpan(sample * network.InputSize, network.InputSize), output);
            Assert.Equal(batch[(sample * output.Length)..((sample + 1) * output.Length)], output);
        }
    }

    [Theory]
    [MemberData(nameof(LayerReference.Names), MemberType = typeof(LayerReference))]
    public void Gradients_agree_with_PyTorch(string name)
    {
        var (reference, network) = Create(name);
        var trainer = CreateTrainer(network, reference, reference.Inputs.Length / network.InputSize, inputGradients: true);
        Close.AssertEqual("loss", reference.Losses.AsSpan(0, 1), new[] { Backward(trainer, reference) }, Tolerance);
        AssertEqual("∂L/∂x", reference.InputGradients, trainer.InputGradients, Tolerance);
        foreach (var tensor in trainer.GradientBlock.Tensors)
            if (tensor.Kind is not (ParameterKind.RunningMean or ParameterKind.RunningVariance))
                AssertEqual($"∂L/∂{tensor.Name}", reference.Gradients.GetValueOrDefault(tensor.Name), tensor, Tolerance);
    }

    [Theory]
    [MemberData(nameof(LayerReference.Names), MemberType = typeof(LayerReference))]
    public void Gradients_from_outside_agree_with_PyTorch(string name)
    {
        var (reference, network) = Create(name);
        var trainer = CreateTrainer(network, reference, reference.Inputs.Length / network.InputSize, inputGradients: true);
        foreach (var (training, outputs, inputs, gradients) in new[]
        {
            (false, reference.OutsideInferenceOutputs, reference.OutsideInferenceInputs, reference.OutsideInferenceGradients),
            (true, reference.OutsideTrainingOutputs, reference.OutsideTrainingInputs, reference.OutsideTrainingGradients),
        })
        {
            Close.AssertEqual("outputs", outputs, trainer.Forward(reference.Inputs, training), Tolerance);
            trainer.Backward(reference.OutputGradients);
            AssertEqual("∂L/∂x", inputs, trainer.InputGradients, Tolerance);
            foreach (var tensor in trainer.GradientBlock.Tensors)
                if (tensor.Kind is not (ParameterKind.RunningMean or ParameterKind.RunningVariance))
                    AssertEqual($"∂L/∂{tensor.Name}", gradients.GetValueOrDefault(tensor.Name), tensor, Tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(LayerReference.Names), MemberType = typeof(LayerReference))]
    public void Nothing_is_written_beside_a_buffer(string name)
    {
        var (reference, network) = Create(name);
        var trainer = CreateTrainer(network, reference, reference.Inputs.Length / network.InputSize, inputGradients: true);
        Step(trainer, reference);
        var guard = new BufferGuard(network, trainer);
        Assert.InRange(guard.Count, 4, 10_000);
        Step(trainer, reference);
        trainer.Forward(reference.Inputs);
        trainer.Backward(reference.OutputGradients);
        Outputs(network, reference);
        Assert.Empty(guard.Overrun);
    }

    [Theory]
    [MemberData(nameof(LayerReference.Names), MemberType = typeof(LayerReference))]
    public void Frozen_layers_agree_with_PyTorch(string name)
    {
        var (reference, network) = Create(name);
        var trainer = CreateTrainer(network, reference, reference.Inputs.Length / network.InputSize);
        var withParameters = network.Parameters.Tensors.Select(tensor => tensor.Layer).Distinct().ToArray();
        for (var i = 0; i < withParameters.Length; i += 2)
            (trainer.Layers[withParameters[i]].IsFrozen, trainer.Layers[withParameters[i]].UsesRunningStatistics) = (true, true);
        Step(trainer, reference);
        Step(trainer, reference);
        foreach (var tensor in network.Parameters.Tensors)
            AssertEqual($"{tensor.Name} after two steps", reference.FrozenAfter2[tensor.Name], tensor, Tolerance);
    }

    [Theory]
    [MemberData(nameof(LayerReference.Names), MemberType = typeof(LayerReference))]
    public void Training_agrees_with_PyTorch(string name)
    {
        var (reference, network) = Create(name);
        var trainer = CreateTrainer(network, reference, reference.Inputs.Length / network.InputSize);
        for (var step = 1; step <= 10; step++)
        {
            Close.AssertEqual($"loss before step {step}", reference.Losses.AsSpan(step - 1, 1), new[] { Step(trainer, reference) }, Tolerance);
            var expected = step switch { 1 => reference.After1, 2 => reference.After2, 10 => reference.After10, _ => null };
            if (expected is not null)
                foreach (var tensor in network.Parameters.Tensors)
                    AssertEqual($"{tensor.Name} after step {step}", expected[tensor.Name], tensor, Tolerance);
        }
        Close.AssertEqual("outputs after training", reference.TrainedOutputs, Outputs(network, reference), Tolerance);
    }

    [Theory]
    [MemberData(nameof(LayerReference.Names), MemberType = typeof(LayerReference))]
    public void Backward_and_Update_have_the_bits_of_Step(string name)
    {
        var (reference, atOnce) = Create(name);
        var (_, inTwo) = Create(name);
        var (first, second) = (CreateTrainer(atOnce, reference, 300), CreateTrainer(inTwo, reference, 300));
        for (var step = 0; step < 3; step++)
        {
            Step(first, reference);
            Backward(second, reference);
            second.Update();
            Assert.Equal(atOnce.Hash(), inTwo.Hash());
        }
    }

    /// <summary>A batch that is refused for a number that is none leaves nothing behind, in no buffer: what comes after it is as if it had never been.</summary>
    [Theory]
    [MemberData(nameof(LayerReference.Names), MemberType = typeof(LayerReference))]
    public void A_refused_batch_leaves_nothing_behind(string name)
    {
        var (reference, network) = Create(name);
        var (_, other) = Create(name);
        var batch = reference.Inputs.Length / network.InputSize;
        Trainer trainer = CreateTrainer(network, reference, batch, inputGradients: true), twin = CreateTrainer(other, reference, batch, inputGradients: true);
        for (var step = 0; step < 3; step++)
        {
            var inputs = (float[])reference.Inputs.Clone();
            inputs[(step * 7919 + 5) % inputs.Length] = step == 1 ? float.PositiveInfinity : float.NaN;
            Assert.NotNull(Record.Exception(() => reference.Labels is null ? trainer.Step(inputs, reference.Targets) : trainer.Step(inputs, reference.Labels)));
            Assert.Equal(Step(twin, reference), Step(trainer, reference));
            Assert.Equal(other.Hash(), network.Hash());
            Assert.Equal(twin.InputGradients.ToArray(), trainer.InputGradients.ToArray());
        }
    }

    /// <summary>A sample, a batch, a step and its halves; a sample after a step too, when normalisations are folded anew.</summary>
    [Theory]
    [MemberData(nameof(LayerReference.Names), MemberType = typeof(LayerReference))]
    public void Nothing_is_allocated(string name)
    {
        var (reference, network) = Create(name);
        var batch = reference.Inputs.Length / network.InputSize;
        var trainer = CreateTrainer(network, reference, batch, inputGradients: true);
        float[] output = new float[network.OutputSize], outputs = new float[batch * network.OutputSize];
        NetworkContractTests.AssertAllocatesNothing(() => network.Forward(reference.Inputs.AsSpan(0, network.InputSize), output));
        NetworkContractTests.AssertAllocatesNothing(() => network.ForwardBatch(reference.Inputs, outputs));
        Backward(trainer, reference);
        NetworkContractTests.AssertAllocatesNothing(() => Backward(trainer, reference));
        NetworkContractTests.AssertAllocatesNothing(() =>
        {
            Step(trainer, reference);
            network.Forward(reference.Inputs.AsSpan(0, network.InputSize), output);
        });
        (trainer.MaxWeightNorm, trainer.MaxGradientNorm) = (1, 1);
        Step(trainer, reference);
        NetworkContractTests.AssertAllocatesNothing(() => Step(trainer, reference));
    }

    /// <summary>A network with the weights that it had there.</summary>
    internal static (LayerReference Reference, INetwork Network) Create(string name)
    {
        var reference = LayerReference.Load(name);
        var network = InMemoryCompiler.Create(Networks.Value, name, seed: 1);
        Assert.Equal(reference.Initial.Keys, network.Parameters.Tensors.Select(tensor => tensor.Name));
        foreach (var tensor in network.Parameters.Tensors)
            tensor.CopyFrom(reference.Initial[tensor.Name]);
        return (reference, network);
    }

    static Trainer CreateTrainer(INetwork network, LayerReference reference, int batchSize, bool inputGradients = false) => reference.Optimizer == "Sgd"
        ? network.CreateTrainer(new Sgd(reference.LearningRate), batchSize, inputGradients)
        : network.CreateTrainer(new Adam(reference.LearningRate, epsilon: 1e-3), batchSize, inputGradients);

    static float Step(Trainer trainer, LayerReference reference) =>
        reference.Labels is null ? trainer.Step(reference.Inputs, reference.Targets) : trainer.Step(reference.Inputs, reference.Labels);

    static float Backward(Trainer trainer, LayerReference reference) =>
        reference.Labels is null ? trainer.Backward(reference.Inputs, reference.Targets) : trainer.Backward(reference.Inputs, reference.Labels);

    static float[] Outputs(INetwork network, LayerReference reference)
    {
        var outputs = new float[reference.Inputs.Length / network.InputSize * network.OutputSize];
        network.ForwardBatch(reference.Inputs, outputs);
        return outputs;
    }

    /// <summary>Where PyTorch has only rounding errors (a bias before a batch normalisation) or nothing (below a dropout of everything), so must we.</summary>
    static void AssertEqual(string name, double[]? expected, ParameterTensor tensor, double tolerance)
    {
        var actual = new float[tensor.Length];
        tensor.CopyTo(actual);
        AssertEqual(name, expected, actual, tolerance);
    }

    static void AssertEqual(string name, double[]? expected, ReadOnlySpan<float> actual, double tolerance)
    {
        if (expected is null || expected.All(value => Math.Abs(value) < 1e-9))
            Assert.All(actual.ToArray(), value => Assert.InRange(value, -1e-5f, 1e-5f));
        else
            Close.AssertEqual(name, expected, actual, tolerance);
    }
}
