using Xunit.Sdk;

namespace GenNet.Tests.Reference;

public class CloseTests
{
    static readonly double[] Expected = [3, -0.5, 1e-3, 0];

    [Fact]
    public void Rounding_passes() =>
        Close.AssertEqual("w", Expected, [3 + 2e-5, -0.5, 1e-3 + 1e-6, 1e-6], 1e-5);

    [Theory]
    [InlineData(0, -3)]
    [InlineData(0, 3 + 4e-5)]
    [InlineData(1, 0.5)]
    [InlineData(1, double.NaN)]
    [InlineData(2, -1e-3)]
    [InlineData(2, 0)]
    [InlineData(2, 1e-3 + 1e-5)]
    [InlineData(3, 1e-5)]
    [InlineData(3, double.PositiveInfinity)]
    public void A_wrong_element_fails(int index, double value)
    {
        var actual = (double[])Expected.Clone();
        actual[index] = value;
        var failure = Assert.Throws<XunitException>(() => Close.AssertEqual("w", Expected, actual, 1e-5));
        Assert.StartsWith($"w[{index}]: expected {Expected[index]:R}, got {value:R} (", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_float_fails() =>
        Assert.Throws<XunitException>(() => Close.AssertEqual("w", Expected, new[] { 3f, 0.5f, 1e-3f, 0f }, 1e-5));

    [Fact]
    public void A_zeroed_tensor_fails() =>
        Assert.Throws<XunitException>(() => Close.AssertEqual("w", Expected, new double[4], 1e-5));

    [Fact]
    public void NaN_in_the_reference_fails() =>
        Assert.Throws<XunitException>(() => Close.AssertEqual("w", [1, double.NaN], [1, double.NaN], 1e-5));

    [Fact]
    public void Another_length_fails()
    {
        Assert.Throws<XunitException>(() => Close.AssertEqual("w", [1, 2], [1.0], 1e-5));
        Assert.Throws<XunitException>(() => Close.AssertEqual("w", [1, 2], [1.0, 2, 3], 1e-5));
    }

    [Fact]
    public void Nothing_to_compare_fails() =>
        Assert.Throws<XunitException>(() => Close.AssertEqual("w", [], Array.Empty<double>(), 1e-5, zeros: true));

    [Fact]
    public void Zeros_pass_only_where_they_are_meant()
    {
        Assert.Throws<XunitException>(() => Close.AssertEqual("w", [0, 0], [0.0, 0], 1e-5));
        Close.AssertEqual("w", [0, 0], [0.0, 0], 1e-5, zeros: true);
        Assert.Throws<XunitException>(() => Close.AssertEqual("w", [0, 0], [0.0, 1e-30], 1e-5, zeros: true));
        Assert.Throws<XunitException>(() => Close.AssertEqual("w", [0, 1], [0.0, 1], 1e-5, zeros: true));
    }
}
