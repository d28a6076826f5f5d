using GenNet.Tests.Networks;
using GenNet.Tests.Reference;

namespace GenNet.Tests.Optimizers;

/// <summary>Every optimiser, with each of its options, against PyTorch and against the naive one in double precision.</summary>
public class OptimizerTests
{
    const double Tolerance = 1e-5;

    /// <summary>After ten steps.</summary>
    const double LateTolerance = 1e-4;

    static readonly Lazy<GeneratedNetworks> Torch = new(() => new(OptimizerReference.All()));
    static readonly Lazy<GeneratedNetworks> Random = new(() => new(OptimizerReference.All().Select(RandomCase)));

    public static TheoryData<string> Names => OptimizerReference.Names;

    /// <summary>The reference's optimiser on a network of awkward sizes, trained on batches of more than one block of rows.</summary>
    static NetworkCase RandomCase(OptimizerReference reference) => RandomNetworks.Create(
        reference.Name,
        [19, 37, 5],
        [Activation.Tanh, Activation.Identity],
        Loss.MeanSquaredError,
        reference.Optimizer with { Epsilon = Math.Max(1e-3, reference.Optimizer.Epsilon), MaxNorm = 0, Parts = null },
        samples: 140,
        seed: 77,
        kinkMargin: 0);

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_PyTorch(string name)
    {
        var reference = OptimizerReference.Load(name);
        var network = Torch.Value.Create(name);
        var trainer = Torch.Value.CreateTrainer(network, name, reference.Samples);
        var step = 0;
        foreach (var point in reference.Trace)
        {
            var loss = 0.0;
            for (; step < point.Step; step++)
                loss = Step(trainer, reference);
            var tolerance = step < 10 ? Tolerance : LateTolerance;
            Assert.Equal(point.Loss, loss, tolerance * Math.Max(1, point.Loss));
            AssertEqual($"step {step}", new Parameters(point.Weights, point.Biases), network.Parameters, tolerance);
        }
        Assert.Equal(reference.States.Keys.Order(StringComparer.Ordinal), trainer.StateNames.Order(StringComparer.Ordinal));
        foreach (var (stateName, state) in reference.States)
            AssertEqual(stateName, state, trainer.State(stateName), LateTolerance);
    }

    /// <summary>The numbers in the files have ten digits.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_naive_optimizer_is_PyTorchs(string name)
    {
        var reference = OptimizerReference.Load(name);
        if (reference.Optimizer.MaxNorm > 0)
            return; // The trainer's work, not the optimiser's.
        var network = reference.CreateNetwork();
        reference.Train(network, reference.Trace[^1].Step);
        foreach (var (expected, actual) in reference.Trace[^1].Weights.Concat(reference.Trace[^1].Biases).Zip(network.Parameters.Tensors))
            Close.AssertEqual("trained", expected, actual, 1e-8);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_the_naive_optimizer(string name)
    {
        var item = Random.Value.Case(name);
        var naive = item.CreateNetwork();
        var naiveOptimizer = new NaiveOptimizer(item.Optimizer, naive.Parameters);
        var network = Random.Value.Create(name);
        var trainer = Random.Value.CreateTrainer(network, name, item.Samples);
        for (var step = 0; step < 10; step++)
        {
            var (loss, gradients) = naive.LossAndGradients(item.InputRows, item.TargetRows);
            naiveOptimizer.Step(gradients);
            Assert.Equal(loss, Random.Value.Step(trainer, item), LateTolerance * Math.Max(1, loss));
        }
        AssertEqual("after 10 steps", naive.Parameters, network.Parameters, LateTolerance);
        if (item.Optimizer.Average > 0)
            AssertEqual("average", naiveOptimizer.Average, trainer.State(Averaged.StateName), LateTolerance);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Computes_the_same_bits_in_every_way(string name)
    {
        var item = Random.Value.Case(name);
        INetwork first = Random.Value.Create(name), second = Random.Value.Create(name);
        var firstTrainer = Random.Value.CreateTrainer(first, name, item.Samples);
        var secondTrainer = Random.Value.CreateTrainer(second, name, item.Samples);
        for (var step = 0; step < 3; step++)
        {
            Random.Value.Step(firstTrainer, item);
            Random.Value.Backward(secondTrainer, item);
            secondTrainer.Update();
            Assert.Equal(first.Hash(), second.Hash());
            Assert.All(firstTrainer.StateNames, state => Assert.Equal(firstTrainer.State(state).Hash(), secondTrainer.State(state).Hash()));
        }
    }

    static float Step(Trainer trainer, OptimizerReference item)
    {
        if (item.Optimizer.Parts is null)
            return trainer.Step(item.Inputs, item.Labels);
        var (loss, first) = (0f, 0);
        foreach (var part in item.Optimizer.Parts)
        {
            loss += trainer.Accumulate(item.Inputs.AsSpan(first * item.Sizes[0], part * item.Sizes[0]), item.Labels.AsSpan(first, part), item.Samples);
            first += part;
        }
        trainer.Update();
        return loss;
    }

    static void AssertEqual(string what, Parameters expected, ParameterBlock actual, double tolerance)
    {
        for (var layer = 0; layer < expected.Weights.Length; layer++)
        {
            Close.AssertEqual($"{what}: weights {layer}", expected.Weights[layer], GeneratedNetworks.Weights(actual, layer), tolerance);
            Close.AssertEqual($"{what}: biases {layer}", expected.Biases[layer], actual.Dense(layer).Biases, tolerance);
        }
    }
}
