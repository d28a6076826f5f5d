using System.Numerics;
using System.Runtime.CompilerServices;
using GenNet.Tests.Networks;

namespace GenNet.Tests.Typed;

/// <summary>The elements of arrays are features and outputs, as many as the type says.</summary>
public class ArrayTests
{
    [Fact]
    public void Elements_are_features_in_their_order()
    {
        var features = new float[ScanNet.InputSize];
        Array.Fill(features, float.NaN);
        ScanNet.WriteFeatures(MakeScan(), features);
        Assert.Equal([0, 0.5f, 1, -1, 1, 1, 2, 3, 4, 1, 0, 0, 1], features);
        Assert.Equal(
            ["Beams[0]", "Beams[1]", "Beams[2]", "Tilt[0]", "Tilt[1]", "Corners[0].X", "Corners[0].Y", "Corners[1].X", "Corners[1].Y",
                "Regions[0].Inside", "Regions[0].Left", "Regions[0].Right", "Raining"],
            ScanNet.FeatureNames);
    }

    [Fact]
    public void An_array_of_another_length_is_refused_by_its_name()
    {
        var scan = MakeScan() with { Tilt = [1, 2, 3] };
        var exception = Assert.Throws<ArgumentException>(() => ScanNet.WriteFeatures(scan, new float[ScanNet.InputSize]));
        Assert.StartsWith("Scan.Tilt expects 2 elements, got 3.", exception.Message, StringComparison.Ordinal);
        exception = Assert.Throws<ArgumentException>(() => ScanNet.CreateDataset([(scan with { Tilt = null! }, default)]));
        Assert.StartsWith("Scan.Tilt expects 2 elements, got null.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_are_predicted()
    {
        var net = new PathNet(1);
        net.Layer1.Weights.CopyFrom(new float[PathNet.InputSize * PathNet.OutputSize]);
        float[] y = [1, 0.5f, 2.4f, 3, 4, 5, 6, 70000];
        net.Layer1.Biases.CopyFrom(y);
        var path = net.Predict(default);
        Assert.Equal((30, 15, 72), (path.Beams[0], path.Beams[1], path.Beams[2]));
        Assert.Equal([3, 4], path.Steps);
        Assert.Equal((new Vector2(5, 6), Half.MaxValue), (path.Points[0].Place, path.Points[0].Height));
        var data = PathNet.CreateDataset([(default, path)]);
        Assert.Equal([1, 0.5f, 2.4f, 3, 4, 5, 6, 65504], data.Targets.ToArray());
    }

    [Fact]
    public void Bools_of_an_array_have_a_probability_each()
    {
        var net = new KeysNet(1);
        var keys = net.Predict(0.25f, out var probabilities);
        Assert.Equal((probabilities._0 > 0.5f, probabilities._2 > 0.5f), (keys[0], keys[2]));
    }

    [Fact]
    public void Inline_arrays_allocate_nothing()
    {
        var (scan, keys, value) = (new ScanNet(1), new KeysNet(1), MakeScan());
        NetworkContractTests.AssertAllocatesNothing(() => scan.Predict(value));
        NetworkContractTests.AssertAllocatesNothing(() => keys.Predict(1, out _));
    }

    static Scan MakeScan()
    {
        var scan = new Scan { Tilt = [-1, 1], Raining = true };
        (scan.Beams[1], scan.Beams[2]) = (15, 30);
        (scan.Corners[0], scan.Corners[1]) = (new(1, 2), new(3, 4));
        return scan;
    }
}

[InlineArray(3)]
public struct Beams
{
    float _first;
}

[InlineArray(2)]
public struct Corners
{
    Vector2 _first;
}

[InlineArray(1)]
public struct Regions
{
    Region _first;
}

[InlineArray(3)]
public struct Bits
{
    bool _first;
}

public record struct Scan
{
    [Scale(0, 30)]
    public Beams Beams;

    [FixedLength(2)]
    public short[] Tilt;

    public Corners Corners;

    public Regions Regions;

    public bool Raining;
}

[Network<Scan, Region>(4)]
public sealed partial class ScanNet;

public struct Waypoint
{
    public Vector2 Place;

    public Half Height;
}

[InlineArray(1)]
public struct Waypoints
{
    Waypoint _first;
}

public struct Route
{
    [Scale(0, 30)]
    public Beams Beams;

    [FixedLength(2)]
    public int[] Steps;

    public Waypoints Points;
}

[Network<float, Route>]
public sealed partial class PathNet;

[Network<float, Bits>(4)]
public sealed partial class KeysNet;
