using GenNet.Agents;
using GenNet.Tests.Reference;

namespace GenNet.Tests.Agents;

/// <summary>Deep Q-learning's update of given samples against PyTorch's in double precision: losses, gradients, and the weights after each of several.</summary>
public class DqnReferenceTests
{
    const double Tolerance = 1e-4;

    public static TheoryData<string> Names => DqnReference.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Learns_what_PyTorch_learns(string name)
    {
        var reference = DqnReference.Load(name);
        var options = new DqnOptions { LearningRate = 2e-3, BatchSize = 150, DoubleQ = reference.Double, MaxGradNorm = reference.MaxGradNorm };
        ReferenceThree network = new(1), target = new(2);
        network.Parameters.CopyFrom(reference.Start);
        target.Parameters.CopyFrom(reference.Target);
        var trainer = network.CreateTrainer(new Adam(options.LearningRate), 128);
        trainer.MaxGradientNorm = options.MaxGradNorm;
        var memory = new ReplayBuffer(reference.Rewards.Length, 5, reference.Masked ? 3 : 0, prioritized: false);
        for (var i = 0; i < reference.Rewards.Length; i++)
            memory.Add(reference.Observations.AsSpan(5 * i, 5), reference.Actions[i], reference.Rewards[i], reference.Following.AsSpan(5 * i, 5),
                reference.Masked ? reference.Masks.AsSpan(3 * i, 3) : [], reference.Discounts[i]);
        var update = new DqnUpdate(network, target, trainer, memory, reference.Masked, options);
        foreach (var step in reference.Trace)
        {
            // A batch that is refused in its second block leaves nothing of its first.
            Assert.Throws<NotFiniteNumberException>(() => update.Learn(step.Rows, [.. step.Weights.SkipLast(1), float.NaN]));
            Assert.Equal(step.Loss, update.Learn(step.Rows, step.Weights), Tolerance * step.Loss);
            var norm = Math.Sqrt(step.Gradients.Sum(gradient => gradient * gradient));
            var scale = Math.Min(1, options.MaxGradNorm / (norm + 1e-6));
            Close.AssertEqual("gradients", step.Gradients.Select(gradient => gradient * scale).ToArray(), AgentTest.Flat(trainer.GradientBlock), Tolerance);
            Close.AssertEqual("weights", step.Parameters, AgentTest.Flat(network.Parameters), Tolerance);
        }
    }
}
