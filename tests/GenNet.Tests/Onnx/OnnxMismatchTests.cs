using GenNet.Interop;
using GenNet.Onnx;
using GenNet.Tests.Files;
using GenNet.Tests.Networks;

namespace GenNet.Tests.Onnx;

/// <summary>Models of other networks: the message names the first thing that differs, and nothing is loaded.</summary>
public sealed class OnnxMismatchTests
{
    [Fact]
    public void Sizes() => AssertRefused(new WiderClassifier(1), new Classifier(1),
        "model.onnx: node \"layer1/Gemm\" (Gemm) is a dense layer with weights \"0.weight\" [21, 5], but expected is layer 1 of Classifier, "
        + "a dense layer with weights [20, 5] and the activation Tanh. Declare the layer with 21 units, or load a model that has 20 there.");

    [Fact]
    public void Inputs() => AssertRefused(new Turned(1), new Classifier(1),
        "is a dense layer with weights \"0.weight\" [5, 20]", "Declare 20 inputs for the layer, or load a model that has 5 there.");

    [Fact]
    public void Activations() => AssertRefused(new ReLUClassifier(1), new Classifier(1),
        "node \"layer1/Relu\" (Relu) gives the activation ReLU, but expected is layer 1 of Classifier", "Declare the layer with Activation.ReLU, or load a model that has Tanh there.");

    [Fact]
    public void A_layer_more() => AssertRefused(new DeeperClassifier(1), new Classifier(1),
        "node \"layer2/Tanh\" (Tanh) gives the activation Tanh, but expected is layer 2 of Classifier");

    [Fact]
    public void A_last_layer_more() => AssertRefused(new Classifier(1), new ShallowClassifier(1),
        "node \"layer2/Gemm\" (Gemm) is a dense layer with weights \"2.weight\" [3, 20], but ShallowClassifier ends before it. Add the layer to the declaration");

    [Fact]
    public void A_layer_less() => AssertRefused(new ShallowClassifier(1), new Classifier(1),
        "has 1 layers and ends where layer 2 of Classifier, a dense layer with weights [3, 20] and the activation Softmax, would follow.");

    [Fact]
    public void Kinds_of_layers() => AssertRefused(new TorchNormalized(1), new TorchMlp(1),
        "node \"layer3/Gemm\" (Gemm) is a dense layer with weights \"3.weight\" [8, 8], but expected is layer 2 of TorchMlp");

    [Fact]
    public void Normalisations() => AssertRefused(new TorchMlp(1), new TorchNormalized(1),
        "node \"layer1/Relu\" (Relu) gives the activation ReLU, but expected is layer 1 of TorchNormalized");

    [Fact]
    public void Epsilons() => AssertRefused(new TorchNormalized(1), new OtherEpsilon(1), "The model's ε is 0.001, the network's 1E-05. Declare that of the model");

    [Fact]
    public void Residual_connections() => AssertRefused(new NestedBlocks(1), new OtherBlocks(1),
        "node \"layer6/Residual\" (Add) is a residual connection, but expected is layer 5 of OtherBlocks", "In the model it goes around 3 layers, in the network around 2.");

    [Fact]
    public void Projections()
    {
        AssertRefused(new ThroughDense(1), new AroundDense(1), "is a residual connection through a dense layer with weights \"3.weight\" [4, 4], but expected is layer 3 of AroundDense", "Declare it with Projection = true, or load a model without.");
        AssertRefused(new AroundDense(1), new ThroughDense(1), "is a residual connection, but expected is layer 3 of ThroughDense, a residual connection around 2 layers through a dense layer with weights [4, 4] with", "Declare it without Projection, or load a model that has one.");
    }

    /// <summary>Of several strides that leave as many pixels a network has the smallest.</summary>
    [Fact]
    public void A_stride_of_a_projection_that_is_not_the_smallest()
    {
        var model = Model.Of(new ThroughPixels(1));
        var strides = model.Graph.Node.Single(node => node.Name == "layer2/Projection/Conv").Attribute.Single(attribute => attribute.Name == "strides").Ints;
        Assert.Equal([3, 3], strides);
        (strides[0], strides[1]) = (4, 4);
        AssertRefused(model.Bytes(), new ThroughPixels(2), "stride 4");
        var error = Assert.Throws<InvalidDataException>(() => OnnxFile.Read(new MemoryStream(model.Bytes()), "model.onnx"));
        Assert.Contains("stride 4", error.Message, StringComparison.Ordinal);
        Assert.Contains("on a residual connection; GenNet has a convolution with weights [3, 2, 1, 1] over 1×1 pixels of 5×5, stride 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_are_not_finite()
    {
        var model = Model.Of(new Classifier(1));
        model.Graph.Initializer[3].RawData = Model.Bytes(1, float.NegativeInfinity, 2);
        AssertRefused(model.Bytes(), new Classifier(2), "element 1 of a parameter of node \"layer2/Gemm\" (Gemm) is -Infinity. Weights are finite numbers.");
    }

    static void AssertRefused(INetwork saved, INetwork network, params string[] parts)
    {
        var stream = new MemoryStream();
        OnnxFile.Save(saved, stream);
        AssertRefused(stream.ToArray(), network, parts);
    }

    static void AssertRefused(byte[] model, INetwork network, params string[] parts)
    {
        var before = network.Hash();
        var error = Assert.Throws<InvalidDataException>(() => OnnxFile.Load(network, new MemoryStream(model), "model.onnx"));
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.Equal(before, network.Hash());
    }
}
