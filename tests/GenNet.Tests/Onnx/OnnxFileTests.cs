using GenNet.Onnx;

namespace GenNet.Tests.Onnx;

/// <summary>Models written and read here.</summary>
public sealed class OnnxFileTests
{
    [Fact]
    public void What_is_written_can_be_loaded_bit_by_bit()
    {
        foreach (var item in OnnxNetworks.Cases)
        {
            var network = OnnxNetworks.Create(item);
            var file = Written(network);
            var other = OnnxNetworks.Create(item);
            other.Parameters.Clear();
            Assert.NotEqual(network.Hash(), other.Hash());
            OnnxFile.Load(other, new MemoryStream(file), "model.onnx");
            Assert.Equal(network.Hash(), other.Hash());
            Assert.Equal(file, Written(other));
        }
    }

    static byte[] Written(INetwork network)
    {
        var stream = new MemoryStream();
        OnnxFile.Save(network, stream);
        return stream.ToArray();
    }
}
