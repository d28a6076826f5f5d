using GenNet.Tests.Networks;

namespace GenNet.Tests.Training;

public class FitOptionsTests
{
    static readonly Dataset Train = FitSamples.Create(50, 1);

    [Fact]
    public void A_validation_split_is_judged_and_not_trained_on()
    {
        var network = new SmallClassifier(1);
        var result = network.Fit(Train, new Adam(0.02), new() { Epochs = 3, BatchSize = 8, Seed = 4, ValidationSplit = 0.3 });

        // Naively: the same split by hand.
        var (held, kept) = Train.Split(0.3, new RandomStream(4).Split(0UL).Key);
        Assert.Equal((15, 35), (held.Count, kept.Count));
        var other = new SmallClassifier(1);
        var expected = other.Fit(kept, new Adam(0.02), new() { Epochs = 3, BatchSize = 8, Seed = 4, Validation = held });
        Assert.Equal(expected.Epochs.Select(epoch => epoch.Validation), result.Epochs.Select(epoch => epoch.Validation));
        Assert.Equal(other.Hash(), network.Hash());
    }

    [Fact]
    public void Weights_of_samples_stay_with_their_samples_in_a_split()
    {
        static Sampling OnlyClass2(Dataset data) => Sampling.Weighted(data.Labels.ToArray().Select(label => label == 2 ? 1f : 0).ToArray());
        var network = new SmallClassifier(1);
        network.Fit(Train, new Sgd(0.5), new() { Epochs = 3, ValidationSplit = 0.4, Sampling = OnlyClass2(Train) });
        var (_, kept) = Train.Split(0.4, new RandomStream(0).Split(0UL).Key);
        var other = new SmallClassifier(1);
        other.Fit(kept, new Sgd(0.5), new() { Epochs = 3, Sampling = OnlyClass2(kept) });
        Assert.Equal(other.Hash(), network.Hash());
    }

    [Fact]
    public void The_last_batch_is_dropped_where_asked()
    {
        var sizes = new BatchCounter();
        var result = new SmallClassifier(1).Fit(Train, new Sgd(0), new() { Epochs = 1, BatchSize = 16, DropLast = true, Callbacks = [sizes] });
        Assert.Equal(3, sizes.Count);

        // The mean over the samples taken, not over all.
        var losses = 0.0;
        var trainer = new SmallClassifier(1).CreateTrainer(new Sgd(0), 16);
        foreach (var batch in Train.Shuffled(new RandomStream(0).Split(1UL).Key).Batches(16, dropLast: true))
            losses += 16.0 * trainer.Step(batch);
        Assert.Equal(losses / 48, result.Epochs[0].Loss, 1e-12);
        var none = Assert.Throws<ArgumentException>(() => new SmallClassifier(1).Fit(Train, new Sgd(0), new() { BatchSize = 51, DropLast = true }));
        Assert.StartsWith("DropLast leaves no batch of 51 in 50 samples.", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_batch_size_of_a_trainer_is_the_default_and_the_limit()
    {
        var trainer = new SmallClassifier(1).CreateTrainer(new Sgd(0.1), 25);
        trainer.Fit(Train, new() { Epochs = 1 });
        Assert.Equal(2, trainer.StepCount);
        trainer.Fit(Train, new() { Epochs = 1, BatchSize = 10 });
        Assert.Equal(7, trainer.StepCount);
        Assert.Contains("takes up to 25", Assert.Throws<ArgumentException>(() => trainer.Fit(Train, new() { BatchSize = 26 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_sample_is_enough()
    {
        var data = new Dataset(new float[] { 1, 2 }, 2, new[] { 1 }, 2);
        var result = new Xor(1).Fit(data, new Sgd(0.5), new() { Epochs = 50, Validation = data, Sampling = Sampling.Balanced });
        Assert.True(result.Epochs[^1].Loss < result.Epochs[0].Loss);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Xor(1).Fit(data, new Sgd(0.5), new() { ValidationSplit = 0.5 }));
    }

    [Fact]
    public void Says_what_does_not_fit()
    {
        var network = new SmallClassifier(1);
        string Message(Dataset data, FitOptions options) => Assert.ThrowsAny<ArgumentException>(() => network.Fit(data, new Sgd(0.1), options)).Message;
        var narrow = new Dataset(new float[4], 4, new[] { 0 }, 3);
        Assert.StartsWith("SmallClassifier expects 5 inputs a sample, the training data have 4.", Message(narrow, new()), StringComparison.Ordinal);
        Assert.StartsWith("SmallClassifier expects 5 inputs a sample, the validation data have 4.", Message(Train, new() { Validation = narrow }), StringComparison.Ordinal);
        var targets = new Dataset(new float[5], 5, new float[2], 2);
        Assert.StartsWith("SmallClassifier has 3 outputs, the training data 2 targets a sample.", Message(targets, new()), StringComparison.Ordinal);
        Assert.StartsWith("Give either Validation or ValidationSplit.", Message(Train, new() { Validation = Train, ValidationSplit = 0.5 }), StringComparison.Ordinal);
        Assert.Contains("has 3 weights, the dataset 50 samples", Message(Train, new() { Sampling = Sampling.Weighted([1, 1, 1]) }), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FitOptions { Epochs = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FitOptions { BatchSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FitOptions { ValidationSplit = 1 });
        Assert.Equal(new SmallClassifier(1).Hash(), network.Hash());
    }

    sealed class BatchCounter : FitCallback
    {
        public int Count { get; private set; }

        public override void OnBatchEnd(FitContext context) => Count++;
    }
}
