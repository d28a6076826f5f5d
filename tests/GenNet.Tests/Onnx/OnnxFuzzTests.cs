using GenNet.Onnx;
using GenNet.Tests.Files;

namespace GenNet.Tests.Onnx;

public sealed class OnnxFuzzTests
{
    const string Name = "damaged.onnx";

    [Fact]
    public void Damaged_models_are_refused() => Refused(new EveryLayer(1), new EveryLayer(2));

    [Fact]
    public void Damaged_models_of_several_outputs_are_refused() => Refused(new FuzzedHeads(1), new FuzzedHeads(2));

    [Fact]
    public void Damaged_models_of_images_are_refused() => Refused(new FuzzedImages(1), new FuzzedImages(2));

    static void Refused(INetwork saved, INetwork network)
    {
        var good = Model.Of(saved).Bytes();
        Fuzzing.Run(good, new ModelMutator(good, seed: 20240301).Next, Name, file => OnnxFile.Load(network, file, Name), network.Hash);
    }
}
