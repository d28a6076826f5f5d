using System.Numerics;

namespace GenNet.Tests.Data;

public class StandardizerTests
{
    // Columns: 0, 2, 4, 6 (mean 3, deviation √5); constant 0.1; 8, 8, 8, 0 (mean 6, deviation √12).
    static readonly Dataset Data = new(new[] { 0, 0.1f, 8, 2, 0.1f, 8, 4, 0.1f, 8, 6, 0.1f, 0 }, 3, new[] { 0, 1, 0, 1 }, 2);

    [Fact]
    public void Each_feature_gets_mean_0_and_deviation_1()
    {
        var standardizer = Standardizer.Fit(Data);
        Assert.Equal([3.0, 0.1f, 6], standardizer.Means.ToArray());
        Assert.Equal([Math.Sqrt(5), 1, Math.Sqrt(12)], standardizer.Deviations.ToArray());

        var result = standardizer.Transform(Data);
        Assert.Equal(Data.Labels.ToArray(), result.Labels.ToArray());
        Assert.Equal(2, result.ClassCount);
        Assert.Equal([(float)(-3 / Math.Sqrt(5)), 0, (float)(2 / Math.Sqrt(12))], result.Inputs[..3].ToArray());
    }

    [Fact]
    public void One_pair_of_numbers_may_serve_all_features()
    {
        var standardizer = Standardizer.FitGlobal(Data);
        var values = Data.Inputs.ToArray().Select(x => (double)x).ToArray();
        var mean = values.Average();
        Assert.Equal(3, standardizer.InputSize);
        Assert.All(standardizer.Means.ToArray(), m => Assert.Equal(mean, m, 1e-12));
        Assert.All(standardizer.Deviations.ToArray(), d => Assert.Equal(Math.Sqrt(values.Average(x => (x - mean) * (x - mean))), d, 1e-6));
    }

    [Fact]
    public void Features_that_never_change_are_not_divided_by_zero()
    {
        var data = new Dataset(Enumerable.Repeat(0.1f, 1000).ToArray(), 1, new int[1000], 1);
        Assert.Equal(1, Standardizer.Fit(data).Deviations[0]);
        Assert.Equal(1, Standardizer.FitGlobal(data).Deviations[0]);

        // Nor are those that hardly change.
        Assert.Equal([-1f, 1], Standardized(0, float.Epsilon));
    }

    [Fact]
    public void Large_values_that_are_close_together_are_told_apart()
    {
        // Seconds since 1970, as near to each other as floats are there.
        Assert.Equal([-1f, 1, -1, 1], Standardized(1.7e9f, 1.7e9f + 128, 1.7e9f, 1.7e9f + 128));
        Assert.Equal([-1f, 1], Standardized(-float.MaxValue, float.MaxValue));
        Assert.Equal([-1f, 1], Standardized(float.MaxValue, MathF.BitDecrement(float.MaxValue)).Order());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1.7e9, 1e6)]
    [InlineData(-3e7, 4)]
    [InlineData(1e-20, 1e-22)]
    [InlineData(0, 3e37)]
    public void Mean_and_deviation_are_those_of_a_naive_reference(double mean, double deviation)
    {
        var random = new RandomStream(3);
        var values = new float[10_000];
        foreach (ref var value in values.AsSpan())
            value = (float)(mean + deviation * random.NextNormal());
        var standardizer = Standardizer.Fit(new Dataset(values, 1, new int[values.Length], 1));

        // Whole numbers of the smallest float's size have no rounding.
        var whole = values.Select(value => new BigInteger(value / (double)float.Epsilon)).ToArray();
        var sum = whole.Aggregate(BigInteger.Add);
        var squares = whole.Aggregate(BigInteger.Zero, (total, value) => total + BigInteger.Pow(value * whole.Length - sum, 2));
        var unit = (double)float.Epsilon;
        Assert.Equal((double)sum * unit / whole.Length, standardizer.Means[0], Math.Abs(mean) * 1e-15 + deviation * 1e-12);
        Assert.Equal(Math.Exp(BigInteger.Log(squares) / 2 - 1.5 * Math.Log(whole.Length)) * unit, standardizer.Deviations[0], deviation * 1e-10);
    }

    [Fact]
    public void The_inverse_takes_samples_back()
    {
        var data = new Dataset(new[] { 1.7e9f, -3, 1.7e9f + 128, 0.1f, 1.7e9f + 4096, 7 }, 2, new int[3], 1);
        var standardizer = Standardizer.Fit(data);
        var back = standardizer.InverseTransform(standardizer.Transform(data));
        Assert.Equal(data.Inputs[0], back.Inputs[0]);
        Assert.Equal(data.Inputs[2], back.Inputs[2]);
        Assert.Equal(data.Inputs[4], back.Inputs[4]);
        for (var i = 1; i < 6; i += 2)
            Assert.Equal(data.Inputs[i], back.Inputs[i], 1e-6);
        var values = new float[] { 1, -1 };
        new Standardizer([1, 2], [2, 4]).InverseTransform(values, values);
        Assert.Equal([3f, -2], values);
        Assert.Throws<ArgumentException>(() => standardizer.InverseTransform(new float[3], new float[3]));
        Assert.Throws<ArgumentException>(() => standardizer.InverseTransform(new float[2], new float[4]));
        Assert.Throws<ArgumentException>(() => standardizer.InverseTransform(new Dataset(new float[4], 1, new int[4], 1)));
    }

    static float[] Standardized(params float[] values)
    {
        var data = new Dataset(values, 1, new int[values.Length], 1);
        return Standardizer.Fit(data).Transform(data).Inputs.ToArray();
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
