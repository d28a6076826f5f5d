using GenNet.Tests.Networks;

namespace GenNet.Tests.Typed;

/// <summary>A prediction is what the outputs of <c>Forward</c> mean.</summary>
public class PredictionTests
{
    [Fact]
    public void An_enum_is_the_member_of_the_largest_output()
    {
        var net = new RegionNet(1);
        var seen = new HashSet<Region>();
        foreach (var point in Points(500))
        {
            var y = Outputs(net, RegionNet.WriteFeatures, point);
            var region = net.Predict(point, out var probabilities);
            Assert.Equal((Region)Metrics.ArgMax(y), region);
            Assert.Equal(region, net.Predict(point));
            Assert.Equal(y, new[] { probabilities.Inside, probabilities.Left, probabilities.Right });
            Assert.Equal(y, Enum.GetValues<Region>().Select(value => probabilities[value]));
            seen.Add(region);
        }
        Assert.True(seen.Count > 1);
    }

    [Fact]
    public void Outputs_belong_to_members_in_the_order_of_their_values()
    {
        var net = new ChoicesNet(1);
        net.Layer2.Weights.CopyFrom(new float[3 * 4]);
        Colour[] ordered = [Colour.Red, Colour.Blue, Colour.Green];
        for (var i = 0; i < ordered.Length; i++)
        {
            net.Layer2.Biases.Clear();
            net.Layer2.Biases[i] = 1;
            Assert.Equal(ordered[i], net.Predict(new Choices(true, Colour.Red, default, @class.@new), out var probabilities));
            Assert.True(probabilities[ordered[i]] > 0.5f);
        }
    }

    [Fact]
    public void A_bool_is_whether_its_probability_is_more_than_half()
    {
        var net = new InsideNet(1);
        var seen = new HashSet<bool>();
        foreach (var point in Points(500))
        {
            var y = Outputs(net, InsideNet.WriteFeatures, point);
            var inside = net.Predict(point, out var probability);
            Assert.Equal(y[0], probability);
            Assert.Equal(y[0] > 0.5f, inside);
            Assert.Equal(inside, net.Predict(point));
            seen.Add(inside);
        }
        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public void Bools_have_a_probability_each()
    {
        var net = new SidesNet(2);
        foreach (var point in Points(100))
        {
            var y = Outputs(net, SidesNet.WriteFeatures, point);
            var sides = net.Predict(point, out var probabilities);
            Assert.Equal(y, new[] { probabilities.Left, probabilities.Vertical_Up });
            Assert.Equal((y[0] > 0.5f, y[1] > 0.5f), (sides.Left, sides.Vertical.Up));
        }
    }

    [Fact]
    public void Numbers_come_in_their_natural_units()
    {
        // What comes out is the biases alone.
        var net = new PolarNet(1);
        net.Layer2.Weights.CopyFrom(new float[6 * 24]);
        float[] biases = [0.503f, -0.5f, 2.5f, 0.75f, 1, 254.6f];
        net.Layer2.Biases.CopyFrom(biases);
        var polar = net.Predict(new Point(0.1f, 0.2f));
        Assert.Equal(101, polar.Centimetres);
        Assert.Equal(-45, polar.Degrees);
        Assert.Equal(2.5m, polar.Area);
        Assert.Equal((Half)0.75, polar.Half);
        Assert.Equal(255, polar.Rounded.Byte);
        Assert.Equal(15, polar.Rounded.SByte);
    }

    [Fact]
    public void Integers_end_at_their_limits()
    {
        var net = new PolarNet(1);
        net.Layer2.Weights.CopyFrom(new float[6 * 24]);
        float[] biases = [1e30f, 0, 0, 0, 1000, -20];
        net.Layer2.Biases.CopyFrom(biases);
        var polar = net.Predict(default);
        Assert.Equal((int.MaxValue, 0, sbyte.MaxValue), (polar.Centimetres, polar.Rounded.Byte, polar.Rounded.SByte));
    }

    [Fact]
    public void Tuples_are_made()
    {
        var net = new TupleNet(1);
        net.Layer1.Weights.CopyFrom([1, 0, 0, 1, 2, 2]);
        Assert.Equal((0.25, new Halves((1, 2.5f))), net.Predict((0.25f, true)));
    }

    [Theory]
    [InlineData(float.NaN, "RegionNet.Predict: Y is NaN. Give it a finite number.")]
    [InlineData(float.PositiveInfinity, "RegionNet.Predict: Y is ∞. Give it a finite number.")]
    public void A_feature_that_is_not_finite_is_named(float value, string message)
    {
        var exception = Assert.Throws<NotFiniteNumberException>(() => new RegionNet(1).Predict(new Point(0, value)));
        Assert.Equal(message.Replace("∞", float.PositiveInfinity.ToString(), StringComparison.Ordinal), exception.Message);
    }

    [Fact]
    public void An_output_that_is_not_finite_is_no_prediction()
    {
        var net = new InsideNet(1);
        net.Layer2.Biases[0] = float.NaN;
        var exception = Assert.Throws<NotFiniteNumberException>(() => net.Predict(new Point(0, 0)));
        Assert.Equal("InsideNet.Predict: output 0 is NaN. Check the weights, and scale the features.", exception.Message);
    }

    [Fact]
    public void Predict_allocates_nothing()
    {
        var (region, inside, sides, polar, choices) = (new RegionNet(1), new InsideNet(1), new SidesNet(1), new PolarNet(1), new ChoicesNet(1));
        var point = new Point(0.5f, -0.25f);
        var choice = new Choices(true, Colour.Red, Mood.Good, @class.@event);
        NetworkContractTests.AssertAllocatesNothing(() => region.Predict(point, out _));
        NetworkContractTests.AssertAllocatesNothing(() => inside.Predict(point));
        NetworkContractTests.AssertAllocatesNothing(() => sides.Predict(point));
        NetworkContractTests.AssertAllocatesNothing(() => polar.Predict(point));
        NetworkContractTests.AssertAllocatesNothing(() => choices.Predict(choice));
    }

    delegate void Writer<T>(in T value, Span<float> features);

    static float[] Outputs(INetwork network, Writer<Point> write, Point point)
    {
        var (x, y) = (new float[2], new float[network.OutputSize]);
        write(in point, x);
        network.Forward(x, y);
        return y;
    }

    static IEnumerable<Point> Points(int count)
    {
        var random = new RandomStream(3);
        for (var i = 0; i < count; i++)
            yield return new Point(4 * random.NextSingle() - 2, 4 * random.NextSingle() - 2);
    }
}
