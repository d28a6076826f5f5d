using System.Reflection;
using GenNet.Shared;
using GenNet.Tests.Networks;
using GenNet.Tests.Reference;

namespace GenNet.Tests.Onnx;

/// <summary>A network to write and read, and a batch for it.</summary>
sealed record OnnxSample(string Name, INetwork Network, float[] Inputs)
{
    /// <summary>The batch as the model takes it: images channel by channel, and sequences feature by feature where the first layer that goes along their steps has windows.</summary>
    public float[] ModelInputs => Model.Of(Network).Graph.Input[0].Type.TensorType.Shape.Dim is [_, { DimValue: var channels }, _, ..] sizes
        && (sizes.Count == 4 || Network.Architecture.Layers.FirstOrDefault(layer => layer is ConvolutionLayer or PoolLayer or ResidualLayer { Projection: ConvolutionLayer } or RecurrentLayer) is not (null or RecurrentLayer))
        ? [.. Inputs.Chunk(Network.InputSize).SelectMany(image => Enumerable.Range(0, image.Length).Select(i => image[i % (image.Length / channels) * channels + i / (image.Length / channels)]))]
        : Inputs;
}

/// <summary>Networks to write and read: each activation hidden and at the output, random ones, and each kind of layer.</summary>
static class OnnxNetworks
{
    const int Samples = 20;

    static readonly OptimizerSettings Optimizer = new(OptimizerKind.Sgd, 0.1);

    static readonly NetworkCase[] Cases =
    [
        .. Enum.GetValues<Activation>().Where(activation => activation != Activation.Softmax).Select(hidden => Dense(hidden, Activation.Identity)),
        .. Enum.GetValues<Activation>().Where(activation => activation != Activation.Identity).Select(output => Dense(Activation.Tanh, output)),
        .. Enumerable.Range(1, 3).Select(seed => RandomNetworks.Create((ulong)seed)),
    ];

    static readonly Lazy<GeneratedNetworks> Generated = new(() => new GeneratedNetworks(Cases));

    /// <summary>Random networks with recurrent layers.</summary>
    static readonly RandomModel[] Recurrent = [.. Enumerable.Range(1, 400).Select(seed => RandomModels.Create((ulong)seed)).Where(model => new[] { "[GRU(", "[LSTM(", "[SimpleRNN(", "[LastStep" }.Any(model.Declaration.Contains)).Take(60)];

    static readonly Lazy<Assembly> RecurrentAssembly = new(() => InMemoryCompiler.Load("using GenNet;\n" + RandomModels.Source(Recurrent)));

    public static IEnumerable<OnnxSample> All =>
    [
        .. Cases.Select(item => new OnnxSample(item.Name, Generated.Value.Create(item.Name), item.Inputs)),
        Random(new EveryLayer(1)),
        Random(new NestedBlocks(1)),
        Random(new Projections(1)),
        Random(new ProjectionsOfSteps(1)),
        Random(new EveryStep(1)),
        Random(new FlatSteps(1)),
        Random(new StepsToSteps(1)),
        Random(new Training.Tagger(1)),
        Random(new Training.Segmenter(1)),
        Random(new IndexedPixels(1)),
        .. Recurrent.Select(model => Random(InMemoryCompiler.Create(RecurrentAssembly.Value, model.Name, seed: 1))),
        .. OnnxHeadNetworks.All.Select(create => Random(create(1))),
        .. OnnxImageNetworks.All.Select(create => Random(create(1))),
        .. OnnxImageNetworks.References.Select(name => Random(OnnxImageNetworks.Reference(name))),
    ];

    static NetworkCase Dense(Activation hidden, Activation output) => RandomNetworks.Create(
        $"{hidden}Then{output}", [7, 13, 4], [hidden, output], Loss.Default, Optimizer, Samples, seed: 1, kinkMargin: 1e-6);

    /// <summary>With values that a mistake shows with where parameters start as zeros or ones.</summary>
    static OnnxSample Random(INetwork network)
    {
        var random = new RandomStream(1);
        foreach (var tensor in network.Parameters.Tensors.Where(tensor => tensor.Kind != ParameterKind.Weight))
            tensor.CopyFrom(Numbers(ref random, tensor.Length, 0.5f));
        return new OnnxSample(network.Architecture.Name, network, Indices.Put(network.Architecture, Numbers(ref random, Samples * network.InputSize, -2)));
    }

    static float[] Numbers(ref RandomStream random, int count, float lowest)
    {
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan())
            number = lowest + 2 * MathF.Abs(lowest) * random.NextSingle();
        return numbers;
    }
}
