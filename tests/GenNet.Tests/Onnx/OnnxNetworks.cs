using GenNet.Tests.Networks;
using GenNet.Tests.Reference;

namespace GenNet.Tests.Onnx;

/// <summary>Networks to write and read: each activation hidden and at the output, and random ones.</summary>
static class OnnxNetworks
{
    static readonly OptimizerSettings Optimizer = new(OptimizerKind.Sgd, 0.1);

    public static readonly IReadOnlyList<NetworkCase> Cases =
    [
        .. Enum.GetValues<Activation>().Where(activation => activation != Activation.Softmax).Select(hidden => Create(hidden, Activation.Identity)),
        .. Enum.GetValues<Activation>().Where(activation => activation != Activation.Identity).Select(output => Create(Activation.Tanh, output)),
        .. Enumerable.Range(1, 20).Select(seed => RandomNetworks.Create((ulong)seed)),
    ];

    static readonly Lazy<GeneratedNetworks> Generated = new(() => new GeneratedNetworks(Cases));

    /// <summary>The network with the weights of its case.</summary>
    public static INetwork Create(NetworkCase item) => Generated.Value.Create(item.Name);

    static NetworkCase Create(Activation hidden, Activation output) => RandomNetworks.Create(
        $"{hidden}Then{output}", [7, 13, 4], [hidden, output], Loss.Default, Optimizer, 20, seed: 1, kinkMargin: 1e-6);
}
