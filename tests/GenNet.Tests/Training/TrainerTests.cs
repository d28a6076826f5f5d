using GenNet.Tests.Networks;

namespace GenNet.Tests.Training;

public class TrainerTests
{
    static readonly float[] Inputs = TestNumbers.Create(200 * 40, 1), Targets = TestNumbers.Create(200 * 2, 2);

    [Fact]
    public void A_trainer_that_took_over_goes_on_to_the_same_bits()
    {
        var whole = new Regressor(1);
        Train(whole.CreateTrainer(new Adam(0.01), 200), 10);

        var first = new Regressor(1);
        var firstTrainer = first.CreateTrainer(new Adam(0.01), 200);
        Train(firstTrainer, 4);
        var second = new Regressor(2);
        second.Parameters.CopyFrom(first.Parameters);
        var secondTrainer = second.CreateTrainer(new Adam(0.5), 200);
        secondTrainer.CopyStateFrom(firstTrainer);
        Train(secondTrainer, 6);
        Assert.Equal(whole.Hash(), second.Hash());
        Assert.Equal(10, secondTrainer.StepCount);

        // Without the state it does not.
        var third = new Regressor(1);
        Train(third.CreateTrainer(new Adam(0.01), 200), 4);
        Train(third.CreateTrainer(new Adam(0.01), 200), 6);
        Assert.NotEqual(whole.Hash(), third.Hash());
    }

    [Fact]
    public void The_optimizer_may_change_between_steps()
    {
        var network = new Regressor(1);
        var trainer = network.CreateTrainer(new Sgd(0.1), 200);
        trainer.Optimizer = trainer.Optimizer with { LearningRate = 0 };
        var before = network.Hash();
        Train(trainer, 1);
        Assert.Equal(before, network.Hash());
        trainer.Optimizer = trainer.Optimizer with { LearningRate = 0.1 };
        Train(trainer, 1);
        Assert.NotEqual(before, network.Hash());
    }

    [Fact]
    public void Each_setting_of_Sgd_may_change_between_steps()
    {
        var (changing, other) = (new SmallRegressor(1), new SmallRegressor(1));
        var trainer = changing.CreateTrainer(new Sgd(0.1), 1);
        float[] inputs = [1, -2, 3], targets = [0.5f, -1];
        foreach (var optimizer in new Sgd[] { new(0.1), new(0.2), new(0.2, 0.3), new(0.2, 0.3) { DecayBiases = true }, new(0.2, 0.4) { DecayBiases = true }, new(0.2) })
        {
            trainer.Optimizer = optimizer;
            trainer.Step(inputs, targets);
            other.CreateTrainer(optimizer, 1).Step(inputs, targets);
            Assert.Equal(other.Hash(), changing.Hash());
        }
    }

    [Fact]
    public void Gradients_have_the_shape_of_their_layers()
    {
        var trainer = new Regressor(1).CreateTrainer(new Sgd(0.1), 200);
        trainer.Backward(Inputs, Targets);
        Assert.Equal((40, 70), (trainer.Gradients.Layer1.Inputs, trainer.Gradients.Layer1.Outputs));
        Assert.Equal((33, 2), (trainer.Gradients.Layer3.Inputs, trainer.Gradients.Layer3.Outputs));
        Assert.NotEqual(0, trainer.Gradients.Layer3.Weights[1, 32]);
        Assert.Equal(2, trainer.Gradients.Layer3.Biases.Length);
    }

    static void Train(Trainer trainer, int steps)
    {
        for (var step = 0; step < steps; step++)
            trainer.Step(Inputs, Targets);
    }
}
