using GenNet.Tests.Networks;

namespace GenNet.Tests.Training;

public class CrossValidationTests
{
    static readonly Dataset Data = FitSamples.Create(61, 1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Is_a_fit_and_an_evaluation_for_each_fold(bool stratified)
    {
        var options = new FitOptions { Epochs = 3, BatchSize = 8, Seed = 4 };
        var result = CrossValidation.Run(Data, () => new SmallClassifier(1), new Adam(0.02), options, 4, stratified, Standardizer.Fit);

        // Naively.
        var expected = new List<Evaluation>();
        foreach (var fold in Data.Folds(4, 4, stratified))
        {
            var network = new SmallClassifier(1);
            var standardizer = Standardizer.Fit(fold.TrainingData());
            network.Fit(standardizer.Transform(fold.TrainingData()), new Adam(0.02), options);
            expected.Add(network.CreateTrainer(new Adam(), 8).Evaluate(standardizer.Transform(fold.ValidationData())));
        }
        Assert.Equal(expected, result.Folds.Select(fold => fold.Validation));
        Assert.Equal([1, 2, 3, 4], result.Folds.Select(fold => fold.Fold));
        var mean = expected.Sum(item => item.Loss) / 4;
        Assert.Equal(mean, result.Mean.Loss, 1e-12);
        Assert.Equal(expected.Sum(item => item.Accuracy) / 4, result.Mean.Accuracy, 1e-12);
        Assert.Equal(Math.Sqrt(expected.Sum(item => Math.Pow(item.Loss - mean, 2)) / 3), result.Deviation.Loss, 1e-12);
        Assert.True(result.Deviation.Loss > 0);
    }

    [Fact]
    public void Does_not_leak_what_it_holds_back()
    {
        // Labels that nothing foretells, and a network that learns its training samples by heart:
        // it does better than chance on a fold's validation samples only if it saw them.
        var random = new RandomStream(6);
        var inputs = new float[90 * 5];
        foreach (ref var value in inputs.AsSpan())
            value = (float)random.NextNormal();
        var labels = Enumerable.Range(0, 90).Select(_ => random.NextInt32(3)).ToArray();
        var data = new Dataset(inputs, 5, labels, 3);
        var result = CrossValidation.Run(data, () => new SmallClassifier(1), new Adam(0.05), new() { Epochs = 150 }, folds: 3);
        Assert.All(result.Folds, fold => Assert.True(fold.Fit.Epochs[^1].Loss < 0.3));
        Assert.InRange(result.Mean.Accuracy, 0.15, 0.5);
    }

    [Fact]
    public void Samples_keep_their_weights()
    {
        var weights = Data.Labels.ToArray().Select(label => label == 2 ? 1f : 0).ToArray();
        var reported = new List<int>();
        var result = CrossValidation.Run(Data, () => new SmallClassifier(1), new Sgd(0.3), new() { Epochs = 60, Sampling = Sampling.Weighted(weights) }, progress: new Collector(reported));
        Assert.All(result.Folds, fold => Assert.True(fold.Fit.Epochs[^1].Loss < 0.05));
        Assert.Equal([1, 2, 3, 4, 5], reported);
    }

    [Fact]
    public void Says_what_does_not_fit()
    {
        var one = new SmallClassifier(1);
        Assert.Contains("create a new one each time", Assert.Throws<ArgumentException>(() => CrossValidation.Run(Data, () => one, new Sgd(0.1))).Message, StringComparison.Ordinal);
        Assert.Contains("from the folds", Assert.Throws<ArgumentException>(() => CrossValidation.Run(Data, () => new SmallClassifier(1), new Sgd(0.1), new() { Validation = Data })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => CrossValidation.Run(Data, () => new SmallClassifier(1), new Sgd(0.1), folds: 62));
    }

    [Theory]
    [InlineData(21, 0)] // Trained on 16 samples, then on 17.
    [InlineData(26, 0.2)] // On 20 − 4, then on 21 − 4.
    public void Says_before_the_first_step_what_does_not_fit_a_later_fold(int samples, double validationSplit)
    {
        var networks = new List<NormalizedClassifier>();
        var options = new FitOptions { BatchSize = 16, ValidationSplit = validationSplit };
        var thrown = Assert.Throws<ArgumentException>(() => CrossValidation.Run(FitSamples.Create(samples, 1), Create, new Sgd(0.1), options));
        Assert.StartsWith("Batches of 16 leave one sample of 17 for the last", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(new NormalizedClassifier(1).Hash(), Assert.Single(networks).Hash());

        NormalizedClassifier Create()
        {
            networks.Add(new(1));
            return networks[^1];
        }
    }

    sealed class Collector(List<int> folds) : IProgress<FoldResult>
    {
        public void Report(FoldResult value) => folds.Add(value.Fold);
    }
}
