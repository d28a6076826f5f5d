using GenNet.Interop;
using GenNet.Tests.Reference;

namespace GenNet.Tests.Onnx;

/// <summary>Models as other programs see them.</summary>
public sealed class OnnxInteropTests
{
    [FactNeeding(nameof(Peer.OnnxChecker))]
    public void Every_model_passes_the_checker_of_ONNX()
    {
        using var folder = Folder();
        folder.Check();
    }

    [FactNeeding(nameof(Peer.OnnxRuntime))]
    public void Every_model_gives_the_outputs_of_Forward_in_another_runtime()
    {
        using var folder = Folder();
        folder.Run();
        foreach (var item in OnnxNetworks.Cases)
        {
            var network = OnnxNetworks.Create(item);
            var expected = new float[item.Samples * network.OutputSize];
            network.ForwardBatch(item.Inputs, expected);
            Close.AssertEqual(item.Name, Array.ConvertAll(expected, value => (double)value), folder.Outputs(item.Name), 1e-5, zeros: expected.All(value => value == 0));
        }
    }

    static OnnxFolder Folder()
    {
        var folder = new OnnxFolder();
        foreach (var item in OnnxNetworks.Cases)
            folder.Add(item.Name, OnnxNetworks.Create(item), item.Inputs);
        return folder;
    }
}
