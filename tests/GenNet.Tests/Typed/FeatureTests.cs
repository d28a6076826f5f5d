using System.Numerics;

namespace GenNet.Tests.Typed;

/// <summary>A value becomes the numbers that one would write by hand.</summary>
public class FeatureTests
{
    delegate void Writer<T>(in T value, Span<float> features);

    [Fact]
    public void Every_kind_of_number() => AssertFeatures(
        NumbersNet.WriteFeatures,
        new Numbers(-1, 2, -3, 4, -5, 6, -7, 8, -9, 10, (Half)1.5, 2.5f, -0.1, 1.25m),
        [-1, 2, -3, 4, -5, 6, -7, 8, -9, 10, 1.5f, 2.5f, -0.1f, 1.25f]);

    [Fact]
    public void The_limits_of_numbers() => AssertFeatures(
        NumbersNet.WriteFeatures,
        new Numbers(sbyte.MinValue, byte.MaxValue, short.MinValue, ushort.MaxValue, int.MinValue, uint.MaxValue, long.MinValue, ulong.MaxValue, -1, 1, Half.MaxValue, float.MaxValue, 1e30, 1e20m),
        [-128, 255, -32768, 65535, -2147483648f, 4294967296f, -9223372036854775808f, 18446744073709551616f, -1, 1, 65504, float.MaxValue, 1e30f, 1e20f]);

    [Fact]
    public void Scaled_numbers() => AssertFeatures(
        ScaledNumbersNet.WriteFeatures,
        new ScaledNumbers(127, 50, (Half)3, 1.25m, 1_700_000_025, 4),
        [1, -1, 0.75f, -1, 0.25f, 2.5f]);

    [Fact]
    public void Bools_and_enums_with_gaps_in_the_order_of_their_values()
    {
        // Yes; Red, Blue, Green; Bad, Neutral, Good; event, new
        AssertFeatures(ChoicesNet.WriteFeatures, new Choices(true, Colour.Red, Mood.Bad, @class.@event), [1, 1, 0, 0, 1, 0, 0, 1, 0]);
        AssertFeatures(ChoicesNet.WriteFeatures, new Choices(false, Colour.Green, Mood.Good, @class.@new), [0, 0, 0, 1, 0, 0, 1, 0, 1]);
        AssertFeatures(ChoicesNet.WriteFeatures, new Choices(false, Colour.Azure, Mood.Neutral, @class.@new), [0, 0, 1, 0, 0, 1, 0, 0, 1]);
        Assert.Equal(
            ["Yes", "Colour.Red", "Colour.Blue", "Colour.Green", "Mood.Bad", "Mood.Neutral", "Mood.Good", "this.event", "this.new"],
            ChoicesNet.FeatureNames);
    }

    [Fact]
    public void Properties_then_fields_without_what_is_static_hidden_computed_or_left_out()
    {
        AssertFeatures(MixedNet.WriteFeatures, new Mixed(5) { Field = 2.5f, Property = 3, Note = "no feature" }, [3, 2.5f, 0.25f, 9]);
        Assert.Equal(["Property", "Computed", "Field", "Constant"], MixedNet.FeatureNames);
    }

    [Fact]
    public void Structs_in_structs()
    {
        var inner = new Inner(5, "no feature", Colour.Blue);
        AssertFeatures(
            NestedNet.WriteFeatures,
            new Nested((1, true), new Vector3(2, 3, 4), inner, new Pair<Inner>(inner with { A = 6, C = Colour.Red }, inner with { A = 7, C = Colour.Green })),
            [1, 1, 2, 3, 4, 5, 0, 1, 0, 6, 1, 0, 0, 7, 0, 0, 1]);
        Assert.Equal(["Pair.Left", "Pair.Right", "Position.X"], NestedNet.FeatureNames.Take(3));
        Assert.Equal("Two.Second.C.Green", NestedNet.FeatureNames[^1]);
    }

    [Fact]
    public void A_value_that_is_its_only_feature()
    {
        AssertFeatures(CurveNet.WriteFeatures, 0.5f, [0.5f]);
        Assert.Equal(["float"], CurveNet.FeatureNames);
    }

    [Fact]
    public void Sizes_follow_from_the_types()
    {
        Assert.Equal((14, 1), (NumbersNet.InputSize, NumbersNet.OutputSize));
        Assert.Equal((9, 3), (ChoicesNet.InputSize, ChoicesNet.OutputSize));
        Assert.Equal((17, 2), (NestedNet.InputSize, NestedNet.OutputSize));
        Assert.Equal((2, 5 + 1), (PolarNet.InputSize, PolarNet.OutputSize));
        Assert.Equal((1, 3, 4), (NumbersNet.LayerCount, MixedNet.LayerCount, 1 + NestedNet.LayerCount));
    }

    [Fact]
    public void A_value_that_is_no_member_is_refused()
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => Features(ChoicesNet.WriteFeatures, new Choices(true, (Colour)3, default, @class.@new), 9));
        Assert.StartsWith("Choices.Colour is 3, which is no member of Colour.", exception.Message, StringComparison.Ordinal);
        Assert.Equal((Colour)3, exception.ActualValue);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Room_for_another_number_of_features_is_refused(int room)
    {
        var exception = Assert.Throws<ArgumentException>(() => RegionNet.WriteFeatures(default, new float[room]));
        Assert.StartsWith($"RegionNet.WriteFeatures expects room for 2 features, got {room}.", exception.Message, StringComparison.Ordinal);
    }

    static void AssertFeatures<T>(Writer<T> write, T value, float[] expected) => Assert.Equal(expected, Features(write, value, expected.Length));

    /// <summary>Into memory that held something else.</summary>
    static float[] Features<T>(Writer<T> write, T value, int size)
    {
        var features = new float[size];
        Array.Fill(features, float.NaN);
        write(in value, features);
        return features;
    }
}
