using GenNet.Agents;
using GenNet.Tests.Reference;

namespace GenNet.Tests.Agents;

/// <summary>PPO's update of given minibatches against PyTorch's in double precision: losses, gradients, and the weights after each of several.</summary>
public class PpoReferenceTests
{
    const double Tolerance = 1e-4;

    public static TheoryData<string> Names => PpoReference.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Learns_what_PyTorch_learns(string name)
    {
        var reference = PpoReference.Load(name);
        var options = new PpoOptions
        {
            LearningRate = 3e-3, BatchSize = 30 * 7, ClipRangeVf = reference.ClipRangeVf, EntCoef = reference.EntCoef, MaxGradNorm = reference.MaxGradNorm,
            NormalizeAdvantage = reference.Normalize, LogStdInit = -0.25,
        };
        var remembers = reference.Window > 1;
        INetwork policy = (remembers, reference.Shared, reference.Actions) switch
        {
            (true, _, 2) => new ReferenceMemoryTwo(1),
            (true, _, 3) => new ReferenceMemoryThree(1),
            (_, true, 2) => new ReferenceSharedTwo(1),
            (_, true, 3) => new ReferenceSharedThree(1),
            (_, _, 1) => new ReferenceOne(1),
            (_, _, 2) => new ReferenceTwo(1),
            (_, _, 3) => new ReferenceThree(1),
            _ => new ReferenceFour(1),
        };
        INetwork[] networks = reference.Shared ? [policy] : [policy, remembers ? new ReferenceMemoryOne(2) : new ReferenceOne(2)];
        Trainer<Adam>[] trainers = [.. networks.Select(network => network.CreateTrainer(new Adam(options.LearningRate, epsilon: 1e-5), PpoUpdate.RowsAtOnce(reference.Window, options.BatchSize) / reference.Window))];
        foreach (var (network, trainer, start) in networks.Zip(trainers, reference.Start))
        {
            network.Parameters.CopyFrom(start);
            trainer.MaxGradientNorm = options.MaxGradNorm;
        }
        PolicyHead head = reference.Discrete ? new CategoricalHead(reference.Actions) : new GaussianHead(reference.Actions, options.LogStdInit, 1e-5);
        var masked = reference.Masks.Length > 0;
        var width = reference.Discrete ? 1 : reference.Actions;
        var samples = new RolloutBuffer(reference.Values.Length, environments: 1, 5, width, masked ? reference.Actions : 0)
        {
            PolicyStates = Aligned(policy, reference.PolicyStates), ValueStates = Aligned(networks[^1], reference.ValueStates),
        };
        reference.Ended.CopyTo(samples.Ended, 0);
        reference.Observations.CopyTo(samples.Observations, 0);
        reference.Taken.CopyTo(samples.Actions, 0);
        reference.Masks.CopyTo(samples.Masks, 0);
        reference.OldLogProbabilities.CopyTo(samples.LogProbabilities, 0);
        reference.Values.CopyTo(samples.Values, 0);
        reference.Advantages.CopyTo(samples.Advantages, 0);
        reference.Returns.CopyTo(samples.Returns, 0);
        var update = new PpoUpdate(new ActorCritic(networks[0], networks[^1], typeof(PpoReferenceTests), 5, reference.Discrete ? ActionSpace.Discrete(reference.Actions) : ActionSpace.Box(new float[reference.Actions], [.. Enumerable.Repeat(1f, reference.Actions)])), head, 5, width, masked, trainers[0], trainers.ElementAtOrDefault(1), options, options.BatchSize);
        foreach (var batch in reference.Trace)
        {
            // A minibatch that is refused in its second block leaves nothing of its first.
            int[] windows = [.. batch.Rows.Where(row => row % reference.Window == 0).Select(row => row / reference.Window)];
            var last = batch.Rows[^1];
            samples.LogProbabilities[last] = float.NaN;
            Assert.Throws<NotFiniteNumberException>(() => update.Learn(samples, windows));
            samples.LogProbabilities[last] = reference.OldLogProbabilities[last];

            update.Begin();
            Assert.True(update.Learn(samples, windows));
            var result = update.Result(0, new RecentReturns(), 0, 1);
            Close.AssertEqual("losses", [batch.PolicyLoss, batch.ValueLoss, batch.Entropy, batch.ApproxKl], [result.PolicyLoss, result.ValueLoss, result.Entropy, result.ApproxKl], Tolerance);
            Assert.Equal(batch.Clipped, result.ClipFraction, 1e-9);
            for (var network = 0; network < networks.Length; network++)
            {
                var norm = Math.Sqrt(batch.Gradients[network].Sum(gradient => gradient * gradient));
                var scale = Math.Min(1, options.MaxGradNorm / (norm + 1e-6));
                Close.AssertEqual("gradients", batch.Gradients[network].Select(gradient => gradient * scale).ToArray(), AgentTest.Flat(trainers[network].GradientBlock), Tolerance);
                Close.AssertEqual("weights", batch.Weights[network], AgentTest.Flat(networks[network].Parameters), Tolerance);
            }
            if (head is GaussianHead gaussian)
                Close.AssertEqual("log std", batch.LogStd, gaussian.LogDeviations.ToArray().Select(value => (double)value).ToArray(), Tolerance);
        }
    }

    /// <summary>States one behind the other, each as a network keeps it.</summary>
    static float[] Aligned(INetwork network, float[][] states)
    {
        if (states.Length == 0)
            return [];
        var kept = new NetworkState(network.Architecture, states.Length);
        return [.. states.SelectMany((state, stream) =>
        {
            state.CopyTo(kept.Values(stream));
            return kept.Values(stream).ToArray();
        })];
    }
}
