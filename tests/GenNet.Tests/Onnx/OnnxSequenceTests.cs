using GenNet.Onnx;
using GenNet.Onnx.Schema;
using GenNet.Shared;
using GenNet.Tests.Reference;
using static GenNet.Tests.Onnx.Model;
using static GenNet.Tests.Onnx.NaiveGraph;

namespace GenNet.Tests.Onnx;

/// <summary>Networks along the steps of sequences, written and read.</summary>
public sealed class OnnxSequenceTests
{
    /// <summary>What GenNet has no layer for.</summary>
    static readonly string[] Reasons =
    [
        "SAME_LOWER, which puts an odd row or column before the image", "GenNet pads alike above and below", "adds zeros around a sequence, which in GenNet a convolution", "(Softmax) has axis = 2", "(Softmax) takes [samples, ",
        "; a network gives one row for each sample: end the model", "has the values of an image channel by channel; a network gives them", "has none in GenNet: put it before",
    ];

    /// <summary>Random models, in the operators and forms that exporters choose: what is read computes what the standard says, anything else is refused.</summary>
    [Fact]
    public void What_is_read_computes_what_the_standard_says()
    {
        var (loaded, refused, wrong) = (new SortedDictionary<string, int>(), 0, new List<string>());
        for (var seed = 1UL; seed <= 2000; seed++)
        {
            var (model, shape, forms) = new RandomSequenceModel(seed).Create();
            var random = new RandomStream(seed);
            var input = new NDArray([2, .. shape], [.. Enumerable.Range(0, 2 * shape[0] * shape[1]).Select(_ => (double)(float)random.NextNormal())]);
            double[] expected;
            try
            {
                expected = Run(model, input).Values;
            }
            catch (ArgumentException)
            {
                continue; // The standard does not allow it, so no runtime runs it.
            }
            OnnxModel read;
            try
            {
                read = OnnxFile.Read(new MemoryStream(model.Bytes()), "model.onnx");
            }
            catch (InvalidDataException e)
            {
                refused++;
                if (!Reasons.Any(reason => e.Message.Contains(reason, StringComparison.Ordinal)))
                    wrong.Add($"{seed}, [{string.Join(", ", shape)}] with {string.Join(", ", forms)} is refused: {e.Message}");
                continue;
            }
            foreach (var form in forms)
                loaded[form] = loaded.GetValueOrDefault(form) + 1;
            double[][] samples = [.. input.Values.Chunk(input.Values.Length / 2).Select(sequence => forms.Contains("features last") ? sequence : ByStep(sequence, shape[0]))];
            double[] actual = [.. new NaiveModel(read.Architecture, read.Parameters).Outputs(samples).SelectMany(row => row)];
            var isWrong = Differ(expected, actual);

            // What is written of it computes the same, and takes features first.
            var written = Unpacked(Of(read));
            int[] sizes = [.. written.Graph.Input[0].Type.TensorType.Shape.Dim.Skip(1).Select(dimension => (int)dimension.DimValue)];
            Assert.Equal(2, sizes.Length);
            var again = Run(written, new([2, .. sizes], [.. samples.SelectMany(sequence => ByStep(sequence, sequence.Length / sizes[0]))])).Values;
            if (isWrong || Differ(expected, again))
                wrong.Add($"{seed}, [{string.Join(", ", shape)}]: {string.Join("; ", model.Graph.Node.Select(node => $"{node.Output[0]} = {node.OpType}({string.Join(", ", node.Input)}; {string.Join(", ", node.Attribute.Select(attribute => $"{attribute.Name} {attribute.I} {attribute.Ints} {attribute.S.ToStringUtf8()}"))})"))} "
                    + $"gives {string.Join(", ", expected.Take(4))}, read as {read.Architecture.Schema} it gives {string.Join(", ", actual.Take(4))}, written again {string.Join(", ", again.Take(4))}");
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} models:\n{string.Join('\n', wrong.Take(10))}");

        // Every form is read, and what is refused is what GenNet does not have.
        Assert.Equal(RandomSequenceModel.Forms.Order(StringComparer.Ordinal), loaded.Keys.Order(StringComparer.Ordinal));
        Assert.All(loaded, form => Assert.InRange(form.Value, 3, int.MaxValue));
        Assert.InRange(refused, 50, 1200);
    }

    [Theory]
    [InlineData("y = Conv(x, w)", "strides", new long[] { 1, 2 }, "has strides [1, 1, 2]")]
    [InlineData("y = Conv(x, w)", "strides", new long[] { 0 }, "has strides [1, 0]")]
    [InlineData("y = Conv(x, w)", "pads", new long[] { 1, 1, 1, 1 }, "has pads [0, 1, 1, 0, 1, 1], an image has four")]
    [InlineData("y = Conv(x, w)", "pads", new long[] { 1 }, "has pads [0, 0, 1], an image has four")]
    [InlineData("y = Conv(x, w)", "pads", new[] { 1L << 40, 0 }, "has pads")]
    [InlineData("y = Conv(x, w)", "kernel_shape", new long[] { 3 }, "has kernel_shape [1, 3], the kernel is [1, 2].")]
    [InlineData("y = Conv(x, w)", "dilations", new long[] { 9 }, "does not fit 1×5 pixels")]
    [InlineData("y = Conv(x, w4)", "strides", new long[] { 1 }, "should be [filters, channels, height, width]")]
    [InlineData("y = MaxPool(x)", "kernel_shape", new long[] { 2, 2 }, "windows of 3")]
    [InlineData("y = ConvTranspose(x, w)", "strides", new long[] { 1 }, "takes a value of 3 axes")]
    [InlineData("c = Conv(x, w); y = MatMul(c, w2)", "strides", new long[] { 1 }, "takes a value of 3 axes")]
    [InlineData("c = Conv(x, w); y = Tanh(c)", "strides", new long[] { 1 }, "its output \"y\" is an image, [samples, 3, 1, 4]; a network gives one row for each sample")]
    [InlineData("c = Conv(x, w); y = Flatten(c)", "strides", new long[] { 1 }, "has the values of an image channel by channel")]
    public void What_GenNet_has_no_layer_for_is_refused(string nodes, string attribute, long[] values, string fault)
    {
        var model = Imaged([2, 5], [.. nodes.Split("; ").Select(node => Node(node, [Ints(attribute, values)]))])
            .With("w", [3, 2, 2], new float[12]).With("w2", [3, 2], new float[6]).With("w4", [3, 2, 1, 2], new float[12]);
        var error = Assert.Throws<InvalidDataException>(() => OnnxFile.Read(new MemoryStream(model.Bytes()), "model.onnx"));
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    /// <summary>A model that says features last and one that says them first load into the same network.</summary>
    [Fact]
    public void A_network_loads_a_model_of_either_order()
    {
        var network = InMemoryCompiler.Create(InMemoryCompiler.Load("using GenNet;\n/// <summary>A test's network.</summary>\n[Network] [Sequence(5, 2)] [Conv1D(3, 2, Activation.Tanh)] [Flatten] [Dense(2)] public partial class Either;"), "Either", 1);
        float[] weights = [.. Enumerable.Range(0, 12).Select(i => (i - 6) / 8f)], dense = [.. Enumerable.Range(0, 24).Select(i => (i - 12) / 9f)];
        ModelProto Made(long[] sizes, params string[] nodes) => Imaged(sizes, [.. nodes.Select(node => Node(node, node.Contains("Transpose", StringComparison.Ordinal) ? [Ints("perm", 0, 2, 1)] : node.Contains("Gemm", StringComparison.Ordinal) ? [Int("transB", 1)] : []))])
            .With("w", [3, 2, 2], weights).With("d", [2, 12], dense);
        double[] input = [.. Enumerable.Range(0, 10).Select(i => Math.Sin(i))];
        foreach (var (model, values, shape) in new[]
        {
            (Made([2, 5], "c = Conv(x, w)", "a = Tanh(c)", "f = Flatten(a)", "y = Gemm(f, d)"), input, new[] { 1, 2, 5 }),
            (Made([5, 2], "t = Transpose(x)", "c = Conv(t, w)", "a = Tanh(c)", "f = Flatten(a)", "y = Gemm(f, d)"), ByStep(input, 2), [1, 5, 2]),
        })
        {
            OnnxFile.Load(network, new MemoryStream(model.Bytes()), "model.onnx");
            var output = new float[2];
            network.Forward([.. ByStep(input, 2).Select(value => (float)value)], output);
            Close.AssertEqual("outputs", Run(model, new(shape, values)).Values, output, 1e-5);
        }
    }

    /// <summary>A sequence that has feature by feature, step by step.</summary>
    static double[] ByStep(double[] sequence, int features) => [.. sequence.Select((_, i) => sequence[i % features * (sequence.Length / features) + i / features])];

    static bool Differ(double[] expected, double[] actual) => expected.Length != actual.Length || expected.Zip(actual, (a, b) => Math.Abs(a - b) > 1e-4 * Math.Max(1, Math.Abs(a))).Any(differs => differs);
}
