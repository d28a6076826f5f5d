namespace GenNet.Tests.Data;

public class StandardizerTests
{
    // Columns: 0, 2, 4, 6 (mean 3, deviation √5); constant 0.1; 8, 8, 8, 0 (mean 6, deviation √12).
    static readonly Dataset Data = new(new[] { 0, 0.1f, 8, 2, 0.1f, 8, 4, 0.1f, 8, 6, 0.1f, 0 }, 3, new[] { 0, 1, 0, 1 }, 2);

    [Fact]
    public void Each_feature_gets_mean_0_and_deviation_1()
    {
        var standardizer = Standardizer.Fit(Data);
        Assert.Equal([3f, 0.1f, 6], standardizer.Means.ToArray());
        Assert.Equal([MathF.Sqrt(5), 1, MathF.Sqrt(12)], standardizer.Deviations.ToArray());

        var result = standardizer.Transform(Data);
        Assert.Equal(Data.Labels.ToArray(), result.Labels.ToArray());
        Assert.Equal(2, result.ClassCount);
        Assert.Equal([-3 / MathF.Sqrt(5), 0, 2 / MathF.Sqrt(12)], result.Inputs[..3].ToArray());
    }

    [Fact]
    public void One_pair_of_numbers_may_serve_all_features()
    {
        var standardizer = Standardizer.FitGlobal(Data);
        var values = Data.Inputs.ToArray().Select(x => (double)x).ToArray();
        var mean = values.Average();
        Assert.Equal(3, standardizer.InputSize);
        Assert.All(standardizer.Means.ToArray(), m => Assert.Equal((float)mean, m));
        Assert.All(standardizer.Deviations.ToArray(), d => Assert.Equal(Math.Sqrt(values.Average(x => (x - mean) * (x - mean))), d, 1e-6));
    }

    [Fact]
    public void Features_that_never_change_are_not_divided_by_zero()
    {
        var data = new Dataset(Enumerable.Repeat(0.1f, 1000).ToArray(), 1, new int[1000], 1);
        Assert.Equal(1, Standardizer.Fit(data).Deviations[0]);
        Assert.Equal(1, Standardizer.FitGlobal(data).Deviations[0]);

        // The deviation of these two rounds to 0.
        var close = new Dataset(new[] { 0, float.Epsilon }, 1, new int[2], 1);
        Assert.All(Standardizer.Fit(close).Transform(close).Inputs.ToArray(), x => Assert.True(float.IsFinite(x)));
    }

    [Fact]
    public void Samples_can_be_standardised_in_place()
    {
        var standardizer = new Standardizer([1, 2], [2, 4]);
        var values = new float[] { 1, 2, 3, 10 };
        standardizer.Transform(values, values);
        Assert.Equal([0f, 0, 1, 2], values);
    }

    [Fact]
    public void Targets_are_kept()
    {
        var data = Data.OneHot();
        Assert.Equal(data.Targets.ToArray(), Standardizer.Fit(data).Transform(data).Targets.ToArray());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Values_that_are_not_finite_are_refused_with_their_place(float value)
    {
        var inputs = new float[12];
        inputs[7] = value;
        var data = new Dataset(inputs, 3, new int[4], 1);
        Assert.Contains("Row 2, column 1", Assert.Throws<ArgumentException>(() => Standardizer.Fit(data)).Message, StringComparison.Ordinal);
        Assert.Contains("Row 2, column 1", Assert.Throws<ArgumentException>(() => Standardizer.FitGlobal(data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Standardizer([], []));
        Assert.Throws<ArgumentException>(() => new Standardizer([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => new Standardizer([1], [0]));
        Assert.Throws<ArgumentException>(() => new Standardizer([1], [float.NaN]));
        Assert.Throws<ArgumentException>(() => new Standardizer([float.NaN], [1]));
        var standardizer = Standardizer.Fit(Data);
        Assert.Throws<ArgumentException>(() => standardizer.Transform(new float[4], new float[4]));
        Assert.Throws<ArgumentException>(() => standardizer.Transform(new float[3], new float[6]));
        Assert.Throws<ArgumentException>(() => standardizer.Transform(new Dataset(new float[4], 2, new int[2], 1)));
    }
}
