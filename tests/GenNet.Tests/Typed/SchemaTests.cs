using GenNet.Onnx;

namespace GenNet.Tests.Typed;

/// <summary>Weights belong to the features in their order: a file of others is refused, and says which differs.</summary>
public class SchemaTests
{
    [Fact]
    public void The_schema_has_all_that_numbers_mean()
    {
        Assert.Equal(
            "x[0] Yes, 0 or 1\nx[1..4] Colour, one of Red, Blue, Green\nx[4..7] Mood, one of Bad, Neutral, Good\nx[7..9] this, one of event, new",
            ChoicesNet.Architecture.InputSchema);
        Assert.Equal("y[0..3], one of Red, Blue, Green", ChoicesNet.Architecture.OutputSchema);
        Assert.Equal("x[0] X, scaled from -1…1 to 0…1\nx[1] Y, scaled from -1…1 to 0…1", RegionNet.Architecture.InputSchema);
        Assert.Equal("x[0..3] Beams[0..3], scaled from 0…30 to 0…1\nx[3..5] Tilt[0..2]\nx[5..9] Corners[0..2]\nx[5 + 2 * i] Corners[i].X\nx[6 + 2 * i] Corners[i].Y\n"
            + "x[9..12] Regions[0..1], one of Inside, Left, Right\nx[12] Raining, 0 or 1", ScanNet.Architecture.InputSchema);
    }

    [Fact]
    public void A_file_of_the_same_features_loads()
    {
        var net = new TurnedNet(2);
        using var file = Save(new TurnedNet(1));
        net.Load(file, "turned.safetensors");
        Assert.Equal(new TurnedNet(1).Hash(), net.Hash());
    }

    [Fact]
    public void Features_in_another_order_are_refused_and_named()
    {
        using var file = Save(new RegionNet(1));
        var net = new TurnedNet(2);
        var exception = Assert.Throws<InvalidDataException>(() => net.Load(file, "region.safetensors"));
        Assert.Equal("region.safetensors: it was written by a network of other features than TurnedNet: x[0] X, scaled from -1…1 to 0…1 in the file, but x[0] Y, scaled from -1…1 to 0…1 in the network. "
            + "Declare the types as they were, or pass checkSchema: false.", exception.Message);
        Assert.Equal(new TurnedNet(2).Hash(), net.Hash());

        file.Position = 0;
        net.Load(file, "region.safetensors", checkSchema: false);
        Assert.Equal(new RegionNet(1).Hash(), net.Hash());
    }

    /// <summary>A trunk stands on the features, a head does not.</summary>
    [Fact]
    public void What_fits_of_a_file_is_for_the_same_inputs_or_is_refused()
    {
        using var file = Save(new RegionNet(1));
        var net = new TurnedNet(2);
        var exception = Assert.Throws<InvalidDataException>(() => net.LoadMatching(file, "region.safetensors"));
        Assert.StartsWith("region.safetensors: it was written by a network of other features than TurnedNet: x[0] X,", exception.Message, StringComparison.Ordinal);
        Assert.Equal(new TurnedNet(2).Hash(), net.Hash());

        file.Position = 0;
        Assert.Equal(2, net.LoadMatching(file, "region.safetensors", name => name[0] == '0' ? null : name).Copied.Count);
        file.Position = 0;
        Assert.Empty(net.LoadMatching(file, "region.safetensors", checkSchema: false).Missing);

        // Other classes are another head.
        file.Position = 0;
        Assert.Empty(new OtherRegionNet(1).LoadMatching(file, "region.safetensors").Missing);
    }

    [Theory]
    [InlineData(typeof(RescaledNet), "x[1] Y, scaled from -1…1 to 0…1 in the file, but x[1] Y, standardised from mean 0, deviation 1 in the network")]
    [InlineData(typeof(OtherRegionNet), "y[0..3], one of Inside, Left, Right in the file, but y[0..3], one of Left, Inside, Right in the network")]
    public void Other_scales_and_classes_are_named(Type network, string difference)
    {
        using var file = Save(new RegionNet(1));
        var net = (INetwork)Activator.CreateInstance(network, 1UL)!;
        Assert.Contains(difference, Assert.Throws<InvalidDataException>(() => net.Load(file, "region.safetensors")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_knows_its_features()
    {
        var path = System.IO.Path.GetTempFileName();
        try
        {
            Checkpoint.Save(path, new RegionNet(1).CreateTrainer(new Sgd(0.1), 4));
            Checkpoint.Load(path, new RegionNet(2).CreateTrainer(new Sgd(0.1), 4));
            var exception = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(path, new TurnedNet(2).CreateTrainer(new Sgd(0.1), 4)));
            Assert.Contains("x[0] X, scaled", exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void An_ONNX_model_knows_its_features()
    {
        using var model = new MemoryStream();
        OnnxFile.Save(new RegionNet(1), model);
        model.Position = 0;
        var read = OnnxFile.Read(model, "region.onnx");
        Assert.Equal(RegionNet.Architecture.InputSchema, read.Architecture.InputSchema);
        var (same, turned) = (new RegionNet(2), new TurnedNet(2));
        read.CopyTo(same);
        var exception = Assert.Throws<InvalidDataException>(() => read.CopyTo(turned));
        Assert.StartsWith("region.onnx: it was written by a network of other features than TurnedNet: x[0] X", exception.Message, StringComparison.Ordinal);
        read.CopyTo(turned, checkSchema: false);
        Assert.Equal((same.Hash(), new RegionNet(1).Hash()), (turned.Hash(), same.Hash()));
    }

    [Fact]
    public void A_file_that_says_nothing_of_features_loads()
    {
        using var file = Save(new PlainRegionNet(1));
        var net = new RegionNet(2);
        net.Load(file, "plain.safetensors");
        Assert.Equal(new PlainRegionNet(1).Hash(), net.Hash());
    }

    static MemoryStream Save(INetwork network)
    {
        var file = new MemoryStream();
        network.Save(file);
        file.Position = 0;
        return file;
    }
}

public readonly record struct TurnedPoint([Scale(-1, 1)] float Y, [Scale(-1, 1)] float X);

public readonly record struct RescaledPoint([Scale(-1, 1)] float X, [Standardize(0, 1)] float Y);

public enum OtherRegion
{
    Left,
    Inside,
    Right,
}

[Network<TurnedPoint, Region>(16, Hidden = Activation.Tanh)]
public sealed partial class TurnedNet;

[Network<RescaledPoint, Region>(16, Hidden = Activation.Tanh)]
public sealed partial class RescaledNet;

[Network<Point, OtherRegion>(16, Hidden = Activation.Tanh)]
public sealed partial class OtherRegionNet;

[Network(2, 16, 3, Hidden = Activation.Tanh, Output = Activation.Softmax)]
public sealed partial class PlainRegionNet;
