namespace GenNet.Tests.MetricsTests;

public class ArgMaxTests
{
    [Theory]
    [InlineData(2, new[] { 1f, 2, 3 })]
    [InlineData(0, new[] { 3f, 3, 3 })]
    [InlineData(1, new[] { float.NaN, -1, float.NaN })]
    [InlineData(2, new[] { float.NaN, float.NegativeInfinity, 0, float.NaN })]
    [InlineData(1, new[] { float.NaN, float.NegativeInfinity })]
    [InlineData(0, new[] { 0f, -0f })]
    [InlineData(-1, new[] { float.NaN, float.NaN })]
    [InlineData(-1, new float[0])]
    public void The_first_of_the_largest_wins_and_NaN_never(int expected, float[] values) =>
        Assert.Equal(expected, Metrics.ArgMax(values));
}
