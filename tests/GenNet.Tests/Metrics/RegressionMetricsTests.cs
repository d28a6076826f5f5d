using GenNet.Tests.Networks;

namespace GenNet.Tests.MetricsTests;

public class RegressionMetricsTests
{
    [Theory]
    [InlineData(1, 1, 0f)]
    [InlineData(7, 1, 0f)]
    [InlineData(200, 3, 0f)]
    [InlineData(200, 3, 1e6f)]
    public void Are_those_of_their_definitions(int samples, int size, float offset)
    {
        float[] targets = [.. TestNumbers.Create(samples * size, 1).Select(value => value + offset)], outputs = [.. TestNumbers.Create(samples * size, 2).Select(value => value + offset)];
        var metrics = new RegressionMetrics(size);
        var half = samples / 2 * size;
        metrics.AddBatch(targets.AsSpan(0, half), outputs.AsSpan(0, half));
        metrics.AddBatch(targets.AsSpan(half), outputs.AsSpan(half));
        double[][] wanted = Rows(targets, size), got = Rows(outputs, size);
        Assert.Equal(samples, metrics.Count);
        Assert.Equal(NaiveMetrics.RootMeanSquaredError(wanted, got), metrics.RootMeanSquaredError, 1e-12);
        Assert.Equal(NaiveMetrics.MeanAbsoluteError(wanted, got), metrics.MeanAbsoluteError, 1e-12);
        Assert.Equal(NaiveMetrics.RSquared(wanted, got), metrics.RSquared, 1e-9);
    }

    [Fact]
    public void R_squared_of_constants_is_1_or_0()
    {
        Assert.Equal(1, Of([2, 2, 2], [2, 2, 2]).RSquared);
        Assert.Equal(0, Of([2, 2, 2], [2, 2, 3]).RSquared);
        Assert.Equal(0, Of([1, 2, 3], [2, 2, 2]).RSquared);
        Assert.True(double.IsNaN(Of([], []).RSquared));
        Assert.True(double.IsNaN(Of([], []).RootMeanSquaredError));
        Assert.True(double.IsNaN(Of([], []).MeanAbsoluteError));
    }

    [Fact]
    public void Bad_arguments_are_refused_and_nothing_is_added()
    {
        var metrics = new RegressionMetrics(2);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RegressionMetrics(0));
        Assert.Contains("3 targets are not whole samples of 2", Assert.Throws<ArgumentException>(() => metrics.AddBatch(new float[3], new float[3])).Message, StringComparison.Ordinal);
        Assert.Contains("4 targets need 4 outputs, got 2", Assert.Throws<ArgumentException>(() => metrics.AddBatch(new float[4], new float[2])).Message, StringComparison.Ordinal);
        Assert.Equal(0, metrics.Count);
    }

    static RegressionMetrics Of(float[] targets, float[] outputs)
    {
        var metrics = new RegressionMetrics(1);
        metrics.AddBatch(targets, outputs);
        return metrics;
    }

    static double[][] Rows(float[] values, int size) => [.. values.Chunk(size).Select(row => row.Select(value => (double)value).ToArray())];
}
