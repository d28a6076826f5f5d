using GenNet.Interop;
using GenNet.Onnx;
using GenNet.Onnx.Schema;
using GenNet.Tests.Layers;
using GenNet.Tests.Reference;
using GenNet.Tests.Training;
using static GenNet.Tests.Onnx.Model;

namespace GenNet.Tests.Onnx;

/// <summary>Every kind of layer that goes step by step.</summary>
[Network]
[Sequence(6, 3)]
[Dense(4, Activation.Tanh)]
[LSTM(7)]
[LayerNorm]
[Dropout(0.1)]
[SimpleRNN(4)]
[BatchNorm]
[GRU(6, ResetAfter = false)]
[Dense(6, Activation.SiLU)]
[Residual(1)]
[LastStep]
[Dense(5, Activation.Softmax)]
sealed partial class Stepping;

/// <summary>Models whose states are inputs and outputs.</summary>
public sealed class OnnxStateTests
{
    const int Steps = 6, Samples = 4;

    static INetwork[] Networks => [Filled(new Stepping(1)), Filled(new Tagger(2)), Filled(new Tokens(3))];

    [FactNeeding(nameof(Peer.OnnxRuntime))]
    public void Another_runtime_steps_them_as_a_stream()
    {
        using var folder = new OnnxFolder();
        foreach (var network in Networks)
            folder.Add(network.Architecture.Name, network, Inputs(network), states: true);
        folder.Step(Steps);
        foreach (var network in Networks)
        {
            var (name, features, outputs) = (network.Architecture.Name, network.InputSize / Steps, network.OutputSize / network.Architecture.LabelSize);
            var (inputs, actual, states) = (Inputs(network), folder.Outputs(name), new NetworkState(network.Architecture, Samples));
            Assert.Equal(Steps * Samples * outputs, actual.Length);
            var expected = new float[Samples * outputs];
            for (var step = 0; step < Steps; step++)
            {
                float[] taken = [.. Enumerable.Range(0, Samples).SelectMany(sample => inputs.AsSpan((sample * Steps + step) * features, features).ToArray())];
                ((IStreamNetwork)network).ForwardBatch(taken, states, expected);
                Close.AssertEqual($"{name}, step {step}", [.. expected.Select(value => (double)value)], actual[(step * expected.Length)..((step + 1) * expected.Length)], 1e-5);
            }
        }
    }

    [FactNeeding(nameof(Peer.OnnxChecker))]
    public void They_pass_the_checker_of_ONNX()
    {
        using var folder = new OnnxFolder();
        foreach (var network in Networks)
            folder.Add(network.Architecture.Name, network, Inputs(network), states: true);
        folder.Check();
    }

    /// <summary>A network carries its states by itself, and a model with them is the network.</summary>
    [Fact]
    public void They_are_read_as_the_network()
    {
        foreach (var network in Networks)
        {
            var (plain, states) = (Written(network, states: false), Written(network, states: true));
            Assert.Equal(plain.Architecture.Schema, states.Architecture.Schema);
            var other = network.Clone();
            other.Parameters.CopyFrom(new float[other.Parameters.Length]);
            states.CopyTo(other);
            Assert.Equal(plain.Parameters.Span.ToArray(), states.Parameters.Span.ToArray());
            var (expected, actual) = (new float[Samples * network.OutputSize], new float[Samples * network.OutputSize]);
            network.ForwardBatch(Inputs(network), expected);
            other.ForwardBatch(Inputs(network), actual);
            Assert.Equal(expected, actual);
        }
    }

    /// <summary>States may come for all layers together, in either layout, and go out in any such form.</summary>
    [Theory]
    [InlineData(0, "hs = Identity(h)", "")]
    [InlineData(0, "hs = Slice(h, zero, one, zero)", "hn = Concat(yh, yh); o = Unsqueeze(yh, one)")]
    [InlineData(1, "hs = Transpose(h)", "o = Transpose(yh)")]
    public void Other_forms_of_states_are_read(int layout, string before, string behind)
    {
        var read = OnnxFile.Read(new MemoryStream(Stated(layout, before, behind).Bytes()), "model.onnx");
        Assert.Equal("GRU 5×3→5×2 reset before, Flatten 5×2→10", read.Architecture.Schema);
    }

    [Theory]
    [InlineData("hs = Tanh(h)", "", "its output \"yh\" is what node \"y\" (GRU) gives")]
    [InlineData("hs = Identity(h)", "o = Add(h, yh)", "node \"o\" (Add) takes what node \"y\" (GRU) gives")]
    public void What_computes_with_states_is_refused(string before, string behind, string fault) => Assert.Contains(
        fault, Assert.Throws<InvalidDataException>(() => OnnxFile.Read(new MemoryStream(Stated(0, before, behind).Bytes()), "model.onnx")).Message, StringComparison.Ordinal);

    [Fact]
    public void Networks_without_such_states_are_refused()
    {
        static void Refused(INetwork network, string fault) =>
            Assert.Contains(fault, Assert.Throws<NotSupportedException>(() => OnnxFile.Save(network, new MemoryStream(), states: true)).Message, StringComparison.Ordinal);
        Refused(new Networks.Xor(1), "Xor has no recurrent layer, so its model has no states");
        Refused(new TorchLSTMMean(1), "TorchLSTMMean's layer 2, ");
        Refused(new TorchConvGRU(1), "does not go step by step from the states of recurrent layers: write the model without states.");
    }

    /// <summary>A model of a GRU on [samples, 5, 3] or steps first, whose state comes from outside.</summary>
    static ModelProto Stated(int layout, string before, string behind)
    {
        var recurrent = Node("y = GRU(x, w3, r3, b3, , hs)", Int("hidden_size", 2), Int("layout", layout));
        recurrent.Output.Add("yh");
        NodeProto[] others = [.. behind.Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(text => Node(text, text.Contains("Transpose", StringComparison.Ordinal) ? [Ints("perm", 1, 0, 2)] : [Int("axis", 0)]))];
        var model = Imaged([], [Node(before, before.Contains("Transpose", StringComparison.Ordinal) ? [Ints("perm", 1, 0, 2)] : []), recurrent, .. others, Node("s = Squeeze(y)", Ints("axes", layout == 0 ? 1 : 2))])
            .With("w3", [1, 6, 3], new float[18]).With("r3", [1, 6, 2], new float[12]).With("b3", [1, 12], new float[12]);
        model.Graph.Initializer.Add([Integers("zero", 0), Integers("one", 1)]);
        var dims = model.Graph.Input[0].Type.TensorType.Shape.Dim;
        dims.Clear();
        dims.Add((layout == 0 ? new long[] { 5, 0, 3 } : [0, 5, 3]).Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        model.Graph.Input.Add(new ValueInfoProto { Name = "h" });
        model.Graph.Output.Add([.. others.Select(node => new ValueInfoProto { Name = node.Output[0] }), new ValueInfoProto { Name = "yh" }]);
        return model;
    }

    static OnnxModel Written(INetwork network, bool states)
    {
        var stream = new MemoryStream();
        OnnxFile.Save(network, stream, states: states);
        return OnnxFile.Read(new MemoryStream(stream.ToArray()), "model.onnx");
    }

    static INetwork Filled(INetwork network)
    {
        var random = new RandomStream(5);
        foreach (var tensor in network.Parameters.Tensors.Where(tensor => tensor.Kind != ParameterKind.Weight))
            tensor.CopyFrom([.. Enumerable.Range(0, tensor.Length).Select(_ => 0.5f + random.NextSingle())]);
        return network;
    }

    static float[] Inputs(INetwork network) => Indices.Put(network.Architecture, GenNet.Tests.Networks.TestNumbers.Create(Samples * network.InputSize, 3));
}
