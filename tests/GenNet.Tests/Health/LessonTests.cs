using Lessons;

namespace GenNet.Tests.Health;

/// <summary>The four demonstrations of samples/Lessons. Seeds: data 1 and 2, order and weights 1.</summary>
public class LessonTests
{
    [Fact]
    public void Ten_sigmoid_layers_let_gradients_vanish_and_rectifiers_cure_it()
    {
        var (sigmoid, relu) = VanishingGradients.Lesson.Run() is [var first, var second] ? (first, second) : throw new InvalidOperationException();

        var finding = Assert.Single(sigmoid.Findings);
        Assert.Equal((HealthProblem.VanishingGradients, 1), (finding.Problem, finding.FirstLayer));
        Assert.StartsWith("Vanishing gradients in layers 1 to 6: measured against the weights, the gradient of layer 1 is 2.9e-7 of that of layer 11", finding.Message, StringComparison.Ordinal);
        Assert.EndsWith("Use ReLU with He initialisation.", finding.Message, StringComparison.Ordinal);
        Assert.InRange(sigmoid.Accuracy, 0.4, 0.6);
        Assert.All(sigmoid.Health, layers => Assert.True(layers[0].RelativeGradient < 1e-5 * layers[^1].RelativeGradient));

        // From each layer to the one below, less is left.
        Assert.All(Enumerable.Range(1, 10), i => Assert.True(sigmoid.Health[0][i - 1].RelativeGradient < sigmoid.Health[0][i].RelativeGradient));

        Assert.DoesNotContain(relu.Findings, item => item.Problem == HealthProblem.VanishingGradients);
        Assert.True(relu.Accuracy > 0.9, $"accuracy {relu.Accuracy}");
        Assert.All(relu.Health, layers => Assert.True(layers[0].RelativeGradient > 1e-2 * layers[^1].RelativeGradient));
    }

    [Fact]
    public void Weights_that_are_too_large_let_gradients_explode_and_normalisation_or_clipping_cures_it()
    {
        var results = ExplodingGradients.Lesson.Run();

        var finding = Assert.Single(results[0].Findings);
        Assert.Equal(HealthProblem.ExplodingGradients, finding.Problem);
        Assert.StartsWith("Exploding gradients in layer 6: the gradient of layer 6 is 1.3e+1 times as large as its weights.", finding.Message, StringComparison.Ordinal);
        Assert.EndsWith("Use batch normalisation, clip the gradients, or lower the learning rate.", finding.Message, StringComparison.Ordinal);
        Assert.Contains("the loss became NaN in step 7. It begins in layer 4:", results[0].Divergence!, StringComparison.Ordinal);

        foreach (var cure in results.Skip(1))
        {
            Assert.Null(cure.Divergence);
            Assert.True(cure.Accuracy > 0.9, $"{cure.Name}: accuracy {cure.Accuracy}");
        }
        Assert.Empty(results[1].Findings);
    }

    [Fact]
    public void A_rate_that_is_too_high_lets_units_die_and_a_lower_one_or_leaky_rectifiers_cure_it()
    {
        var results = DyingUnits.Lesson.Run();
        double Dead(int attempt) => results[attempt].Health[^1].Where(layer => !double.IsNaN(layer.DeadShare)).Select(layer => layer.DeadShare).DefaultIfEmpty(0).Max();

        Assert.Contains(results[0].Findings, item => item.Problem == HealthProblem.DeadUnits && item.Message.EndsWith("Lower the learning rate, or use leaky ReLU.", StringComparison.Ordinal));
        Assert.True(Dead(0) > 0.8, $"dead {Dead(0)}");
        Assert.InRange(results[0].Accuracy, 0.4, 0.7);

        Assert.DoesNotContain(results[1].Findings, item => item.Problem == HealthProblem.DeadUnits);
        Assert.True(Dead(1) < 0.2, $"dead {Dead(1)}");
        Assert.Empty(results[2].Findings);
        Assert.All(results.Skip(1), cure => Assert.True(cure.Accuracy > 0.9, $"{cure.Name}: accuracy {cure.Accuracy}"));
    }

    [Fact]
    public void Sixty_steps_let_gradients_vanish_through_time_and_a_mean_over_them_or_open_gates_cure_it()
    {
        var results = VanishingThroughTime.Lesson.Run();

        var finding = Assert.Single(results[0].Findings);
        Assert.Equal((HealthProblem.VanishingThroughTime, 1), (finding.Problem, finding.FirstLayer));
        Assert.StartsWith(
            "Vanishing through time in layer 1: of a gradient of the state behind step 60, 4.6e-6 comes to step 1, and less than a thousandth farther than 32 steps, so it hardly learns from what was before.",
            finding.Message, StringComparison.Ordinal);
        Assert.InRange(results[0].Accuracy, 0.4, 0.6);

        foreach (var cure in results.Skip(1))
        {
            Assert.True(cure.Accuracy > 0.95, $"{cure.Name}: accuracy {cure.Accuracy}");
            Assert.DoesNotContain(cure.Findings, item => item.Problem == HealthProblem.VanishingThroughTime);
        }
        Assert.True(results[2].Health[0][0].Reach[0] > 0.1);
        Assert.Equal([60, 50, 40, 30, 20, 10, 1], results[2].Health[0][0].SomeSteps.Select(step => step.Step));
    }
}
