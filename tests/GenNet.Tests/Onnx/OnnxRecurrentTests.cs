using GenNet.Onnx;
using GenNet.Onnx.Schema;
using GenNet.Shared;
using GenNet.Tests.Reference;
using static GenNet.Tests.Onnx.Model;
using static GenNet.Tests.Onnx.NaiveGraph;

namespace GenNet.Tests.Onnx;

/// <summary>Recurrent layers in the forms that exporters and the standard have, read and written.</summary>
public sealed class OnnxRecurrentTests
{
    /// <summary>Random models: what is read computes what the standard says, and so does what is written of it.</summary>
    [Fact]
    public void What_is_read_computes_what_the_standard_says()
    {
        var (loaded, wrong) = (new SortedDictionary<string, int>(StringComparer.Ordinal), new List<string>());
        for (var seed = 1UL; seed <= 1500; seed++)
        {
            var (model, input, givesStepsFirst, forms) = new RandomRecurrentModel(seed).Create();
            var random = new RandomStream(seed);
            double[][] samples = [.. Enumerable.Range(0, 2).Select(_ => Enumerable.Range(0, input.Steps * input.Features).Select(_ => (double)(float)random.NextNormal()).ToArray())];
            NDArray x = new(input.Shape, [.. Enumerable.Range(0, 2 * samples[0].Length).Select(i => ValueOf(samples, input, i))]);
            var expected = Run(model, x);
            var rows = BySample(expected, givesStepsFirst);
            OnnxModel read;
            try
            {
                read = OnnxFile.Read(new MemoryStream(model.Bytes()), "model.onnx");
            }
            catch (InvalidDataException e)
            {
                wrong.Add($"{seed}, {string.Join(", ", forms)} is refused: {e.Message}\n{Described(model)}");
                continue;
            }
            foreach (var form in forms)
                loaded[form] = loaded.GetValueOrDefault(form) + 1;
            double[] actual = [.. new NaiveModel(read.Architecture, read.Parameters).Outputs(samples).SelectMany(row => row)];
            var written = Unpacked(Of(read));
            int[] sizes = [.. written.Graph.Input[0].Type.TensorType.Shape.Dim.Skip(1).Select(dimension => (int)dimension.DimValue)];
            var isTurned = written.Graph.Node.FirstOrDefault(node => node.OpType is "Conv" or "GRU" or "LSTM" or "RNN" or "ReduceMean")?.OpType == "Conv";
            var again = Run(written, new([2, .. sizes], [.. samples.SelectMany(sample => isTurned ? sample.Select((_, i) => sample[i % input.Steps * input.Features + i / input.Steps]) : sample)])).Values;
            if (Differ(rows, actual) || Differ(rows, again))
                wrong.Add($"{seed}: {Described(model)} gives {string.Join(", ", rows.Take(4))}, read as {read.Architecture.Schema} it gives {string.Join(", ", actual.Take(4))}, written again {string.Join(", ", again.Take(4))}");
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} models:\n{string.Join('\n', wrong.Take(10))}");
        Assert.Equal(RandomRecurrentModel.Forms.Order(StringComparer.Ordinal), loaded.Keys);
        Assert.All(loaded, form => Assert.InRange(form.Value, 8, int.MaxValue));
    }

    [Theory]
    [InlineData("y = GRU(x, w3, r3, b3)", "direction", "reverse", "node \"y\" (GRU) has direction = reverse: GenNet's recurrent layers go forward")]
    [InlineData("y = LSTM(x, w4, r4, b4)", "direction", "bidirectional", "takes what node \"y\" (LSTM) gives, with the axis of its directions: what can be read is Squeeze of that axis, of both directions Transpose and Reshape")]
    [InlineData("y = RNN(x, w1, r1, b1)", "activations", "Sigmoid", "has activations [Sigmoid], which GenNet's layer does not have")]
    [InlineData("y = LSTM(x, w4, r4, b4)", "activations", "Sigmoid Tanh Relu", "has activations [Sigmoid, Tanh, Relu], which GenNet's layer does not have")]
    [InlineData("y = LSTM(x, w4, r4, b4)", "clip", "3", "has clip = 3: GenNet's recurrent layers do not limit")]
    [InlineData("y = LSTM(x, w4, r4, b4)", "input_forget", "1", "has input_forget = 1, one gate for both")]
    [InlineData("y = LSTM(x, w4, r4, b4)", "layout", "2", "has layout = 2, which ONNX does not have")]
    [InlineData("y = LSTM(x, w4, r4, b4)", "layout", "1", "takes what node \"y\" (LSTM) gives, with the axis of its directions")]
    [InlineData("y = LSTM(x, w4, r4, b4)", "hidden_size", "3", "has hidden_size = 3, its weights are for 2.")]
    [InlineData("y = LSTM(x, w4, r4, b4, , , , p)", "hidden_size", "2", "has peephole weights (P)")]
    [InlineData("y = RNN(x, w1, r1, b1, lengths)", "hidden_size", "2", "has lengths of the sequences (sequence_lens)")]
    [InlineData("y = RNN(x, w1, r1, b1, x)", "hidden_size", "2", "has lengths of the sequences (sequence_lens)")]
    [InlineData("y = RNN(x, w1, r1, b1, , h)", "hidden_size", "2", "begins with a state (initial_h, initial_c) that is not constant zeros")]
    [InlineData("y = RNN(x, w1, r1, b1, , x)", "hidden_size", "2", "begins with a state (initial_h, initial_c) that is not constant zeros")]
    [InlineData("y = RNN(x, w3, r1, b1)", "hidden_size", "2", "tensor \"w3\" [1, 6, 3] should be [1, 2, 3].")]
    [InlineData("y = RNN(x, w1, r1, b3)", "hidden_size", "2", "tensor \"b3\" [1, 12] should be [1, 4].")]
    [InlineData("y = GRU(x, w1, r1, b1)", "linear_before_reset", "1", "tensor \"w1\" [1, 2, 3] should be [1, 6, 3].")]
    [InlineData("y = RNN(x, x, r1, b1)", "hidden_size", "2", "node \"y\" (RNN) is nothing that GenNet has a layer or activation for.")]
    [InlineData("y = RNN(w1, w1, r1, b1)", "hidden_size", "2", "takes \"w1\", which is not known to have three axes")]
    public void What_GenNet_has_no_layer_for_is_refused(string node, string attribute, string value, string fault)
    {
        var recurrent = Node(node, long.TryParse(value, out var number) ? attribute == "clip" ? Float(attribute, number) : Int(attribute, number) : attribute == "direction" ? Text(attribute, value) : Texts(attribute, value.Split(' ')));
        var error = Assert.Throws<InvalidDataException>(() => OnnxFile.Read(new MemoryStream(Stepped([5, 0, 3], recurrent, Node("s = Squeeze(y)", Ints("axes", 1)), LastOf("s", 0)).Bytes()), "model.onnx"));
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new long[] { 0, 0, 3 }, "s = Squeeze(y); l = Gather(s, last)", "takes one of a number of steps that the input leaves open; export the model with a fixed one.")]
    [InlineData(new long[] { 5, 3 }, "s = Squeeze(y); l = Gather(s, last)", "takes \"x\", which is not known to have three axes: a recurrent layer takes [steps, samples, features]")]
    [InlineData(new long[] { 5, 0, 4 }, "s = Squeeze(y); l = Gather(s, last)", "takes 3 values, the input \"x\" has 4.")]
    [InlineData(new long[] { 5, 0, 3 }, "s = Squeeze(y); l = Gather(s, first)", "takes step 0 of 5, counted from 0; GenNet has a layer for the last")]
    [InlineData(new long[] { 5, 0, 3 }, "s = Squeeze(y); f = Flatten(s)", "where other nodes have steps and samples the other way round")]
    [InlineData(new long[] { 5, 0, 3 }, "s = Squeeze(y); r = Relu(s)", "gives the activation ReLU of a layer of 2 simple recurrent Tanh units that goes through 5 steps of 3 features, which has none in GenNet")]
    [InlineData(new long[] { 5, 0, 3 }, "t = Tanh(y)", "node \"t\" (Tanh) takes what node \"y\" (RNN) gives, with the axis of its directions")]
    [InlineData(new long[] { 5, 0, 3 }, "z = RNN(x, w1, r1, b1, , yh); s = Squeeze(z)", "begins with what another recurrent layer gives")]
    [InlineData(new long[] { 5, 0, 3 }, "i = Identity(y)", "node \"i\" (Identity) takes what node \"y\" (RNN) gives, with the axis of its directions")]
    [InlineData(new long[] { 5, 0, 3 }, "", "its output \"y\" is what node \"y\" (RNN) gives, with the axis of its directions")]
    [InlineData(new long[] { 5, 0, 3 }, "s = Squeeze(yh)", "node \"s\" (Squeeze) takes what node \"y\" (RNN) gives, with the axis of its directions")]
    [InlineData(new long[] { 5, 0, 3 }, "s = Squeeze(y); a = MatMul(s, m); c = Add(a, yh)", "node \"c\" (Add) takes what node \"y\" (RNN) gives, with the axis of its directions")]
    public void What_is_made_of_steps_in_another_way_is_refused(long[] sizes, string nodes, string fault)
    {
        var recurrent = Node("y = RNN(x, w1, r1, b1)", Int("hidden_size", 2));
        recurrent.Output.Add("yh");
        NodeProto[] others = [.. nodes.Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(node => Node(node, node.Contains("Squeeze", StringComparison.Ordinal) ? [Ints("axes", 1)] : node.Contains("RNN", StringComparison.Ordinal) ? [Int("hidden_size", 2)] : []))];
        var error = Assert.Throws<InvalidDataException>(() => OnnxFile.Read(new MemoryStream(Stepped(sizes, [recurrent, .. others]).Bytes()), "model.onnx"));
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Sequence(5, 3)] [SimpleRNN(3)] [LastStep]", "Declare the layer with 2 units, or load a model that has 3 there.")]
    [InlineData("[Sequence(6, 3)] [SimpleRNN(2)] [LastStep]", "Declare sequences of 5 steps, or load a model of 6.")]
    [InlineData("[Sequence(5, 4)] [SimpleRNN(2)] [LastStep]", "Declare 3 inputs for the layer, or load a model that has 4 there.")]
    [InlineData("[Sequence(5, 3)] [SimpleRNN(2, Nonlinearity = Nonlinearity.ReLU)] [LastStep]", "is a layer of 2 simple recurrent Tanh units that goes through 5 steps of 3 features, but expected is layer 1 of Other, a layer of 2 simple recurrent ReLU units that goes through 5 steps of 3 features. Change the declaration to the model's layers")]
    [InlineData("[Sequence(5, 3)] [GRU(2)] [LastStep]", "but expected is layer 1 of Other, a layer of 2 GRU units that goes through 5 steps of 3 features.")]
    [InlineData("[Sequence(5, 3)] [SimpleRNN(2)] [Flatten]", "is a layer that takes the last of 5 steps, but expected is layer 2 of Other, one row of 5 positions.")]
    public void A_network_of_other_layers_is_told(string declaration, string fault)
    {
        var model = Stepped([5, 0, 3], Node("y = RNN(x, w1, r1, b1)", Int("hidden_size", 2)), Node("s = Squeeze(y)", Ints("axes", 1)), LastOf("s", 0));
        var network = InMemoryCompiler.Create(InMemoryCompiler.Load($"using GenNet;\n/// <summary>A test's network.</summary>\n[Network] {declaration} public partial class Other;"), "Other", 1);
        var hash = network.Hash();
        var error = Assert.Throws<InvalidDataException>(() => OnnxFile.Load(network, new MemoryStream(model.Bytes()), "model.onnx"));
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
        Assert.Equal(hash, network.Hash());
    }

    static NodeProto LastOf(string value, int axis) => Node($"l = Gather({value}, last)", Int("axis", axis));

    /// <summary>A model of two units on three features, whose input has the given axes.</summary>
    static ModelProto Stepped(long[] sizes, params NodeProto[] nodes)
    {
        var model = Imaged([], nodes).With("w1", [1, 2, 3], new float[6]).With("w3", [1, 6, 3], new float[18]).With("w4", [1, 8, 3], new float[24])
            .With("r1", [1, 2, 2], new float[4]).With("r3", [1, 6, 2], new float[12]).With("r4", [1, 8, 2], new float[16]).With("b1", [1, 4], new float[4]).With("b3", [1, 12], new float[12]).With("b4", [1, 16], new float[16])
            .With("p", [1, 6], 0, 0, 1, 0, 0, 0).With("h", [1, 1, 2], 0, 1).With("m", [2, 2], new float[4]);
        model.Graph.Input[0].Type.TensorType.Shape.Dim.Clear();
        model.Graph.Input[0].Type.TensorType.Shape.Dim.Add(sizes.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        model.Graph.Initializer.Add([new() { Name = "last", DataType = TensorProto.Types.DataType.Int64, Int64Data = { -1 } }, new() { Name = "first", DataType = TensorProto.Types.DataType.Int64, Int64Data = { 0 } }]);
        model.Graph.Initializer.Add(new TensorProto { Name = "lengths", DataType = TensorProto.Types.DataType.Int32, Dims = { 2 }, Int32Data = { 5, 4 } });
        return model;
    }

    /// <summary>A value of the input, whose axes come in some order.</summary>
    static double ValueOf(double[][] samples, RandomRecurrentModel.Input input, int i)
    {
        var (outer, middle, inner) = (i / (input.Shape[1] * input.Shape[2]), i / input.Shape[2] % input.Shape[1], i % input.Shape[2]);
        return input.IsStepsFirst ? samples[middle][outer * input.Features + inner] : input.IsFeaturesFirst ? samples[outer][inner * input.Features + middle] : samples[outer][middle * input.Features + inner];
    }

    /// <summary>What a model gives, sample by sample.</summary>
    static double[] BySample(NDArray output, bool isStepsFirst) => output.Rank == 3 && isStepsFirst
        ? [.. Enumerable.Range(0, output.Shape[1]).SelectMany(sample => Enumerable.Range(0, output.Shape[0]).SelectMany(step => output.Values.Chunk(output.Shape[2]).ElementAt(step * output.Shape[1] + sample)))]
        : output.Values;

    static bool Differ(double[] expected, double[] actual) => expected.Length != actual.Length || expected.Zip(actual, (a, b) => Math.Abs(a - b) > 1e-4 * Math.Max(1, Math.Abs(a))).Any(differs => differs);

    static string Described(ModelProto model) =>
        string.Join("; ", model.Graph.Node.Select(node => $"{string.Join(", ", node.Output)} = {node.OpType}({string.Join(", ", node.Input)}; {string.Join(", ", node.Attribute.Select(attribute => $"{attribute.Name} {attribute.I} {attribute.Ints}"))})"));
}
