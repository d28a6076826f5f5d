using GenNet.Tests.Networks;

namespace GenNet.Tests.Health;

/// <summary>The first head hardly counts, which is nothing wrong.</summary>
[Network(6, Health = true)]
[Dense(12, Activation.ReLU)]
[Head("Weak", Weight = 1e-5)]
[Dense(8, Activation.Tanh)]
[Dense(2)]
[Head("Strong")]
[Dense(8, Activation.ReLU)]
[Dense(1)]
sealed partial class WatchedHeads;

/// <summary>Gradients vanish in the first head's own layers.</summary>
[Network(6, Health = true)]
[Dense(12, Activation.Tanh)]
[Head("Deep")]
[Dense(8, Activation.Sigmoid)]
[Dense(8, Activation.Sigmoid)]
[Dense(8, Activation.Sigmoid)]
[Dense(8, Activation.Sigmoid)]
[Dense(8, Activation.Sigmoid)]
[Dense(2)]
[Head("Flat")]
[Dense(8, Activation.ReLU)]
[Dense(1)]
sealed partial class WatchedDeepHead;

/// <summary>What <see cref="GradientHealth"/> says of networks with heads: no layer of one head is above one of another.</summary>
public class HeadHealthTests
{
    const int Rows = 60;

    [Fact]
    public void A_head_that_hardly_counts_is_not_compared_with_another() => Assert.Empty(Diagnose(new WatchedHeads(1)));

    [Fact]
    public void Gradients_that_vanish_on_the_way_through_a_head_are_found_there()
    {
        var finding = Assert.Single(Diagnose(new WatchedDeepHead(1)), finding => finding.Problem == HealthProblem.VanishingGradients);
        Assert.Equal(2, finding.FirstLayer);
        Assert.InRange(finding.LastLayer, 2, 5);
        Assert.Matches("^Vanishing gradients in layers? 2( to [345])? of head Deep: .* of that of layer [4-7],", finding.Message);
    }

    /// <summary>Nor does a dead layer hide what is wrong with the layers of another head.</summary>
    [Fact]
    public void A_dead_head_hides_nothing_of_the_others()
    {
        var network = new WatchedDeepHead(1);
        for (var unit = 0; unit < 8; unit++)
            network.Layer8.Biases[unit] = -1000;
        var findings = Diagnose(network);
        Assert.Contains(findings, finding => finding is { Problem: HealthProblem.DeadUnits, FirstLayer: 8 });
        Assert.Contains(findings, finding => finding is { Problem: HealthProblem.VanishingGradients, FirstLayer: 2 });
    }

    /// <summary>Where one head is dead, the trunk learns from the other.</summary>
    [Fact]
    public void A_trunk_that_one_head_trains_is_well()
    {
        var network = new WatchedDeepHead(1);
        network.Layer6.Weights[0, 0] = 1e-12f;
        for (var unit = 0; unit < 8; unit++)
            for (var input = 0; input < 8; input++)
                network.Layer6.Weights[unit, input] = 0;
        Assert.DoesNotContain(Diagnose(network), finding => finding is { Problem: HealthProblem.VanishingGradients, FirstLayer: 1 });
    }

    [Theory]
    [InlineData(0, "target 1 of head Weak", 3)]
    [InlineData(1, "target 2 of head Strong", 5)]
    public void Targets_that_were_never_standardised_are_those_of_a_head(int head, string what, int layer)
    {
        var targets = TestNumbers.Create(3 * Rows, 2);
        for (var row = 0; row < Rows; row++)
            targets[3 * row + 1 + head] *= 1e9f;
        var findings = Diagnose(new WatchedHeads(1), targets);
        Assert.Equal((HealthProblem.UnscaledTargets, layer, layer), (findings[0].Problem, findings[0].FirstLayer, findings[0].LastLayer));
        Assert.StartsWith($"Targets are not standardised: {what} is about ", findings[0].Message, StringComparison.Ordinal);
    }

    /// <summary>Between layers of the trunk and of a head, those of another may be well.</summary>
    [Fact]
    public void Layers_that_explode_are_named_by_head()
    {
        var targets = TestNumbers.Create(3 * Rows, 2);
        for (var row = 0; row < Rows; row++)
            targets[3 * row + 2] *= 1e5f;
        var finding = Assert.Single(Diagnose(new WatchedHeads(1), targets), finding => finding.Problem == HealthProblem.ExplodingGradients);
        Assert.Equal((1, 5), (finding.FirstLayer, finding.LastLayer));
        Assert.StartsWith("Exploding gradients in layer 1 and layers 4 to 5 of head Strong: ", finding.Message, StringComparison.Ordinal);
    }

    static IReadOnlyList<HealthFinding> Diagnose(INetwork network, float[]? targets = null)
    {
        var trainer = network.CreateTrainer(new Sgd(1e-12), Rows);
        trainer.Step(TestNumbers.Create(6 * Rows, 1), targets ?? TestNumbers.Create(3 * Rows, 2));
        trainer.Health!.EndEpoch();
        return trainer.Health.Diagnose();
    }
}
