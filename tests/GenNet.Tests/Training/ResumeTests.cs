using GenNet.Tests.Networks;

namespace GenNet.Tests.Training;

public class ResumeTests
{
    static readonly Dataset Train = FitSamples.Create(50, 1), Validation = FitSamples.Create(100, 2);

    static readonly FitOptions Options = new()
    {
        Epochs = 12, BatchSize = 8, Seed = 5, Validation = Validation, EarlyStopping = new() { Patience = 3 }, Sampling = Sampling.Balanced,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(40)]
    public void A_fit_that_was_interrupted_goes_on_to_the_same_bits(int steps)
    {
        var whole = new SmallClassifier(1);
        var expected = whole.CreateTrainer(new Adam(0.02), 8).Fit(Train, Options);

        var first = new SmallClassifier(1);
        var firstTrainer = first.CreateTrainer(new Adam(0.02), 8);
        var state = new FitState();
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => firstTrainer.Fit(Train, Options with { Callbacks = [new CancelAfter(steps, source)] }, state, source.Token));
        Assert.Equal(steps, firstTrainer.StepCount);
        Assert.Equal(steps, state.EpochsDone * 7 + state.StepsDone);

        // In another trainer, as after a restart of the program.
        var second = new SmallClassifier(2);
        second.Parameters.CopyFrom(first.Parameters);
        var secondTrainer = second.CreateTrainer(new Adam(0.5), 8);
        secondTrainer.CopyStateFrom(firstTrainer);
        var result = secondTrainer.Fit(Train, Options, state);
        Assert.Equal(whole.Hash(), second.Hash());
        Assert.Equal(expected.Epochs.Select(Numbers), result.Epochs.Select(Numbers));
        Assert.Equal((expected.BestEpoch, expected.End), (result.BestEpoch, result.End));
    }

    [Fact]
    public void A_fit_that_a_callback_stopped_goes_on_to_the_same_bits()
    {
        var whole = new SmallClassifier(1);
        whole.Fit(Train, new Adam(0.02), Options);

        var network = new SmallClassifier(1);
        var trainer = network.CreateTrainer(new Adam(0.02), 8);
        var state = new FitState();
        Assert.Equal(FitEnd.StoppedByCallback, trainer.Fit(Train, Options with { Callbacks = [new StopEvery(20)] }, state).End);
        Assert.Equal(20, trainer.StepCount);
        trainer.Fit(Train, Options, state);
        Assert.Equal(whole.Hash(), network.Hash());
    }

    [Fact]
    public void Dropout_and_batch_normalisation_go_on_to_the_same_bits()
    {
        var whole = new NormalizedClassifier(1);
        whole.Fit(Train, new Adam(0.02), Options);
        var network = new NormalizedClassifier(1);
        var trainer = network.CreateTrainer(new Adam(0.02), 8);
        var state = new FitState();
        trainer.Fit(Train, Options with { Callbacks = [new StopEvery(11)] }, state);
        trainer.Fit(Train, Options, state);
        Assert.Equal(whole.Hash(), network.Hash());

        // Masks follow from the seed.
        var other = new NormalizedClassifier(1);
        other.Fit(Train, new Adam(0.02), Options with { Seed = 6, Sampling = null });
        var third = new NormalizedClassifier(1);
        var trainerOfOtherSeed = third.CreateTrainer(new Adam(0.02), 8);
        trainerOfOtherSeed.Fit(Train, Options with { Sampling = null });
        Assert.Equal(5UL, trainerOfOtherSeed.Seed);
        Assert.NotEqual(other.Hash(), third.Hash());
    }

    [Fact]
    public void A_last_batch_of_one_is_refused_where_a_layer_normalises_batches()
    {
        var message = Assert.Throws<ArgumentException>(() => new NormalizedClassifier(1).Fit(Train, new Sgd(0.1), new() { BatchSize = 7 })).Message;
        Assert.StartsWith("Batches of 7 leave one sample of 50 for the last", message, StringComparison.Ordinal);
        Assert.Single(new NormalizedClassifier(1).Fit(Train, new Sgd(0.1), new() { BatchSize = 7, DropLast = true, Epochs = 1 }).Epochs);
        new SmallClassifier(1).Fit(Train, new Sgd(0.1), new() { BatchSize = 7, Epochs = 1 });
    }

    [Fact]
    public void A_state_of_another_fit_is_refused()
    {
        var trainer = new SmallClassifier(1).CreateTrainer(new Sgd(0.1), 8);
        var state = new FitState();
        trainer.Fit(Train, new() { Epochs = 1, Seed = 1 }, state);
        Assert.Contains("seed 1, the options say 2", Assert.Throws<ArgumentException>(() => trainer.Fit(Train, new() { Seed = 2 }, state)).Message, StringComparison.Ordinal);
        state.StepsDone = 8;
        Assert.Contains("which has only 7", Assert.Throws<ArgumentException>(() => trainer.Fit(Train, new() { Seed = 1 }, state)).Message, StringComparison.Ordinal);
    }

    static (int, double, Evaluation?) Numbers(EpochResult result) => (result.Epoch, result.Loss, result.Validation);

    sealed class CancelAfter(int steps, CancellationTokenSource source) : FitCallback
    {
        public override void OnBatchEnd(FitContext context)
        {
            if (context.Trainer.StepCount == steps)
                source.Cancel();
        }
    }

    sealed class StopEvery(int steps) : FitCallback
    {
        public override void OnBatchEnd(FitContext context)
        {
            if (context.Trainer.StepCount % steps == 0)
                context.Stop();
        }
    }
}
