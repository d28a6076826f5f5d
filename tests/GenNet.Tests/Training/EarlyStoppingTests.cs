using GenNet.Tests.Networks;

namespace GenNet.Tests.Training;

public class EarlyStoppingTests
{
    static readonly Dataset Train = FitSamples.Create(40, 1), Validation = FitSamples.Create(200, 2);

    [Fact]
    public void Stops_after_its_patience_and_restores_the_best_weights()
    {
        var network = new SmallClassifier(1);
        var hashes = new HashOfEpochs();
        var options = new FitOptions { Epochs = 200, BatchSize = 8, Validation = Validation, EarlyStopping = new() { Patience = 4 }, Callbacks = [hashes] };
        var result = network.Fit(Train, new Adam(0.02), options);

        // Naively: the first epoch whose loss four later ones and one more did not beat.
        var losses = result.Epochs.Select(epoch => epoch.Validation!.Value.Loss).ToArray();
        var best = Array.IndexOf(losses, losses.Min()) + 1;
        Assert.Equal(FitEnd.StoppedEarly, result.End);
        Assert.InRange(best, 2, 100);
        Assert.Equal(best, result.BestEpoch);
        Assert.Equal(best + 5, result.Epochs.Count);
        Assert.Equal(hashes.Hashes[best - 1], network.Hash());
        Assert.NotEqual(hashes.Hashes[^1], network.Hash());
        Assert.Equal(losses.Min(), network.CreateTrainer(new Adam(), 8).Evaluate(Validation).Loss);
    }

    [Fact]
    public void Keeps_the_last_weights_where_asked()
    {
        var network = new SmallClassifier(1);
        var hashes = new HashOfEpochs();
        var stopping = new EarlyStopping { Patience = 2, RestoreBestWeights = false };
        var result = network.Fit(Train, new Adam(0.02), new() { Epochs = 200, BatchSize = 8, Validation = Validation, EarlyStopping = stopping, Callbacks = [hashes] });
        Assert.Equal(FitEnd.StoppedEarly, result.End);
        Assert.Equal(hashes.Hashes[^1], network.Hash());
    }

    [Fact]
    public void Restores_the_best_weights_of_a_fit_that_completes()
    {
        var network = new SmallClassifier(1);
        var hashes = new HashOfEpochs();
        var result = network.Fit(Train, new Adam(0.02), new() { Epochs = 30, BatchSize = 8, Validation = Validation, EarlyStopping = new() { Patience = 1000 }, Callbacks = [hashes] });
        Assert.Equal(FitEnd.Completed, result.End);
        Assert.InRange(result.BestEpoch, 1, 29);
        Assert.Equal(hashes.Hashes[result.BestEpoch - 1], network.Hash());
    }

    [Fact]
    public void Patience_0_stops_at_the_first_epoch_without_improvement()
    {
        // With a learning rate of 0 no epoch improves on the first.
        var result = new SmallClassifier(1).Fit(Train, new Sgd(0), new() { Epochs = 9, Validation = Validation, EarlyStopping = new() { Patience = 0 } });
        Assert.Equal((FitEnd.StoppedEarly, 2, 1), (result.End, result.Epochs.Count, result.BestEpoch));
    }

    [Theory]
    [InlineData(MonitoredMetric.ValidationLoss, 0, 3)]
    [InlineData(MonitoredMetric.ValidationLoss, 0.02, 2)]
    [InlineData(MonitoredMetric.ValidationAccuracy, 0, 2)]
    [InlineData(MonitoredMetric.ValidationAccuracy, 0.02, 1)]
    [InlineData(MonitoredMetric.ValidationAccuracy, 0.9, 3)]
    [InlineData(MonitoredMetric.Loss, 0, 0)]
    [InlineData(MonitoredMetric.Loss, 0.05, 2)]
    public void Stops_where_a_naive_reading_of_the_history_does(MonitoredMetric monitor, double minDelta, int patience)
    {
        var stopping = new EarlyStopping { Monitor = monitor, MinDelta = minDelta, Patience = patience };
        var options = new FitOptions { Epochs = 60, BatchSize = 8, Validation = Validation };
        var history = new SmallClassifier(3).Fit(Train, new Adam(0.01), options).Epochs;
        var (best, bestValue, end) = (0, 0.0, 0);
        while (end < 60 && end - best <= patience)
        {
            var epoch = history[end++];
            var value = monitor switch
            {
                MonitoredMetric.Loss => -epoch.Loss,
                MonitoredMetric.ValidationLoss => -epoch.Validation!.Value.Loss,
                _ => epoch.Validation!.Value.Accuracy,
            };
            if (best == 0 || value - bestValue > minDelta)
                (best, bestValue) = (end, value);
        }
        var result = new SmallClassifier(3).Fit(Train, new Adam(0.01), options with { EarlyStopping = stopping });
        Assert.Equal((best, end), (result.BestEpoch, result.Epochs.Count));
    }

    [Fact]
    public void Watches_the_training_loss_without_validation_data()
    {
        var stopping = new EarlyStopping { Monitor = MonitoredMetric.Loss, MinDelta = 100, Patience = 1 };
        Assert.Equal(3, new SmallClassifier(1).Fit(Train, new Sgd(0.1), new() { Epochs = 9, EarlyStopping = stopping }).Epochs.Count);
    }

    [Fact]
    public void Says_what_is_missing()
    {
        var network = new SmallClassifier(1);
        var missing = Assert.Throws<ArgumentException>(() => network.Fit(Train, new Sgd(0.1), new() { EarlyStopping = new() }));
        Assert.StartsWith("Early stopping by ValidationLoss needs Validation or ValidationSplit; without, monitor the Loss.", missing.Message, StringComparison.Ordinal);
        var numbers = new Dataset(new float[6], 3, new float[4], 2);
        var regression = new FitOptions { Validation = numbers, EarlyStopping = new() { Monitor = MonitoredMetric.ValidationAccuracy } };
        Assert.Contains("needs classes, and this is a regression", Assert.Throws<ArgumentException>(() => new SmallRegressor(1).Fit(numbers, new Sgd(0.1), regression)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping { Patience = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping { MinDelta = double.NaN });
        Assert.Equal(new SmallClassifier(1).Hash(), network.Hash());
    }

    /// <summary>The fingerprint of the weights after each epoch.</summary>
    sealed class HashOfEpochs : FitCallback
    {
        public List<ulong> Hashes { get; } = [];

        public override void OnEpochEnd(FitContext context, EpochResult result) => Hashes.Add(context.Trainer.Network.Hash());
    }
}
