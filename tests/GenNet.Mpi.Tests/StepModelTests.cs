using GenNet.Ranks;

namespace GenNet.Mpi.Tests;

/// <summary>What <c>scale</c> expects of ranks that nobody has here.</summary>
public class StepModelTests
{
    [Fact]
    public void Steps_on_a_line_give_it_back()
    {
        var (part, update) = StepModel.Fit([(1, 1.5), (2, 2.75), (4, 5.25), (8, 10.25)]);
        Assert.Equal((1.25, 0.25), (Math.Round(part, 9), Math.Round(update, 9)));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0.1 + 3 * (0.001 + 0.03) + 0.8 + 0.8)]
    [InlineData(4, 0.15 + 3 * (0.003 + 0.03) + 1.2 + 1.2)]
    public void A_gradient_goes_to_the_others_and_its_sum_back(int ranks, double milliseconds)
    {
        // A million bytes take 0.8 ms: half of the gradients go each way between two ranks.
        var model = new StepModel(Part: 5, Update: 1, Parameters: 500_000, Addition: 0.2, Message: 0.001);
        var link = Link.OfGigabits(10, latency: 0.03);
        Assert.Equal(milliseconds, model.Exchange(ranks, link), 9);
        Assert.Equal(3 * 5 + 1 + milliseconds, model.Step(ranks, parts: 3, link), 9);
    }
}
