using GenNet.Interop;
using GenNet.Onnx;
using GenNet.Tests.Reference;

namespace GenNet.Tests.Onnx;

/// <summary>Models that other programs read or wrote.</summary>
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
        foreach (var sample in OnnxNetworks.All)
            AssertClose(sample.Name, sample.Network, sample.Inputs, folder.Outputs(sample.Name));
    }

    [Fact]
    public void Models_that_PyTorch_exported_give_its_outputs()
    {
        foreach (var (name, create) in TorchModels.All)
        {
            var network = create();
            OnnxFile.Load(network, TorchSamples.Path($"{name}.onnx"));
            AssertClose(name, network, TorchModels.Inputs(network, TorchSamples.Floats($"{name}.in")), TorchSamples.Floats($"{name}.out"));
        }
    }

    [Fact]
    public void A_trained_network_comes_through_every_format_and_program()
    {
        var output = new StringWriter();
        Assert.True(RoundTrip.Run(output), output.ToString());
        Assert.Equal(7, output.ToString().TrimEnd().Split('\n').Length);
    }

    static OnnxFolder Folder()
    {
        var folder = new OnnxFolder();
        foreach (var sample in OnnxNetworks.All)
            folder.Add(sample.Name, sample.Network, sample.ModelInputs);
        return folder;
    }

    static void AssertClose(string name, INetwork network, float[] inputs, float[] expected)
    {
        var outputs = new float[inputs.Length / network.InputSize * network.OutputSize];
        network.ForwardBatch(inputs, outputs);
        Close.AssertEqual(name, Array.ConvertAll(expected, value => (double)value), outputs, 1e-5, zeros: expected.All(value => value == 0));
    }
}
