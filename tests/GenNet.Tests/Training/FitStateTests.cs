using GenNet.Tests.Networks;

namespace GenNet.Tests.Training;

/// <summary>A fit that goes on in the middle of an epoch goes on with the same batches, or not at all.</summary>
public class FitStateTests
{
    static readonly Dataset Data = FitSamples.Create(50, 1);
    static readonly FitOptions Options = new() { Epochs = 4, BatchSize = 8, Seed = 5 };

    [Fact]
    public void In_mid_epoch_other_batches_are_refused()
    {
        var (trainer, state) = Interrupted(10);
        Refused("of batches of 8 samples, this fit has batches of 4", Data, Options with { BatchSize = 4 });
        Refused("of DropLast = False, this fit has True", Data, Options with { DropLast = true });
        Refused("of 50 training samples, this fit has 49", Data.Subset([.. Enumerable.Range(0, 49)]), Options);
        Refused("of 50 training samples, this fit has 40", Data, Options with { ValidationSplit = 0.2 });
        Refused("of other training data", FitSamples.Create(50, 2), Options);
        var labels = Data.Labels.ToArray();
        labels[^1] = (labels[^1] + 1) % 3;
        Refused("of other training data", new Dataset(Data.Inputs.ToArray(), 5, labels, 3), Options);
        Refused("of another Sampling", Data, Options with { Sampling = Sampling.Balanced });
        Refused("seed 5, the options say 6", Data, Options with { Seed = 6 });

        // Nothing has changed, and equal data need not be the same object.
        var whole = new SmallClassifier(1);
        whole.Fit(Data, new Adam(0.02), Options);
        trainer.Fit(new Dataset(Data.Inputs.ToArray(), 5, Data.Labels.ToArray(), 3), Options, state);
        Assert.Equal(whole.Hash(), trainer.Network.Parameters.Hash());

        void Refused(string message, Dataset data, FitOptions options)
        {
            var before = (trainer.Network.Parameters.Hash(), trainer.StepCount, state.StepsDone, state.LossSum);
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => trainer.Fit(data, options, state)).Message, StringComparison.Ordinal);
            Assert.Equal(before, (trainer.Network.Parameters.Hash(), trainer.StepCount, state.StepsDone, state.LossSum));
        }
    }

    [Fact]
    public void Weights_of_samples_are_told_apart()
    {
        var weights = new float[50];
        Array.Fill(weights, 1f);
        var (trainer, state) = Interrupted(10, Sampling.Weighted(weights));
        trainer.Fit(Data, Options with { Epochs = 2, Sampling = Sampling.Weighted(weights) }, state);
        (trainer, state) = Interrupted(10, Sampling.Weighted(weights));
        weights[7] = 2;
        Assert.Contains("of another Sampling", Assert.Throws<ArgumentException>(() => trainer.Fit(Data, Options with { Sampling = Sampling.Weighted(weights) }, state)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_mid_epoch_a_trainer_that_is_not_as_far_is_refused()
    {
        var (trainer, state) = Interrupted(10);
        var other = new SmallClassifier(1).CreateTrainer(new Adam(0.02), 8);
        Assert.Contains("of 10 updates, the trainer has made only 0: take over the state", Assert.Throws<ArgumentException>(() => other.Fit(Data, Options, state)).Message, StringComparison.Ordinal);
        other.Network.Parameters.CopyFrom(trainer.Network.Parameters);
        other.CopyStateFrom((Trainer<Adam>)trainer);
        Assert.Equal(4, other.Fit(Data, Options, state).Epochs.Count);
    }

    [Fact]
    public void Between_epochs_batches_may_change()
    {
        var (trainer, state) = Interrupted(14);
        Assert.Equal((2, 0), (state.EpochsDone, state.StepsDone));
        Assert.Equal(4, trainer.Fit(FitSamples.Create(30, 7), Options with { BatchSize = 4 }, state).Epochs.Count);
    }

    [Fact]
    public void A_state_that_makes_no_sense_is_refused()
    {
        var trainer = new SmallClassifier(1).CreateTrainer(new Adam(0.02), 8);
        Refused("has no Source", new() { StepsDone = 3 });
        Refused("neither can be negative", new() { StepsDone = -1 });
        Refused("neither can be negative", new() { EpochsDone = -1 });
        Refused("These parameters are of 3→8→2", new() { BestParameters = new SmallRegressor(1).Parameters });

        void Refused(string message, FitState state) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => trainer.Fit(Data, Options, state)).Message, StringComparison.Ordinal);
    }

    static (Trainer Trainer, FitState State) Interrupted(int steps, Sampling? sampling = null)
    {
        var trainer = new SmallClassifier(1).CreateTrainer(new Adam(0.02), 8);
        var state = new FitState();
        trainer.Fit(Data, Options with { Sampling = sampling, Callbacks = [new StopAfter(steps)] }, state);
        Assert.Equal(steps, trainer.StepCount);
        return (trainer, state);
    }

    sealed class StopAfter(int steps) : FitCallback
    {
        public override void OnBatchEnd(FitContext context)
        {
            if (context.Trainer.StepCount == steps)
                context.Stop();
        }
    }
}
