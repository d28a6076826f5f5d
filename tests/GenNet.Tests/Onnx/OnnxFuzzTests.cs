using GenNet.Onnx;
using GenNet.Tests.Files;

namespace GenNet.Tests.Onnx;

public sealed class OnnxFuzzTests
{
    [Fact]
    public void Damaged_models_are_refused()
    {
        const string Name = "damaged.onnx";
        var (good, network) = (Model.Of(new EveryLayer(1)).Bytes(), new EveryLayer(2));
        Fuzzing.Run(good, new ModelMutator(good, seed: 20240301).Next, Name, file => OnnxFile.Load(network, file, Name), network.Hash);
    }
}
