extern alias generator;

using System.Runtime.InteropServices;
using GenNet.Kernels;
using GenNet.Tests.Reference;
using Microsoft.CodeAnalysis;

namespace GenNet.Tests.Networks;

/// <summary>Generated networks against the naive double-precision network and against PyTorch, and against themselves bit by bit.</summary>
public class GeneratedNetworkTests
{
    const double Tolerance = 1e-5;
    const int Steps = 5;

    /// <summary>Batches around and beyond the rows that are computed at a time.</summary>
    static readonly int[] BlockBatches = [127, 128, 129, 255, 257, 300];

    static readonly Lazy<GeneratedNetworks> Torch = new(() => new(TorchReference.All()));
    static readonly Lazy<GeneratedNetworks> Random = new(() => new(Enumerable.Range(1, RandomCount).Select(seed => RandomNetworks.Create((ulong)seed))));
    static readonly Lazy<GeneratedNetworks> Smalls = new(() => new(Enumerable.Range(1, 33).Select(Small)));
    static readonly Lazy<GeneratedNetworks> Tails = new(() => new(Enumerable.Range(1, 33).Select(Tail)));
    static readonly Lazy<GeneratedNetworks> Blocks = new(() => new(BlockBatches.Select(Block)));
    static readonly Lazy<GeneratedNetworks> Debug = new(() => new(Enumerable.Range(1, 5).Select(seed => RandomNetworks.Create((ulong)seed)), OptimizationLevel.Debug));

    const int RandomCount = 60;

    public static TheoryData<string> TorchNames => TorchReference.Names;

    public static TheoryData<string> RandomNames => new(Enumerable.Range(1, RandomCount).Select(seed => $"Random{seed}"));

    public static TheoryData<string> TailNames => new(Enumerable.Range(1, 33).Select(size => $"Tail{size}"));

    public static TheoryData<string> SmallNames => new(Enumerable.Range(1, 33).Select(size => $"Small{size}"));

    public static TheoryData<string> BlockNames => new(BlockBatches.Select(samples => $"Block{samples}"));

    static NetworkCase Block(int samples) => RandomNetworks.Create(
        $"Block{samples}",
        [21, 40, 5],
        [Activation.SiLU, Activation.Softmax],
        Loss.Default,
        new OptimizerSettings(OptimizerKind.Sgd, 0.05, Momentum: 0.9),
        samples,
        (ulong)samples,
        kinkMargin: 0);

    /// <summary>A size as inputs, outputs and batch, with another beside it.</summary>
    static NetworkCase Tail(int size) => RandomNetworks.Create(
        $"Tail{size}",
        [size, 34 - size, size],
        [Activation.Tanh, Activation.Identity],
        Loss.MeanSquaredError,
        new OptimizerSettings(OptimizerKind.Adam, 0.001),
        size,
        (ulong)size,
        kinkMargin: 0);

    /// <summary>Few outputs, whose padding would learn if δ were not zero there, and an optimiser that a step on one sample inlines.</summary>
    static NetworkCase Small(int size) => RandomNetworks.Create(
        $"Small{size}",
        [1 + size % 7, size, 1 + size % 4],
        [Activation.Tanh, Activation.Sigmoid],
        Loss.MeanSquaredError,
        new OptimizerSettings(OptimizerKind.Sgd, 0.1),
        2,
        (ulong)size,
        kinkMargin: 0);

    [Theory]
    [MemberData(nameof(TorchNames))]
    public void Agrees_with_PyTorch(string name)
    {
        var reference = TorchReference.Load(name);
        var network = Torch.Value.Create(name);
        Close.AssertEqual("outputs", reference.Outputs, Outputs(network, reference), Tolerance);

        var trainer = Torch.Value.CreateTrainer(network, name, reference.Samples);
        Assert.Equal(reference.Losses[0], Torch.Value.Backward(trainer, reference), Tolerance * Math.Max(1, reference.Losses[0]));
        AssertGradients(trainer, reference.WeightGradients, reference.BiasGradients);

        for (var step = 0; step < reference.Losses.Length; step++)
            Assert.Equal(reference.Losses[step], Torch.Value.Step(trainer, reference), Tolerance * Math.Max(1, reference.Losses[step]));
        for (var layer = 0; layer < reference.FinalWeights.Length; layer++)
        {
            Close.AssertEqual($"weights {layer} at the end", reference.FinalWeights[layer], GeneratedNetworks.Weights(network.Parameters, layer), Tolerance);
            Close.AssertEqual($"biases {layer} at the end", reference.FinalBiases[layer], network.Parameters.Dense(layer).Biases, Tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(RandomNames))]
    public void A_random_network_agrees_with_the_naive_one(string name) => AgreesWithNaive(Random.Value, name);

    [Theory]
    [MemberData(nameof(TailNames))]
    public void Every_tail_agrees_with_the_naive_network(string name) => AgreesWithNaive(Tails.Value, name);

    [Theory]
    [MemberData(nameof(BlockNames))]
    public void A_batch_of_several_blocks_agrees_with_the_naive_network(string name) => AgreesWithNaive(Blocks.Value, name);

    [Theory]
    [MemberData(nameof(BlockNames))]
    public void A_batch_of_several_blocks_computes_the_same_bits_in_every_way(string name) => ComputesTheSameBits(Blocks.Value, name);

    [Theory]
    [MemberData(nameof(RandomNames))]
    public void A_random_network_computes_the_same_bits_in_every_way(string name) => ComputesTheSameBits(Random.Value, name);

    [Theory]
    [MemberData(nameof(SmallNames))]
    public void Every_small_network_computes_the_same_bits_in_every_way(string name) => ComputesTheSameBits(Smalls.Value, name);

    [Theory]
    [MemberData(nameof(TailNames))]
    public void Every_tail_computes_the_same_bits_in_every_way(string name) => ComputesTheSameBits(Tails.Value, name);

    [Theory]
    [InlineData("Random1")]
    [InlineData("Random2")]
    [InlineData("Random3")]
    [InlineData("Random4")]
    [InlineData("Random5")]
    public void A_debug_build_computes_the_same_bits(string name)
    {
        var item = Random.Value.Case(name);
        AssertSameBits(Outputs(Random.Value.Create(name), item), Outputs(Debug.Value.Create(name), item));
    }

    static void AgreesWithNaive(GeneratedNetworks networks, string name)
    {
        var item = networks.Case(name);
        var naive = item.CreateNetwork();
        var network = networks.Create(name);
        Close.AssertEqual("outputs", item.InputRows.SelectMany(row => naive.Forward(row).ToArray()).ToArray(), Outputs(network, item), Tolerance);

        var trainer = networks.CreateTrainer(network, name, item.Samples);
        var (loss, gradients) = naive.LossAndGradients(item.InputRows, item.TargetRows);
        Assert.Equal(loss, networks.Backward(trainer, item), Tolerance * Math.Max(1, loss));
        AssertGradients(trainer, gradients.Weights, gradients.Biases);

        foreach (var expected in item.Train(naive, Steps))
            Assert.Equal(expected, networks.Step(trainer, item), 2 * Tolerance * Math.Max(1, expected));
    }

    static void ComputesTheSameBits(GeneratedNetworks networks, string name)
    {
        var item = networks.Case(name);
        var network = networks.Create(name);
        var (inputs, outputs) = (network.InputSize, network.OutputSize);

        // One sample at a time, a batch, and a part of the batch.
        var batch = new float[item.Samples * outputs];
        network.ForwardBatch(item.Inputs, batch);
        AssertSameBits(batch, Outputs(network, item));
        var part = new float[(item.Samples + 1) / 2 * outputs];
        network.ForwardBatch(item.Inputs.AsSpan(0, part.Length / outputs * inputs), part);
        AssertSameBits(batch.AsSpan(0, part.Length).ToArray(), part);

        // Step, and Backward with Update; a trainer for more samples than it gets.
        var other = networks.Create(name);
        var trainer = networks.CreateTrainer(network, name, item.Samples);
        var otherTrainer = networks.CreateTrainer(other, name, 500);
        for (var step = 0; step < Steps; step++)
        {
            var loss = networks.Step(trainer, item);
            Assert.Equal(loss, networks.Backward(otherTrainer, item));
            otherTrainer.Update();
            Assert.Equal(network.Hash(), other.Hash());
        }
        Assert.NotEqual(networks.Create(name).Hash(), network.Hash());
        TrainsOneSampleToTheSameBits(item, network, trainer, other, otherTrainer);
    }

    /// <summary>A step on one sample is a computation of its own in a network of dense layers.</summary>
    static void TrainsOneSampleToTheSameBits(NetworkCase item, INetwork network, Trainer trainer, INetwork other, Trainer otherTrainer)
    {
        for (var sample = 0; sample < Math.Min(Steps, item.Samples); sample++)
        {
            var inputs = item.Inputs.AsSpan(sample * network.InputSize, network.InputSize);
            if (item.Labels is null)
            {
                var targets = item.Targets.AsSpan(sample * network.OutputSize, network.OutputSize);
                Assert.Equal(trainer.Step(inputs, targets), otherTrainer.Backward(inputs, targets));
            }
            else
                Assert.Equal(trainer.Step(inputs, item.Labels.AsSpan(sample, 1)), otherTrainer.Backward(inputs, item.Labels.AsSpan(sample, 1)));
            otherTrainer.Update();
            Assert.Equal(network.Hash(), other.Hash());
            Assert.Equal((trainer.StepCount, trainer.BatchCount), (otherTrainer.StepCount, otherTrainer.BatchCount));
            foreach (var state in trainer.StateNames)
                Assert.Equal(trainer.State(state).Hash(), otherTrainer.State(state).Hash());
        }
        AssertPaddingIsZero(network.Parameters, item.Sizes);
    }

    static void AssertPaddingIsZero(ParameterBlock parameters, int[] sizes)
    {
        var block = MemoryMarshal.CreateReadOnlySpan(in parameters.Reference, sizes.Zip(sizes.Skip(1), generator::GenNet.Kernels.PanelLayout.LayerLength).Sum());
        var inTensors = parameters.Tensors.Sum(tensor =>
        {
            var values = new float[tensor.Length];
            tensor.CopyTo(values);
            return values.Count(value => value != 0);
        });
        Assert.Equal(inTensors, block.Length - block.Count(0f));
    }

    static float[] Outputs(INetwork network, NetworkCase item)
    {
        var outputs = new float[item.Samples * network.OutputSize];
        for (var sample = 0; sample < item.Samples; sample++)
            network.Forward(
                item.Inputs.AsSpan(sample * network.InputSize, network.InputSize),
                outputs.AsSpan(sample * network.OutputSize, network.OutputSize));
        return outputs;
    }

    static void AssertGradients(Trainer trainer, double[][] weights, double[][] biases)
    {
        for (var layer = 0; layer < weights.Length; layer++)
        {
            Close.AssertEqual($"∂L/∂W of layer {layer}", weights[layer], GeneratedNetworks.Weights(trainer.GradientBlock, layer), Tolerance);
            Close.AssertEqual($"∂L/∂b of layer {layer}", biases[layer], trainer.GradientBlock.Dense(layer).Biases, Tolerance);
        }
    }

    static void AssertSameBits(float[] expected, float[] actual) =>
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), actual.Select(BitConverter.SingleToInt32Bits));
}
