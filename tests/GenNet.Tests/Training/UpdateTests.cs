using GenNet.Tests.Networks;

namespace GenNet.Tests.Training;

/// <summary>What a trainer keeps for its next update.</summary>
public class UpdateTests
{
    const int Rows = 12;

    static readonly float[] Inputs = TestNumbers.Create(Rows * 5, 1);
    static readonly int[] Labels = [.. Enumerable.Range(0, Rows).Select(row => row % 3)];

    [Fact]
    public void An_update_needs_gradients_and_uses_them_up()
    {
        var trainer = new SmallClassifier(1).CreateTrainer(new Adam(), Rows);
        NothingKept(trainer);
        trainer.Backward(Inputs, Labels);
        trainer.Update();
        NothingKept(trainer);
        trainer.Backward(Inputs, Labels);
        trainer.Step(Inputs, Labels);
        NothingKept(trainer);
        Assert.Equal(2, trainer.StepCount);
        Accumulate(trainer, 0, 6);
        Accumulate(trainer, 6, 6);
        trainer.Update();
        NothingKept(trainer);
    }

    [Fact]
    public void A_part_that_fails_can_be_repeated()
    {
        SmallClassifier whole = new(1), divided = new(1);
        whole.CreateTrainer(new Adam(), Rows).Step(Inputs, Labels);
        var trainer = divided.CreateTrainer(new Adam(), Rows);
        Accumulate(trainer, 0, 8);
        var spoiled = (float[])Inputs.Clone();
        spoiled[43] = float.NaN;
        Assert.Throws<NotFiniteNumberException>(() => trainer.Accumulate(spoiled.AsSpan(40, 20), Labels.AsSpan(8, 4), Rows));
        Assert.Throws<NotFiniteNumberException>(() => trainer.Step(spoiled, Labels));
        Assert.Throws<ArgumentException>(() => trainer.Accumulate(Inputs.AsSpan(40, 20), Labels.AsSpan(8, 4), 99));
        PartsMissing(trainer);
        Accumulate(trainer, 8, 4);
        trainer.Update();
        Assert.Equal(whole.Hash(), divided.Hash());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parts_do_not_outlive_another_batch(bool step)
    {
        var trainer = new SmallClassifier(1).CreateTrainer(new Sgd(0.1), Rows);
        Accumulate(trainer, 0, 6);
        PartsMissing(trainer);
        if (step)
        {
            trainer.Step(Inputs, Labels);
            NothingKept(trainer);
            return;
        }
        var other = new SmallClassifier(1).CreateTrainer(new Sgd(0.1), Rows);
        trainer.Backward(Inputs, Labels);
        trainer.Update();
        other.Step(Inputs, Labels);
        Assert.Equal(other.Network.Parameters.Hash(), trainer.Network.Parameters.Hash());
    }

    [Fact]
    public void A_copy_goes_on_with_the_parts_so_far()
    {
        SmallClassifier whole = new(1), first = new(1), second = new(2);
        whole.CreateTrainer(new Adam(), Rows).Step(Inputs, Labels);
        var firstTrainer = first.CreateTrainer(new Adam(), Rows);
        Accumulate(firstTrainer, 0, 5);
        var secondTrainer = second.CreateTrainer(new Adam(), 7);
        second.Parameters.CopyFrom(first.Parameters);
        secondTrainer.CopyStateFrom(firstTrainer);
        PartsMissing(secondTrainer);
        Accumulate(secondTrainer, 5, 7);
        secondTrainer.Update();
        Assert.Equal(whole.Hash(), second.Hash());

        // The state of another network is refused as a whole, also where an optimiser keeps nothing.
        var other = new SmallRegressor(1).CreateTrainer(new Sgd(0.1), 4);
        var message = Assert.Throws<ArgumentException>(() => other.CopyStateFrom(new SmallClassifier(1).CreateTrainer(new Sgd(0.5), 4))).Message;
        Assert.StartsWith("These parameters are of 3→8→2, the source's of 5→20→3.", message, StringComparison.Ordinal);
        Assert.Equal(0.1, other.LearningRate);
    }

    [Fact]
    public void Class_weights_count_in_parts_given_as_targets()
    {
        SmallClassifier whole = new(1), divided = new(1);
        var targets = new float[Rows * 3];
        for (var row = 0; row < Rows; row++)
            targets[row * 3 + Labels[row]] = 1;
        Trainer wholeTrainer = whole.CreateTrainer(new Sgd(0.1), Rows), trainer = divided.CreateTrainer(new Sgd(0.1), Rows);
        wholeTrainer.ClassWeights = trainer.ClassWeights = [1, 2, 5];
        wholeTrainer.Step(Inputs, targets);
        trainer.Accumulate(Inputs.AsSpan(0, 25), targets.AsSpan(0, 15), Rows);
        trainer.Accumulate(Inputs.AsSpan(25), targets.AsSpan(15), Rows);
        trainer.Update();
        Assert.Equal(whole.Hash(), divided.Hash());
    }

    [Fact]
    public void The_gradients_norm_is_zero_without_a_limit()
    {
        var trainer = new SmallClassifier(1).CreateTrainer(new Sgd(0.1), Rows);
        trainer.MaxGradientNorm = 0.01;
        trainer.Step(Inputs, Labels);
        Assert.True(trainer.GradientNorm > 0);
        trainer.MaxGradientNorm = double.PositiveInfinity;
        Assert.Equal(0, trainer.GradientNorm);
        trainer.Step(Inputs, Labels);
        trainer.MaxGradientNorm = 1;
        Assert.Equal(0, trainer.GradientNorm);
    }

    /// <summary>Their squares are no single-precision numbers.</summary>
    [Theory]
    [InlineData(1e-27f)]
    [InlineData(1e25f)]
    public void Gradients_of_any_size_have_a_norm(float size)
    {
        var trainer = new SmallRegressor(1).CreateTrainer(new Sgd(0), 4);
        trainer.Backward(TestNumbers.Create(12, 1), TestNumbers.Create(8, 2));
        trainer.GradientBlock.Clear();
        (trainer.GradientBlock.Dense(0).Weights[3, 1], trainer.GradientBlock.Dense(1).Biases[1]) = (3 * size, 4 * size);
        trainer.MaxGradientNorm = size;
        trainer.Update();
        Assert.Equal(5.0 * size, trainer.GradientNorm, 1e-6 * size);
        if (size > 1)
            Assert.Equal(0.8 * size, trainer.GradientBlock.Dense(1).Biases[1], 1e-5 * size);
    }

    static void Accumulate(Trainer trainer, int first, int count) => trainer.Accumulate(Inputs.AsSpan(first * 5, count * 5), Labels.AsSpan(first, count), Rows);

    static void NothingKept(Trainer trainer)
    {
        var (hash, steps) = (trainer.Network.Parameters.Hash(), trainer.StepCount);
        Assert.StartsWith("SmallClassifier.Update: no gradients are kept, because an Update or a Step uses them up. Call Backward first", Assert.Throws<InvalidOperationException>(trainer.Update).Message, StringComparison.Ordinal);
        Assert.Equal((hash, steps), (trainer.Network.Parameters.Hash(), trainer.StepCount));
    }

    static void PartsMissing(Trainer trainer) =>
        Assert.Contains("of the batch's 12 samples have been accumulated", Assert.Throws<InvalidOperationException>(trainer.Update).Message, StringComparison.Ordinal);
}
