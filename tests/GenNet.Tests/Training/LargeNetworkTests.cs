using GenNet.Tests.Networks;

namespace GenNet.Tests.Training;

/// <summary>Too large for the second-level cache, with an optimiser's states: these are fetched while gradients are computed.</summary>
[Network(700, 515)]
sealed partial class Large;

public class LargeNetworkTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(71)]
    public void A_step_has_the_bits_of_gradients_and_update(int rows)
    {
        float[] inputs = TestNumbers.Create(rows * 700, 1), targets = TestNumbers.Create(rows * 515, 2);
        Large stepped = new(1), updated = new(1);
        Trainer step = stepped.CreateTrainer(new Adam(), rows), update = updated.CreateTrainer(new Adam(), rows);
        for (var i = 0; i < 2; i++)
        {
            step.Step(inputs, targets);
            update.Backward(inputs, targets);
            update.Update();
        }
        Assert.Equal(updated.Hash(), stepped.Hash());
    }
}
