using GenNet.Tests.Networks;

namespace GenNet.Tests.Training;

public class LearningRateTestTests
{
    static readonly Dataset Data = FitSamples.Create(100, 1);

    [Fact]
    public void Is_a_training_with_a_growing_rate()
    {
        var network = new NormalizedClassifier(1);
        var before = network.Hash();
        var options = new LearningRateTestOptions { From = 1e-4, To = 1, Steps = 9, BatchSize = 30, Smoothing = 0.5, Seed = 3 };
        var trials = LearningRateTest.Run(network, Data, new Adam(123), options).Trials;
        Assert.Equal(before, network.Hash());

        // Naively: two epochs of 4 batches and one batch more.
        var trainer = new NormalizedClassifier(1).CreateTrainer(new Adam(), 30);
        trainer.Seed = 3;
        var (losses, i) = (new List<double>(), 0);
        for (var epoch = 1UL; epoch <= 3; epoch++)
            foreach (var batch in Data.Shuffled(new RandomStream(3).Split(epoch).Key).Batches(30))
            {
                if (i == 9)
                    break;
                var rate = Math.Pow(10, -4 + i / 2.0);
                Assert.Equal(rate, trials[i].Rate, 1e-9 * rate);
                trainer.Optimizer = trainer.Optimizer with { LearningRate = trials[i].Rate };
                losses.Add(trainer.Step(batch));
                Assert.Equal(losses[i], trials[i].Loss);
                var weights = losses.Select((_, k) => Math.Pow(0.5, losses.Count - 1 - k)).ToArray();
                Assert.Equal(losses.Select((loss, k) => loss * weights[k]).Sum() / weights.Sum(), trials[i].SmoothedLoss, 1e-12);
                i++;
            }
        Assert.Equal(9, trials.Count);
    }

    [Fact]
    public void Finds_a_rate_that_trains_and_stops_where_it_diverges()
    {
        var network = new SmallClassifier(1);
        var result = LearningRateTest.Run(network, Data, new Sgd(1), new() { From = 1e-5, To = 1e5, Steps = 200, BatchSize = 100 });
        Assert.True(result.Trials.Count < 200, "did not stop");
        Assert.InRange(result.SteepestRate, 0.01, 10);
        Assert.True(result.SteepestRate < result.LowestRate && result.LowestRate < result.Trials[^1].Rate);
        var found = network.Fit(Data, new Sgd(result.SteepestRate), new() { Epochs = 5 }).Epochs[^1].Loss;
        Assert.True(found < new SmallClassifier(1).Fit(Data, new Sgd(result.Trials[0].Rate), new() { Epochs = 5 }).Epochs[^1].Loss - 0.1);
    }

    [Fact]
    public void Reads_its_figures_off_the_mean_losses()
    {
        LearningRateTestResult Result(params double[] means) => new([.. means.Select((mean, i) => new LearningRateTrial(Math.Pow(10, i - 5), 99 - i, mean))]);
        var result = Result(2, 1.9, 1.6, 0.9, 0.7, 3);
        Assert.Equal(1e-3, result.SteepestRate, 1e-12);
        Assert.Equal(1e-1, result.LowestRate, 1e-12);
        Assert.True(double.IsNaN(Result(1, 2, 3).SteepestRate));
        Assert.True(double.IsNaN(Result(1).SteepestRate));
    }

    [Fact]
    public void Ends_where_the_loss_is_no_number_and_restores_the_weights()
    {
        var network = new Regressor(1);
        var before = network.Hash();
        var random = new RandomStream(1);
        var data = new Dataset(Enumerable.Range(0, 400).Select(_ => random.NextSingle()).ToArray(), 40, new float[20], 2);
        var result = LearningRateTest.Run(network, data, new Sgd(1), new() { From = 1e-3, To = 1e30, Steps = 5, BatchSize = 10, Smoothing = 0.999 });
        Assert.InRange(result.Trials.Count, 1, 4);
        Assert.Equal(before, network.Hash());

        network.Layer1.Biases[0] = float.NaN;
        Assert.Throws<TrainingDivergedException>(() => LearningRateTest.Run(network, data, new Sgd(1)));
    }

    [Fact]
    public void Says_what_does_not_fit()
    {
        var network = new SmallClassifier(1);
        Assert.Contains("From must be less than To", Assert.Throws<ArgumentException>(() => LearningRateTest.Run(network, Data, new Sgd(1), new() { From = 1, To = 1 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningRateTestOptions { From = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningRateTestOptions { To = double.PositiveInfinity });

        // What becomes a float is a number as a float.
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningRateTestOptions { From = 1e-300 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningRateTestOptions { To = 1e300 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningRateTestOptions { Steps = 2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningRateTestOptions { BatchSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningRateTestOptions { Smoothing = 1 });
    }
}
