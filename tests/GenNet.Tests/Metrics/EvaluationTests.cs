using GenNet.Tests.Networks;
using GenNet.Tests.Training;

namespace GenNet.Tests.MetricsTests;

/// <summary>What <c>Evaluate</c> says, against the definitions of the metrics.</summary>
public class EvaluationTests
{
    const int Samples = 100;

    [Fact]
    public void A_logit_is_judged_as_the_sigmoid_of_it()
    {
        var (logit, sigmoid) = Twins();
        var data = LabelledData(1);
        var expected = sigmoid.CreateTrainer(new Adam(), 32).Evaluate(data);
        Assert.Equal(expected, logit.CreateTrainer(new Adam(), 32).Evaluate(data));

        // Judged at ½, many logits would be on the other side.
        var outputs = Outputs(logit, data);
        Assert.Equal(NaiveMetrics.Accuracy(outputs.Select((row, i) => (data.Labels[i], row[0] > 0 ? 1 : 0))), expected.Accuracy, 1e-12);
        Assert.NotEqual(NaiveMetrics.Accuracy(outputs.Select((row, i) => (data.Labels[i], row[0] > 0.5 ? 1 : 0))), expected.Accuracy, 1e-12);
    }

    [Fact]
    public void A_logit_is_fitted_stopped_and_cross_validated_as_the_sigmoid_of_it()
    {
        var (logit, sigmoid) = Twins();
        FitOptions options = new()
        {
            Epochs = 12,
            ValidationSplit = 0.4,
            EarlyStopping = new() { Monitor = MonitoredMetric.ValidationAccuracy, Patience = 2 },
        };
        var data = LabelledData(1);
        FitResult first = logit.Fit(data, new Adam(0.02), options), second = sigmoid.Fit(data, new Adam(0.02), options);
        Assert.Equal(second.Epochs.Select(epoch => (epoch.Loss, epoch.Validation)), first.Epochs.Select(epoch => (epoch.Loss, epoch.Validation)));
        Assert.Equal((second.BestEpoch, second.End), (first.BestEpoch, first.End));

        var folds = new[] { true, false }.Select(logits => CrossValidation.Run(
            data, () => logits ? Twins().Logit : Twins().Sigmoid, new Adam(0.02), new() { Epochs = 2 }, folds: 3).Mean).ToArray();
        Assert.Equal(folds[1], folds[0]);
        Assert.InRange(folds[0].Accuracy, 0.01, 0.99);
    }

    [Fact]
    public void A_single_output_that_is_no_number_is_wrong_for_both_classes()
    {
        var (logit, sigmoid) = Twins();
        foreach (var network in new INetwork[] { logit, sigmoid })
        {
            network.Parameters.Tensors[^1].CopyFrom([float.NaN]);
            Assert.Equal(0, network.CreateTrainer(new Adam(), 32).Evaluate(LabelledData(1)).Accuracy);
        }
    }

    [Fact]
    public void Several_labels_at_once_have_an_accuracy()
    {
        var network = new ManyLabels(1);
        float[] targets = [.. TestNumbers.Create(Samples * 20, 3).Select(value => value > 0 ? 1f : 0)];
        var data = new Dataset(TestNumbers.Create(Samples * 3, 1), 3, targets, 20);
        var result = network.CreateTrainer(new Adam(), 32).Evaluate(data);
        Assert.Equal(NaiveMetrics.SharedSides(Rows(targets, 20), Outputs(network, data), 0.5), result.Accuracy, 1e-12);
        Assert.True(double.IsNaN(result.RSquared));

        // It may also end a fit.
        network.Fit(data, new Adam(), new() { Epochs = 2, Validation = data, EarlyStopping = new() { Monitor = MonitoredMetric.ValidationAccuracy } });
    }

    [Fact]
    public void Targets_of_a_single_logit_have_an_accuracy()
    {
        var (logit, _) = Twins();
        float[] targets = [.. LabelledData(1).Labels.ToArray().Select(label => (float)label)];
        var data = new Dataset(LabelledData(1).Inputs.ToArray(), 3, targets, 1);
        Assert.Equal(logit.CreateTrainer(new Adam(), 32).Evaluate(LabelledData(1)), logit.CreateTrainer(new Adam(), 32).Evaluate(data));
    }

    [Fact]
    public void Targets_that_are_distributions_have_an_accuracy()
    {
        var network = new SmallClassifier(1);
        float[] targets = [.. TestNumbers.Create(Samples * 3, 3).Chunk(3).SelectMany(row => row.Select(value => (value + 0.5f) / row.Sum(other => other + 0.5f)))];
        var data = new Dataset(TestNumbers.Create(Samples * 5, 1), 5, targets, 3);
        Assert.Equal(NaiveMetrics.SharedLargest(Rows(targets, 3), Outputs(network, data)), network.CreateTrainer(new Adam(), 32).Evaluate(data).Accuracy, 1e-12);
    }

    [Fact]
    public void A_regression_has_errors_and_no_accuracy()
    {
        var network = new SmallRegressor(1);
        var targets = TestNumbers.Create(Samples * 2, 3);
        var data = new Dataset(TestNumbers.Create(Samples * 3, 1), 3, targets, 2);
        var result = network.CreateTrainer(new Adam(), 32).Evaluate(data);
        double[][] wanted = Rows(targets, 2), got = Outputs(network, data);
        Assert.Equal(NaiveMetrics.RootMeanSquaredError(wanted, got), result.RootMeanSquaredError, 1e-12);
        Assert.Equal(NaiveMetrics.MeanAbsoluteError(wanted, got), result.MeanAbsoluteError, 1e-12);
        Assert.Equal(NaiveMetrics.RSquared(wanted, got), result.RSquared, 1e-12);
        Assert.Equal(result.Loss, result.RootMeanSquaredError * result.RootMeanSquaredError, 1e-6);
        Assert.True(double.IsNaN(result.Accuracy));

        var folds = CrossValidation.Run(data, () => new SmallRegressor(1), new Adam(), new() { Epochs = 1 }, folds: 2);
        Assert.Equal(folds.Folds.Average(fold => fold.Validation.RSquared), folds.Mean.RSquared);
        Assert.Throws<ArgumentException>(() => network.Fit(data, new Adam(), new() { Validation = data, EarlyStopping = new() { Monitor = MonitoredMetric.ValidationAccuracy } }));
    }

    /// <summary>Two networks of the same weights, one of which gives the sigmoid of what the other gives.</summary>
    static (LogitOfOne Logit, SigmoidOfOne Sigmoid) Twins()
    {
        var (logit, sigmoid) = (new LogitOfOne(4), new SigmoidOfOne(4));
        foreach (var (from, to) in logit.Parameters.Tensors.Zip(sigmoid.Parameters.Tensors))
        {
            var values = new float[from.Length];
            from.CopyTo(values);
            to.CopyFrom(values);
        }
        return (logit, sigmoid);
    }

    static Dataset LabelledData(ulong seed)
    {
        var inputs = TestNumbers.Create(Samples * 3, seed);
        return new(inputs, 3, inputs.Chunk(3).Select(row => row[0] * row[1] + 0.1f * row[2] > 0 ? 1 : 0).ToArray(), 2);
    }

    static double[][] Outputs(INetwork network, Dataset data)
    {
        var outputs = new float[data.Count * network.OutputSize];
        network.ForwardBatch(data.Inputs, outputs);
        return Rows(outputs, network.OutputSize);
    }

    static double[][] Rows(float[] values, int size) => [.. values.Chunk(size).Select(row => row.Select(value => (double)value).ToArray())];
}
