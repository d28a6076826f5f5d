using GenNet.Numerics;

namespace GenNet.Tests.Numerics;

/// <summary>The functions of hyper-parameters against <see cref="Math"/>'s, which are accurate but not the same on every machine.</summary>
public class ScalarMathTests
{
    const double Tolerance = 4e-15;

    [Fact]
    public void Agrees_with_Math()
    {
        var random = new RandomStream(1);
        for (var i = 0; i < 20_000; i++)
        {
            double x = random.NextSingle(), wide = Math.Exp(200 * (2.0 * random.NextSingle() - 1));
            AssertClose(Math.Cos(Math.PI * x), ScalarMath.CosPi(x), Tolerance, 1);
            AssertClose(Math.Exp(40 * x - 20), ScalarMath.Exp(40 * x - 20), Tolerance);
            AssertClose(Math.Log(wide), ScalarMath.Log(wide), Tolerance);
            AssertClose(Math.Log(1 + x / 1000), ScalarMath.Log(1 + x / 1000), Tolerance);
            AssertClose(Math.Pow(x, 2.5), ScalarMath.Power(x, 2.5), 1e-13);
            AssertClose(Math.Pow(x, 3), ScalarMath.Power(x, 3.0), Tolerance);
        }
    }

    [Fact]
    public void Sine_and_cosine_agree_with_Math()
    {
        var random = new RandomStream(2);
        foreach (var range in new[] { 1e-9, 0.1, 1, 10, 1e3, 1e6 })
            for (var i = 0; i < 10_000; i++)
            {
                var x = range * (2 * random.NextDouble() - 1);
                var (sin, cos) = ScalarMath.SinCos(x);
                AssertClose(Math.Sin(x), sin, 1e-15, Math.Min(1, range));
                AssertClose(Math.Cos(x), cos, 1e-15, 1);
                Assert.Equal((-sin, cos), ScalarMath.SinCos(-x));
            }
        Assert.Equal((0, 1), ScalarMath.SinCos(0));
        foreach (var x in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
            Assert.Equal((double.NaN, double.NaN), ScalarMath.SinCos(x));
        var (s, c) = ScalarMath.SinCos(1e300);
        Assert.False(double.IsFinite(s) && Math.Abs(s) > 1 || double.IsFinite(c) && Math.Abs(c) > 1);
    }

    [Fact]
    public void Ends_are_exact()
    {
        Assert.Equal([1, 0, -1], new[] { 0, 0.5, 1 }.Select(ScalarMath.CosPi));
        Assert.Equal([1, 0, double.PositiveInfinity], new[] { 0, double.NegativeInfinity, double.PositiveInfinity }.Select(ScalarMath.Exp));
        Assert.Equal(double.NaN, ScalarMath.Exp(double.NaN));
        Assert.Equal([0, 0, 1, 1], new[] { ScalarMath.Log(1), ScalarMath.Power(0, 0.5), ScalarMath.Power(0, 0.0), ScalarMath.Power(0.3, 0L) });
    }

    static void AssertClose(double expected, double actual, double tolerance, double scale = 0) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(Math.Abs(expected), scale), $"expected {expected:R}, got {actual:R}");
}
