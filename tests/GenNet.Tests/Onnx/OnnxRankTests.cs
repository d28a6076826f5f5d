using GenNet.Onnx;
using GenNet.Onnx.Schema;
using GenNet.Tests.Reference;
using static GenNet.Tests.Onnx.Model;
using static GenNet.Tests.Onnx.NaiveGraph;

namespace GenNet.Tests.Onnx;

/// <summary>Every node on inputs of every rank, over every axis: what is loaded computes what the standard says, anything else is refused.</summary>
public sealed class OnnxRankTests
{
    static readonly int[][] Shapes = [[4], [1, 4], [4, 4], [3, 4], [1, 1, 4], [1, 4, 4], [2, 3, 4], [2, 4, 1], [1, 8, 4], [2, 4, 3, 4]];
    static readonly long[][] BiasShapes = [[], [1], [3], [1, 1], [1, 3], [3, 1], [2, 3], [1, 1, 1], [1, 1, 3], [1, 1, 1, 3]];

    [Fact]
    public void A_softmax_over_positions_is_not_one_over_features()
    {
        var model = Shaped([1, 1, 4], 13, Node("z = MatMul(x, w)"), Node("y = Softmax(z)", Int("axis", 1)));
        Assert.Equal([1, 1, 1], Run(model, new([1, 1, 4], [1, 2, 3, 4])).Values);
        var error = Assert.Throws<InvalidDataException>(() => OnnxFile.Read(new MemoryStream(model.Bytes()), "model.onnx"));
        Assert.Contains("node \"y\" (Softmax) has axis = 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_loaded_computes_what_the_standard_says()
    {
        var loaded = new Dictionary<string, int>();
        var wrong = new List<string>();
        foreach (var shape in Shapes)
            foreach (var opset in (long[])[7, 11, 13, 17])
                foreach (var (kind, model) in Models(shape, opset))
                {
                    var random = new RandomStream(7);
                    var input = new NDArray(shape, [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => (double)(float)random.NextNormal())]);
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
                    catch (InvalidDataException)
                    {
                        continue;
                    }
                    loaded[kind] = loaded.GetValueOrDefault(kind) + 1;
                    double[][] rows = [.. input.Values.Chunk(read.Architecture.InputSize)];
                    var actual = rows[^1].Length == read.Architecture.InputSize ? new NaiveModel(read.Architecture, read.Parameters).Outputs(rows).SelectMany(row => row).ToArray() : [];
                    if (actual.Length != expected.Length || expected.Zip(actual).Any(pair => Math.Abs(pair.First - pair.Second) > 1e-5))
                        wrong.Add($"[{string.Join(", ", shape)}], operator set {opset}: {string.Join("; ", model.Graph.Node.Select(Describe))} gives {string.Join(", ", expected.Take(4))}, read as {read.Architecture.Schema} it gives {string.Join(", ", actual.Take(4))}");
                }
        Assert.True(wrong.Count == 0, $"{wrong.Count} models:\n{string.Join('\n', wrong.Take(20))}");

        // None of the kinds is refused altogether.
        Assert.Equal(["batch", "biases", "flatten", "gemm", "gemm+add", "layer", "parts", "softmax"], loaded.Keys.Order());
    }

    [Fact]
    public void Numbers_are_added_to_every_unit()
    {
        Check("y = Gemm(x, w, b)", [], [1.5f, 1.5f, 1.5f]);
        Check("y = Gemm(x, w, b)", [1], [1.5f, 1.5f, 1.5f]);
        Check("z = MatMul(x, w); y = Add(b, z)", [], [1.5f, 1.5f, 1.5f]);
        Check("a = Gemm(x, w, b); y = Add(a, c)", [1, 1], [2.5f, 3.5f, 4.5f]);
        Check("z = MatMul(x, w); a = Add(z, b); d = Add(c, a); y = Add(d, c)", [1], [3.5f, 5.5f, 7.5f]);

        static void Check(string nodes, long[] shape, float[] biases)
        {
            var model = Create([.. nodes.Split("; ").Select(node => Node(node))]).With("w", [4, 3], new float[12]).With("b", shape, 1.5f).With("c", [3], 1, 2, 3);
            var read = OnnxFile.Read(new MemoryStream(model.Bytes()), "model.onnx");
            var values = new float[3];
            read.Parameters.Tensors[1].CopyTo(values);
            Assert.Equal(biases, values);
        }
    }

    static IEnumerable<(string Kind, ModelProto Model)> Models(int[] shape, long opset)
    {
        AttributeProto[][] axes = [[], .. Enumerable.Range(-4, 9).Select(axis => new[] { Int("axis", axis) })];
        foreach (var axis in axes)
        {
            yield return ("softmax", Shaped(shape, opset, Node("z = MatMul(x, w)"), Node("y = Softmax(z)", axis)));
            yield return ("layer", Shaped(shape, opset, Node("y = LayerNormalization(x, g, h)", axis)));
            yield return ("flatten", Shaped(shape, opset, Node("f = Flatten(x)", axis), Node("y = MatMul(f, f1)")));
            yield return ("flatten", Shaped(shape, opset, Node("z = MatMul(x, w)"), Node("f = Flatten(z)", axis), Node("y = MatMul(f, f2)")));
            foreach (var bias in BiasShapes)
            {
                yield return ("biases", Shaped(shape, opset, Node("z = MatMul(x, w)"), Node("a = Add(z, b)"), Node("y = Softmax(a)", axis)).With("b", bias, Numbers(bias, 5)));
                yield return ("gemm", Shaped(shape, opset, Node("z = Gemm(x, w, b)"), Node("y = Softmax(z)", axis)).With("b", bias, Numbers(bias, 5)));
                yield return ("gemm+add", Shaped(shape, opset, Node("z = Gemm(x, w)"), Node("a = Add(b, z)"), Node("y = Softmax(a)", axis)).With("b", bias, Numbers(bias, 5)));
            }
        }
        yield return ("batch", Shaped(shape, opset, Node("n = BatchNormalization(x, g, h, h, v)"), Node("y = MatMul(n, w)")));
        yield return ("batch", Shaped(shape, opset, Node("z = MatMul(x, s)"), Node("y = BatchNormalization(z, g, h, h, v)")));
        for (var axis = -4; axis < 5; axis++)
            yield return ("parts", Shaped(shape, opset,
                Node("m = ReduceMean(x)", Ints("axes", axis)), Node("d = Sub(x, m)"), Node("q = Pow(d, two)"), Node("e = ReduceMean(q)", Ints("axes", axis)),
                Node("p = Add(e, epsilon)"), Node("r = Sqrt(p)"), Node("n = Div(d, r)"), Node("t = Mul(n, g)"), Node("y = Add(t, h)")));
    }

    static ModelProto Shaped(int[] shape, long opset, params NodeProto[] nodes)
    {
        var model = Create(nodes);
        model.OpsetImport[0].Version = opset;
        model.Graph.Input[0].Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor { Shape = new TensorShapeProto { Dim = { shape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }) } } },
        };
        long flat = shape.Skip(1).Aggregate(1, (a, b) => a * b), flatOfProduct = flat / shape[^1] * 3;
        return model.With("w", [4, 3], Numbers([4, 3], 1)).With("s", [4, 4], Numbers([4, 4], 2)).With("g", [4], 0.5f, 1, 2, -1).With("h", [4], 1, 0.25f, -1, 3).With("v", [4], 1, 2, 0.5f, 4)
            .With("f1", [flat, 2], Numbers([flat, 2], 3)).With("f2", [flatOfProduct, 2], Numbers([flatOfProduct, 2], 4)).With("two", [], 2).With("epsilon", [], 1e-5f);
    }

    static float[] Numbers(long[] shape, ulong seed)
    {
        var random = new RandomStream(seed);
        return [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => (float)random.NextNormal())];
    }

    static string Describe(NodeProto node) => $"{node.Output[0]} = {node.OpType}({string.Join(", ", node.Input)}{string.Concat(node.Attribute.Select(attribute => $"; {attribute.Name} {attribute.I}"))})";
}
