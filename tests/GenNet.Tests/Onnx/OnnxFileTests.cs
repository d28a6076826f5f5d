using GenNet.Onnx;
using GenNet.Tests.Files;

namespace GenNet.Tests.Onnx;

/// <summary>Models written and read here.</summary>
public sealed class OnnxFileTests : TestFolder
{
    [Fact]
    public void What_is_written_can_be_loaded_bit_by_bit()
    {
        foreach (var (name, network, _) in OnnxNetworks.All)
        {
            var file = Written(network);
            var hash = network.Hash();
            network.Parameters.Clear();
            Assert.NotEqual(hash, network.Hash());
            OnnxFile.Load(network, new MemoryStream(file), name);
            Assert.Equal(hash, network.Hash());
            Assert.Equal(file, Written(network));
        }
    }

    [Fact]
    public void A_model_can_be_read_without_a_network_and_written_again()
    {
        var network = new EveryLayer(1);
        OnnxFile.Save(network, Path("first.onnx"));
        Assert.Equal(["first.onnx"], Directory.GetFiles(Folder).Select(System.IO.Path.GetFileName));
        var model = OnnxFile.Read(Path("first.onnx"));
        Assert.Equal("GenNet 0.1.0", model.Producer);
        Assert.Equal(OnnxFile.Opset, model.Opset);
        Assert.Equal(
            EveryLayer.Architecture.Schema.Replace("Dropout 9→9 Identity, ", "", StringComparison.Ordinal).Replace("over 3", "over 2", StringComparison.Ordinal),
            model.Architecture.Schema);

        OnnxFile.Save(model.Architecture, model.Parameters, Path("second.onnx"));
        network.Parameters.Clear();
        OnnxFile.Load(network, Path("second.onnx"));
        Assert.Equal(new EveryLayer(1).Hash(), network.Hash());
    }

    [Fact]
    public void Weights_that_are_not_finite_are_not_written()
    {
        var network = new Classifier(1);
        OnnxFile.Save(network, Path("net.onnx"));
        var before = File.ReadAllBytes(Path("net.onnx"));
        network.Layer2.Weights[1, 7] = float.NaN;
        var error = Assert.Throws<InvalidOperationException>(() => OnnxFile.Save(network, Path("net.onnx")));
        Assert.Contains("Element 27 of Classifier's 2.weight [3, 20] is NaN", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Path("net.onnx")));
    }

    static byte[] Written(INetwork network)
    {
        var stream = new MemoryStream();
        OnnxFile.Save(network, stream);
        return stream.ToArray();
    }
}
