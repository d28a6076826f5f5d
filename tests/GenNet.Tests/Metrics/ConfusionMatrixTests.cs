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

    [Fact]
    public void Bad_arguments_are_refused_with_their_numbers()
    {
        var matrix = new ConfusionMatrix(2);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[0, 2]);
        Assert.Contains("2 labels need 4 outputs (2 classes), got 3", Message(() => matrix.AddBatch([0, 1], new float[3])), StringComparison.Ordinal);
        Assert.Contains("outputs of sample 1 are NaN", Message(() => matrix.AddBatch([0, 1], [0, 1, float.NaN, float.NaN])), StringComparison.Ordinal);
    }

    static string Message(Action action) => Assert.Throws<ArgumentException>(action).Message;
}
