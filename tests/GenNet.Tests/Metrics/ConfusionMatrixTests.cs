namespace GenNet.Tests.MetricsTests;

public class ConfusionMatrixTests
{
    [Fact]
    public void Rates_follow_from_the_counts()
    {
        var matrix = new ConfusionMatrix(3);
        // Class 0: 3 right, 1 taken for 1. Class 1: 2 right, 2 taken for 0. Class 2 does not occur and is predicted once, for a 1.
        (int Actual, int Predicted)[] samples = [(0, 0), (0, 0), (0, 0), (0, 1), (1, 1), (1, 1), (1, 0), (1, 0), (1, 2)];
        foreach (var (actual, predicted) in samples)
            matrix.Add(actual, predicted);
        Assert.Equal(9, matrix.Total);
        Assert.Equal(5, matrix.Correct);
        Assert.Equal(5 / 9.0, matrix.Accuracy);
        Assert.Equal(1, matrix[0, 1]);
        Assert.Equal(2, matrix[1, 0]);
        Assert.Equal(3 / 5.0, matrix.Precision(0));
        Assert.Equal(3 / 4.0, matrix.Recall(0));
        Assert.Equal(6 / 9.0, matrix.F1(0));
        Assert.Equal(0, matrix.Precision(2));
        Assert.Equal(0, matrix.Recall(2));
        Assert.Equal(0, matrix.F1(2));
    }

    [Fact]
    public void A_class_that_neither_occurs_nor_is_predicted_has_rates_of_0()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add(0, 0);
        Assert.Equal(0, matrix.Precision(1));
        Assert.Equal(0, matrix.Recall(1));
        Assert.Equal(0, matrix.F1(1));
        Assert.Equal(double.NaN, new ConfusionMatrix(2).Accuracy);
    }

    [Fact]
    public void A_batch_counts_the_largest_output_of_each_row()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.AddBatch([0, 1, 1], [0.9f, 0.1f, 0.2f, 0.8f, 0.7f, float.NaN]);
        Assert.Equal(1, matrix[0, 0]);
        Assert.Equal(1, matrix[1, 1]);
        Assert.Equal(1, matrix[1, 0]);
    }

    [Theory]
    [InlineData(2, 50)]
    [InlineData(4, 300)]
    public void Rates_are_those_of_their_definitions(int classes, int count)
    {
        var random = new RandomStream((ulong)classes);
        var samples = Enumerable.Range(0, count).Select(_ => (Actual: random.NextInt32(classes), Predicted: random.NextInt32(classes))).ToArray();
        var matrix = new ConfusionMatrix(classes);
        foreach (var (actual, predicted) in samples)
            matrix.Add(actual, predicted);
        Assert.Equal(NaiveMetrics.Accuracy(samples), matrix.Accuracy, 1e-12);
        for (var c = 0; c < classes; c++)
        {
            Assert.Equal(NaiveMetrics.Precision(samples, c), matrix.Precision(c), 1e-12);
            Assert.Equal(NaiveMetrics.Recall(samples, c), matrix.Recall(c), 1e-12);
            Assert.Equal(NaiveMetrics.F1(samples, c), matrix.F1(c), 1e-12);
            for (var predicted = 0; predicted < classes; predicted++)
                Assert.Equal(samples.Count(sample => sample == (c, predicted)), matrix[c, predicted]);
        }
    }

    [Fact]
    public void A_single_output_tells_two_classes_apart()
    {
        var probabilities = new ConfusionMatrix(2);
        probabilities.AddBatch([0, 1, 1, 0], [0.4f, 0.6f, 0.5f, 0.9f]);
        Assert.Equal((1, 1, 1, 1), (probabilities[0, 0], probabilities[0, 1], probabilities[1, 0], probabilities[1, 1]));
        var logits = new ConfusionMatrix(2);
        logits.AddBatch([0, 1, 1, 0], [-0.4f, 0.3f, 0, -2], threshold: 0);
        Assert.Equal((2, 0, 1, 1), (logits[0, 0], logits[0, 1], logits[1, 0], logits[1, 1]));
        Assert.Contains("sample 1 are NaN", Message(() => logits.AddBatch([0, 1], [1, float.NaN])), StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_go_beyond_32_bits()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add(0, 0, 1_100_000_000);
        matrix.Add(0, 1, 100_000_000);
        Assert.Equal(2.2 / 2.3, matrix.F1(0), 1e-12);
        matrix.Add(1, 1, 2_000_000_000);
        matrix.Add(1, 1, 2_000_000_000);
        Assert.Equal((5_200_000_000, 5_100_000_000, 4_000_000_000), (matrix.Total, matrix.Correct, matrix[1, 1]));
        Assert.Equal(8.0 / 8.1, matrix.F1(1), 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(0, 0, long.MaxValue - 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(0, 0, -1));
        matrix.Add(0, 0, long.MaxValue - matrix.Total);
        Assert.Throws<ArgumentException>(() => matrix.AddBatch([0], [1, 0]));
        Assert.Equal(long.MaxValue, matrix.Total);
    }

    [Theory]
    [InlineData(2, 0.5f, "got 2 for sample 2")]
    [InlineData(-1, 0.5f, "got -1 for sample 2")]
    [InlineData(0, float.NaN, "outputs of sample 2 are NaN")]
    public void A_bad_sample_leaves_the_counts_as_they_were(int label, float output, string message)
    {
        var matrix = new ConfusionMatrix(2);
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(() => matrix.AddBatch([0, 1, label], [1, 0, 0, 1, output, float.NaN])).Message, StringComparison.Ordinal);
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(() => matrix.AddBatch([0, 1, label], [0, 1, output])).Message, StringComparison.Ordinal);
        Assert.Equal((0, 0, 0), (matrix.Total, matrix.Correct, matrix[0, 0]));
    }

    [Fact]
    public void Bad_arguments_are_refused_with_their_numbers()
    {
        var matrix = new ConfusionMatrix(2);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix(int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[0, 2]);
        Assert.Contains("2 labels need 4 outputs (2 classes) or 2 (one each), got 3", Message(() => matrix.AddBatch([0, 1], new float[3])), StringComparison.Ordinal);
        Assert.Contains("outputs of sample 1 are NaN", Message(() => matrix.AddBatch([0, 1], [0, 1, float.NaN, float.NaN])), StringComparison.Ordinal);
    }

    static string Message(Action action) => Assert.Throws<ArgumentException>(action).Message;
}
