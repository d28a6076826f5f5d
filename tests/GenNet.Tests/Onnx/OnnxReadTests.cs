using GenNet.Onnx;
using GenNet.Onnx.Schema;
using static GenNet.Onnx.Schema.TensorProto.Types;
using static GenNet.Tests.Onnx.Model;

namespace GenNet.Tests.Onnx;

/// <summary>The forms in which exporters write layers, and models that are no networks.</summary>
public sealed class OnnxReadTests
{
    static NodeProto Product => Node("z = MatMul(x, w)");

    [Fact]
    public void Weights_may_be_transposed_in_any_way()
    {
        float[] expected = [1, 2, 3, 4, 5, 6];
        Check(Create(Node("z = Gemm(x, w, b)", Int("transB", 1))).With("w", [3, 2], expected));
        Check(Create(Node("z = Gemm(x, w, b)")).With("w", [2, 3], 1, 3, 5, 2, 4, 6));
        Check(Create(Product, Node("y = Add(z, b)")).With("w", [2, 3], 1, 3, 5, 2, 4, 6));
        Check(Create(Product, Node("y = Add(b, z)")).With("w", [2, 3], 1, 3, 5, 2, 4, 6));
        Check(Create(Node("t = Transpose(w)", Ints("perm", 1, 0)), Node("z = MatMul(x, t)"), Node("y = Add(z, b)")).With("w", [3, 2], expected));
        Check(Create(Node("t = Transpose(w)"), Node("u = Transpose(t)"), Node("z = Gemm(x, u, b)", Int("transB", 1))).With("w", [3, 2], expected));

        void Check(ModelProto model)
        {
            var read = Read(model.With("b", [3], 7, 8, 9));
            Assert.Equal("Dense 2→3 Identity", read.Architecture.Schema);
            Assert.Equal(expected, Values(read, 0));
            Assert.Equal([7, 8, 9], Values(read, 1));
        }
    }

    [Fact]
    public void Biases_may_be_missing()
    {
        Assert.Equal([0, 0, 0], Values(Read(Create(Product).With("w", [2, 3], new float[6])), 1));
        Assert.Equal([0, 0, 0], Values(Read(Create(Node("z = Gemm(x, w)")).With("w", [2, 3], new float[6])), 1));
    }

    [Fact]
    public void Constants_may_be_nodes_and_weights_inputs()
    {
        var model = Create(Node("w = Constant()", Tensor("value", Model.Tensor("", [2, 3], 1, 2, 3, 4, 5, 6))), Product);
        model.Graph.Node[0].Input.Clear();
        Assert.Equal([1, 4, 2, 5, 3, 6], Values(Read(model), 0));

        model = Create(Product).With("w", [2, 3], 1, 2, 3, 4, 5, 6);
        model.Graph.Input.Insert(0, new ValueInfoProto { Name = "w" });
        Assert.Equal([1, 4, 2, 5, 3, 6], Values(Read(model), 0));
    }

    [Fact]
    public void Nodes_that_do_nothing_in_inference_are_passed_over()
    {
        var dropout = Node("d = Dropout(z)");
        dropout.Output.Add("mask");
        var model = Create(Node("f = Flatten(x)"), Node("z = MatMul(f, w)"), dropout, Node("i = Identity(d)"), Node("y = Relu(i)")).With("w", [2, 3], new float[6]);
        Assert.Equal("Dense 2→3 ReLU", Read(model).Architecture.Schema);
    }

    [Fact]
    public void A_dropout_that_drops_or_may_drop_is_refused()
    {
        TensorProto no = Truth(0), noAsNumber = new() { Name = "training", DataType = DataType.Bool, Int32Data = { 0 } };
        Assert.Equal("Dense 2→3 Identity", Read(Dropping(no)).Architecture.Schema);
        Assert.Equal("Dense 2→3 Identity", Read(Dropping(noAsNumber)).Architecture.Schema);
        Refused("(Dropout) is in training mode; export the model for inference", Dropping(Truth(1)));
        Refused("(Dropout) is in training mode", Dropping(Truth()));
        Refused("(Dropout) is in training mode", Create(Node("z = MatMul(x, w)"), Node("t = Not(z)"), Node("y = Dropout(z, half, t)")).With("w", [2, 3], new float[6]).With("half", [], 0.5f));

        static TensorProto Truth(params byte[] bytes) => new() { Name = "training", DataType = DataType.Bool, RawData = Google.Protobuf.ByteString.CopyFrom(bytes) };

        static ModelProto Dropping(TensorProto training)
        {
            var model = Create(Node("z = MatMul(x, w)"), Node("y = Dropout(z, half, training)")).With("w", [2, 3], new float[6]).With("half", [], 0.5f);
            model.Graph.Initializer.Add(training);
            return model;
        }
    }

    [Theory]
    [InlineData("y = Sigmoid(z)", "Sigmoid")]
    [InlineData("y = Tanh(z)", "Tanh")]
    [InlineData("y = LeakyRelu(z)", "LeakyReLU")]
    [InlineData("y = Elu(z)", "ELU")]
    [InlineData("y = Gelu(z)", "GELU")]
    [InlineData("y = Softplus(z)", "Softplus")]
    [InlineData("y = Softmax(z)", "Softmax")]
    [InlineData("y = Clip(z, lowest, one)", "HardTanh")]
    [InlineData("s = Sigmoid(z); y = Mul(z, s)", "SiLU")]
    [InlineData("s = Sigmoid(z); y = Mul(s, z)", "SiLU")]
    [InlineData("d = Div(z, sqrt2); e = Erf(d); p = Add(e, one); m = Mul(z, p); y = Mul(m, half)", "GELU")]
    [InlineData("d = Mul(z, sqrthalf); e = Erf(d); p = Add(one, e); m = Mul(half, p); y = Mul(m, z)", "GELU")]
    [InlineData("h = Mul(z, half); d = Div(z, sqrt2); e = Erf(d); p = Add(e, one); y = Mul(h, p)", "GELU")]
    [InlineData("h = Mul(z, half); d = Div(z, sqrt2); e = Erf(d); p = Add(e, one); y = Mul(p, h)", "GELU")]
    public void Activations_in_one_node_or_several(string nodes, string expected) => Assert.Equal($"Dense 2→3 {expected}", Read(Activated(nodes)).Architecture.Schema);

    [Theory]
    [InlineData("d = Div(z, sqrt2); e = Erf(d); p = Add(e, one); m = Mul(z, p); y = Mul(m, one)")]
    [InlineData("d = Div(z, one); e = Erf(d); p = Add(e, one); m = Mul(z, p); y = Mul(m, half)")]
    [InlineData("d = Div(sqrt2, z); e = Erf(d); p = Add(e, one); m = Mul(z, p); y = Mul(m, half)")]
    [InlineData("d = Div(z, sqrt2); e = Erf(d); p = Add(e, half); m = Mul(z, p); y = Mul(m, half)")]
    [InlineData("d = Div(z, sqrt2); e = Tanh(d); p = Add(e, one); m = Mul(z, p); y = Mul(m, half)")]
    [InlineData("t = Tanh(z); s = Sigmoid(t); y = Mul(z, s)")]
    [InlineData("m = Mul(z, half); y = Mul(m)")]
    [InlineData("y = Mul(z, z, z)")]
    public void What_only_looks_like_an_activation_is_refused(string nodes) => Refused("node \"y\" (Mul) is nothing that GenNet has a layer or activation for", Activated(nodes));

    /// <summary>As a residual connection is written that goes around nothing but dropout.</summary>
    [Fact]
    public void What_is_added_to_itself_goes_around_a_layer_that_does_nothing() =>
        Assert.Equal("Dropout 2→2 Identity, Residual 2→2 Tanh over 1, Dense 2→3 Identity, Dropout 3→3 Identity, Residual 3→3 Identity over 1, Dropout 3→3 Identity, Residual 3→3 Identity over 1, Residual 3→3 Identity over 4",
            Read(Create(Node("s = Add(x, x)"), Node("t = Tanh(s)"), Node("a = Gemm(t, w)"), Node("b = Add(a, a)"), Node("c = Add(b, b)"), Node("y = Add(c, a)")).With("w", [2, 3], new float[6])).Architecture.Schema);

    [Fact]
    public void Limits_may_be_attributes() =>
        Assert.Equal("Dense 2→3 HardTanh", Read(Activated("y = Clip(z)", Float("min", -1), Float("max", 1))).Architecture.Schema);

    [Theory]
    [InlineData("y = LeakyRelu(z)", "alpha", 0.2f, "node \"y\" (LeakyRelu) has alpha = 0.2, LeakyReLU has 0.01")]
    [InlineData("y = Elu(z)", "alpha", 0.5f, "has alpha = 0.5, ELU has 1")]
    [InlineData("y = HardSigmoid(z)", "beta", 0.5f, "has alpha = 0.2, HardSigmoid has 0.16666667")]
    [InlineData("y = Clip(z)", "min", 0f, "has min = 0, HardTanh has -1")]
    [InlineData("y = Clip(z)", "min", -1f, "has max = ")]
    public void Activations_with_other_constants_are_refused(string node, string attribute, float value, string fault) => Refused(fault, Activated(node, Float(attribute, value)));

    [Theory]
    [InlineData("y = Gemm(x, w)", "alpha", 2f, "node \"y\" (Gemm) has alpha = 2, a dense layer has 1")]
    [InlineData("y = Gemm(x, w)", "beta", 0f, "has beta = 0, a dense layer has 1")]
    [InlineData("y = Mod(x, w)", "alpha", 2f, "node \"y\" (Mod) is nothing that GenNet has a layer or activation for")]
    [InlineData("y = Mul(x, x)", "alpha", 2f, "node \"y\" (Mul) is nothing that GenNet has a layer or activation for")]
    [InlineData("y = Relu(x)", "alpha", 2f, "node \"y\" (Relu) has no layer before it that it could be the activation of")]
    [InlineData("a = Gemm(x, w); b = Relu(a); y = Tanh(b)", "alpha", 1f, "node \"y\" (Tanh) has no layer before it")]
    [InlineData("a = Gemm(x, w); y = Relu(q)", "alpha", 1f, "node \"y\" (Relu) reads \"q\", which nothing before it gives")]
    [InlineData("y = Gemm(z, w); z = Relu(y)", "alpha", 1f, "node \"y\" (Gemm) reads \"z\", which nothing before it gives")]
    [InlineData("a = Gemm(x, w); a = Gemm(x, w)", "alpha", 1f, "\"a\" is given twice")]
    [InlineData("y = Identity(w)", "alpha", 1f, "its output comes from the constant \"w\"")]
    [InlineData("y = Identity(x)", "alpha", 1f, "has no layers")]
    [InlineData("a = Gemm(x, w); s = Relu(a); b = Gemm(s, w3); y = Add(a, b)", "alpha", 1f, "node \"y\" (Add) adds \"a\", which no earlier layer gives")]
    [InlineData("a = Gemm(x, w); y = Gemm(a, w)", "alpha", 1f, "node \"y\" (Gemm) takes 2 values, the layer before it gives 3")]
    [InlineData("y = Add(x, x)", "alpha", 1f, "is the first layer, and nothing tells how many values it takes")]
    public void Graphs_that_are_no_networks_are_refused(string nodes, string attribute, float value, string fault)
    {
        var model = Create(nodes.Split("; ").Select(node => Node(node, Float(attribute, value))).ToArray());
        Refused(fault, model.With("w", [2, 3], new float[6]).With("w3", [3, 3], new float[9]));
    }

    [Fact]
    public void A_reshape_in_the_place_of_a_flatten_is_named()
    {
        var model = Create(Node("a = MatMul(x, w)"), Node("r = Reshape(a, s)"), Node("y = Gemm(r, v)")).With("w", [2, 3], new float[6]).With("s", [2], -1, 12).With("v", [12, 2], new float[24]);
        model.Graph.Input[0].Type = new TypeProto { TensorType = new() { Shape = new() { Dim = { new long[] { 1, 4, 2 }.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }) } } } };
        Refused("node \"r\" (Reshape) is nothing that GenNet has a layer or activation for; what makes one row of a sample is Flatten", model);
    }

    [Fact]
    public void Attributes_of_other_layers_are_checked()
    {
        Refused("has transA = 1, a dense layer has 0", Create(Node("y = Gemm(x, w)", Int("transA", 1))).With("w", [2, 3], new float[6]));
        Refused("normalises from axis 0 on, a layer normalisation the last", Create(Node("y = LayerNormalization(x, g, g)", Int("axis", 0))).With("g", [2], 1, 1));
        Refused("is in training mode", Create(Node("y = BatchNormalization(x, g, g, g, g)", Int("training_mode", 1))).With("g", [2], 1, 1));
        Refused("Softmax) has axis = 0", Activated("y = Softmax(z)", Int("axis", 0)));
    }

    [Fact]
    public void Tensors_that_are_no_parameters_are_refused()
    {
        Tensor("tensor \"w\" [3] should be a matrix", tensor => tensor.Dims.RemoveAt(0));
        Tensor("tensor \"w\" [2, -3] should be a matrix", tensor => tensor.Dims[1] = -3);
        Tensor("tensor \"w\" [4294967296, 4294967296] should be a matrix", tensor => tensor.Dims[0] = tensor.Dims[1] = 1L << 32);
        Tensor("tensor \"w\" [65536, 65536] should be a matrix", tensor => tensor.Dims[0] = tensor.Dims[1] = 1 << 16);
        Tensor("[of 1000 dimensions] should be a matrix", tensor => tensor.Dims.Add(Enumerable.Repeat(1L, 998)));
        Tensor("tensor \"w\" [30000, 30000] has 6 elements of data, 900000000 would fit its shape", tensor => tensor.Dims[0] = tensor.Dims[1] = 30000);
        Tensor("tensor \"w\" [2, 3] has 20 bytes of data, 24 would fit its shape", tensor => tensor.RawData = Google.Protobuf.ByteString.CopyFrom(new byte[20]));
        Tensor("elements of type Double, only Float can be read", tensor => tensor.DataType = (DataType)11);
        Tensor("lies in another file", tensor => tensor.DataLocation = DataLocation.External);
        Refused("tensor \"b\" [2] should be [3]", Create(Node("y = Gemm(x, w, b)")).With("w", [2, 3], new float[6]).With("b", [2], 1, 2));
        Refused("tensor \"b\" [0] should be [3]", Create(Node("y = Gemm(x, w, b)")).With("w", [2, 3], new float[6]).With("b", [0]));

        static void Tensor(string fault, Action<TensorProto> change)
        {
            var model = Create(Product).With("w", [2, 3], new float[6]);
            change(model.Graph.Initializer[0]);
            Refused(fault, model);
        }
    }

    [Fact]
    public void Files_that_are_no_models_are_refused()
    {
        Changed("it has no graph", model => model.Graph = null);
        Changed("it names no version of ONNX's operator set", model => model.OpsetImport.Clear());
        Changed("written for version 6 of ONNX's operator set, versions from 7 on", model => model.OpsetImport[0].Version = 6);
        Changed("node \"z\" (MatMul) is of operator set \"com.example\"", model => model.Graph.Node[0].Domain = "com.example");
        Changed("has 2 inputs, a network has 1", model => model.Graph.Input.Add(new ValueInfoProto { Name = "second" }));
        Changed("has 0 inputs, a network has 1", model => model.Graph.Input.Clear());
        Changed("has no output", model => model.Graph.Output.Clear());
        Changed("output \"x\": has no layers, its output is its input", model => model.Graph.Output.Add(new ValueInfoProto { Name = "x" }));
        Changed("output \"w\": its output comes from the constant \"w\"", model => model.Graph.Output.Add(new ValueInfoProto { Name = "w" }));
        Changed("has the output \"z\" twice", model => model.Graph.Output.Add(new ValueInfoProto { Name = "z" }));
        Changed("the graph's output reads \"nowhere\"", model => model.Graph.Output[0].Name = "nowhere");
        Changed("input \"x\" has elements of type Double", model => model.Graph.Input[0].Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (DataType)11 } });
        foreach (var bytes in new byte[][] { [], [0xFF], [0x0B], "hello"u8.ToArray(), Create(Product).Bytes()[..^1] })
            Assert.Contains("not an ONNX model", Assert.Throws<InvalidDataException>(() => OnnxFile.Read(new MemoryStream(bytes), "model.onnx")).Message, StringComparison.Ordinal);

        static void Changed(string fault, Action<ModelProto> change)
        {
            var model = Create(Product).With("w", [2, 3], new float[6]);
            change(model);
            Refused(fault, model);
        }
    }

    [Fact]
    public void Bombs_take_no_memory()
    {
        var nodes = Create(Product);
        nodes.Graph.Node.Add(Enumerable.Repeat(new NodeProto(), 500_000));
        Bomb("has more than 50000 nodes, tensors, attributes and names", nodes, 1 << 20);

        // 5,000 layers that share one tensor of 100 × 100.
        var shared = Create([.. Enumerable.Range(0, 5_000).Select(i => Node($"y{i} = MatMul({(i == 0 ? "x" : $"y{i - 1}")}, w)"))]).With("w", [100, 100], new float[10_000]);
        Bomb("its layers use the same tensors again and again", shared, 64 << 20);

        static void Bomb(string fault, ModelProto model, long mostBytes)
        {
            var stream = new MemoryStream(model.Bytes());
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Contains(fault, Assert.Throws<InvalidDataException>(() => OnnxFile.Read(stream, "bomb")).Message, StringComparison.Ordinal);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, mostBytes + 4 * stream.Length);
        }
    }

    static OnnxModel Read(ModelProto model) => OnnxFile.Read(new MemoryStream(model.Bytes()), "model.onnx");

    static float[] Values(OnnxModel model, int tensor)
    {
        var values = new float[model.Parameters.Tensors[tensor].Length];
        model.Parameters.Tensors[tensor].CopyTo(values);
        return values;
    }

    static ModelProto Activated(string nodes, params AttributeProto[] attributes) =>
        Create([Product, .. nodes.Split("; ").Select(node => Node(node, attributes))])
            .With("w", [2, 3], new float[6]).With("half", [], 0.5f).With("one", [], 1).With("lowest", [], -1).With("sqrt2", [], MathF.Sqrt(2)).With("sqrthalf", [1], MathF.Sqrt(0.5f));

    static void Refused(string fault, ModelProto model)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(model));
        Assert.StartsWith("model.onnx: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }
}
