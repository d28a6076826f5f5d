using GenNet.Onnx;
using GenNet.Onnx.Schema;
using GenNet.Tests.Reference;
using static GenNet.Tests.Onnx.Model;

namespace GenNet.Tests.Onnx;

/// <summary>Models of several outputs and networks of several heads. That such networks come through a file bit by bit is among what <see cref="OnnxFileTests"/> shows of all.</summary>
public sealed class OnnxHeadTests
{
    [Fact]
    public void Each_head_is_an_output_of_its_name()
    {
        var model = Of(new PolicyAndValue(1));
        Assert.Equal([("Policy", 4L), ("Value", 1L)], model.Graph.Output.Select(output => (output.Name, output.Type.TensorType.Shape.Dim[1].DimValue)));
        Assert.Equal(("layer5/Gemm", "layer2"), (Giving("Value").Name, Giving("Value").Input[0]));
        Assert.Equal("layer4/Softmax", Giving("Policy").Name);
        Assert.Equal("layer2", model.Graph.Node.Single(node => node.Name == "layer3/Gemm").Input[0]);
        Assert.Equal(["Only"], Of(new OnlyHead(1)).Graph.Output.Select(output => output.Name));
        Assert.Equal(["output"], Of(new EveryLayer(1)).Graph.Output.Select(output => output.Name));

        NodeProto Giving(string name) => model.Graph.Node.Single(node => node.Output[0] == name);
    }

    [Fact]
    public void No_name_is_given_twice()
    {
        foreach (var create in OnnxHeadNetworks.All)
        {
            var graph = Of(create(1)).Graph;
            string[] names = [.. graph.Input.Select(input => input.Name), .. graph.Initializer.Select(tensor => tensor.Name), .. graph.Node.Select(node => node.Output.Single())];
            Assert.Equal(names.Order(), names.Distinct().Order());
            Assert.Equal(graph.Node.Count, graph.Node.Select(node => node.Name).Distinct().Count());
        }
    }

    /// <summary>Read without a network, and by a naive network of what is read.</summary>
    [Fact]
    public void What_is_read_of_a_model_computes_what_the_network_does()
    {
        foreach (var (name, network, inputs) in OnnxNetworks.All.Where(sample => sample.Network.Architecture.Heads[0].Name.Length > 0))
        {
            var read = Read(Of(network));
            Assert.Equal(network.OutputSize, read.Architecture.OutputSize);
            if (network.Architecture.Heads.Count > 1)
                Assert.Equal(network.Architecture.Heads.Select(head => (head.Name, head.Outputs)), read.Architecture.Heads.Select(head => (head.Name, head.Outputs)));
            var expected = new float[inputs.Length / network.InputSize * network.OutputSize];
            network.ForwardBatch(inputs, expected);
            for (var output = 0; output < read.Architecture.Heads.Count; output++)
            {
                var head = read.Architecture.Heads[output];
                var alone = Of(network);
                var only = alone.Graph.Output[output];
                alone.Graph.Output.Clear();
                alone.Graph.Output.Add(only);
                var one = Read(alone);
                double[][] rows = [.. inputs.Chunk(one.Architecture.InputSize).Select(row => row.Select(value => (double)value).ToArray())];
                var actual = new NaiveModel(one.Architecture, one.Parameters).Outputs(rows).SelectMany(row => row).Select(value => (float)value).ToArray();
                Close.AssertEqual($"{name}.{head.Name}", [.. expected.Chunk(network.OutputSize).SelectMany(row => row[network.Architecture.Heads[output].Outputs]).Select(value => (double)value)], actual, 1e-5);
            }
        }
    }

    [Fact]
    public void A_model_can_be_read_without_a_network_and_written_again()
    {
        foreach (var create in OnnxHeadNetworks.All)
        {
            var (network, read) = (create(1), Read(Of(create(1))));
            var path = Path.GetTempFileName();
            try
            {
                OnnxFile.Save(read.Architecture, read.Parameters, path);
                if (network.Architecture.Heads.Count == 1)
                    continue;
                network.Parameters.Clear();
                OnnxFile.Load(network, path);
            }
            finally
            {
                File.Delete(path);
            }
            Assert.Equal(create(1).Hash(), network.Hash());
        }
        Assert.Equal("Dense 5→8 Tanh, LayerNorm 8→8 Identity ε=1E-05, Policy.Dense 8→6 GELU, Policy.Dense 6→4 Softmax, Value.Dense 8→1 Identity", Read(Of(new PolicyAndValue(1))).Architecture.Schema);
    }

    [Fact]
    public void Outputs_go_by_name()
    {
        var expected = new Twins(1);
        var model = Of(expected);
        (model.Graph.Output[0], model.Graph.Output[1]) = (model.Graph.Output[1], model.Graph.Output[0]);
        Loads(model);
        Rename(model, "Left", "left");
        Loads(model);
        Rename(model, "Right", "y");
        Loads(model);

        void Loads(ModelProto model)
        {
            var network = new Twins(2);
            OnnxFile.Load(network, new MemoryStream(model.Bytes()), "model.onnx");
            Assert.Equal(expected.Hash(), network.Hash());
        }
    }

    [Fact]
    public void Outputs_of_foreign_names_go_by_order_where_they_fit_in_no_other()
    {
        var (model, network) = (Of(new PolicyAndValue(1)), new PolicyAndValue(2));
        Rename(model, "Policy", "41");
        Rename(model, "Value", "42");
        OnnxFile.Load(network, new MemoryStream(model.Bytes()), "model.onnx");
        Assert.Equal(new PolicyAndValue(1).Hash(), network.Hash());
        Assert.Equal(["Head1", "Head2"], Read(model).Architecture.Heads.Select(head => head.Name));

        (model.Graph.Output[0], model.Graph.Output[1]) = (model.Graph.Output[1], model.Graph.Output[0]);
        Assert.Contains("name the outputs after the heads", Assert.Throws<InvalidDataException>(() => OnnxFile.Load(network, new MemoryStream(model.Bytes()), "model.onnx")).Message, StringComparison.Ordinal);
        AssertRefused(model, new PolicyAndValue(2), "output \"42\" is not PolicyAndValue's head Policy: node \"layer5/Gemm\" (Gemm) is a dense layer with weights \"Value.0.weight\" [1, 8], but expected is layer 3 of PolicyAndValue");

        model = Of(new Twins(1));
        Rename(model, "Left", "41");
        Rename(model, "Right", "42");
        AssertRefused(model, new Twins(2), "output \"41\" and output \"42\" fit the heads Left and Right of Twins either way. Name the outputs after the heads.");
    }

    [Fact]
    public void Other_numbers_of_outputs_are_refused()
    {
        AssertRefused(Of(new PolicyAndValue(1)), new NestedBlocks(1), "has 2 outputs, Policy, Value, but NestedBlocks has 1 head. Declare a [Head] for each output, or load a model with one output.");
        AssertRefused(Of(new NestedBlocks(1)), new PolicyAndValue(1), "has 1 output, but PolicyAndValue has 2 heads, Policy, Value. Declare the network without [Head], or load a model with 2 outputs.");
        AssertRefused(Of(new BlocksIntoTrunk(1)), new PolicyAndValue(1), "has 3 outputs, First, Second, Third, but PolicyAndValue has 2 heads, Policy, Value. Declare a [Head] for each output, or load a model with 2 outputs.");
    }

    [Fact]
    public void Layers_of_a_head_that_differ_are_named()
    {
        var model = Of(new PolicyAndValue(1));
        model.Graph.Node.Single(node => node.OpType == "Softmax").OpType = "Sigmoid";
        AssertRefused(model, new PolicyAndValue(2), "output \"Policy\" is not PolicyAndValue's head Policy: node \"layer4/Softmax\" (Sigmoid) gives the activation Sigmoid, but expected is layer 4 of PolicyAndValue");
        model = Of(new PolicyAndValue(1));
        model.Graph.Node.Single(node => node.OpType == "Erf").OpType = "Not";
        AssertRefused(model, new PolicyAndValue(2), "output \"Policy\": node \"layer3/Gelu\" (Mul) is nothing that GenNet has a layer or activation for");
        model = Of(new PolicyAndValue(1));
        model.Graph.Initializer.Single(tensor => tensor.Name == "Value.0.bias").RawData = Bytes(float.NaN);
        AssertRefused(model, new PolicyAndValue(2), "element 0 of a parameter of node \"layer5/Gemm\" (Gemm) is NaN");
    }

    [Fact]
    public void What_heads_share_is_shared_in_the_model()
    {
        // The same weights, but in two nodes: the network would have them once.
        var model = Create(Node("a = Gemm(x, w)"), Node("ta = Tanh(a)"), Node("Left = Gemm(ta, v)"), Node("b = Gemm(x, w)"), Node("tb = Tanh(b)"), Node("Right = Gemm(tb, v)"))
            .With("w", [4, 3], new float[12]).With("v", [3, 2], new float[6]);
        model.Graph.Output.Insert(0, new ValueInfoProto { Name = "Left" });
        AssertRefused(model, new Twins(1), "layer 1 of Twins is node \"a\" (Gemm) on the way to output \"Left\" and node \"b\" (Gemm) on that to output \"Right\", but the heads share it.");
        Assert.Equal("Dropout 4→4 Identity, Left.Dense 4→3 Tanh, Left.Dense 3→2 Identity, Right.Dense 4→3 Tanh, Right.Dense 3→2 Identity", Read(model).Architecture.Schema);

        // An activation of its own for each head is one layer's all the same.
        model = Create(Node("a = Gemm(x, w)"), Node("ta = Tanh(a)"), Node("Left = Gemm(ta, v)"), Node("tb = Tanh(a)"), Node("Right = Gemm(tb, v)"))
            .With("w", [4, 3], new float[12]).With("v", [3, 2], new float[6]);
        model.Graph.Output.Insert(0, new ValueInfoProto { Name = "Left" });
        OnnxFile.Load(new Twins(1), new MemoryStream(model.Bytes()), "model.onnx");
        Assert.Equal("Dense 4→3 Tanh, Left.Dense 3→2 Identity, Right.Dense 3→2 Identity", Read(model).Architecture.Schema);
    }

    [Fact]
    public void An_output_on_the_way_to_another_is_a_head_that_does_nothing()
    {
        var model = Create(Node("h = Gemm(x, w)"), Node("y = Gemm(h, v)")).With("w", [4, 3], new float[12]).With("v", [3, 2], new float[6]);
        model.Graph.Output.Insert(0, new ValueInfoProto { Name = "h" });
        Assert.Equal("Dense 4→3 Identity, h.Dropout 3→3 Identity, y.Dense 3→2 Identity", Read(model).Architecture.Schema);
    }

    [Fact]
    public void Names_that_no_head_can_have_are_numbered()
    {
        var model = Of(new OddNames(1));
        Rename(model, "input", "a.b");
        Rename(model, "output", "trunk");
        Rename(model, "layer1", "head2");
        Assert.Equal(["Head1", "Head2_", "head2", "layer5_"], Read(model).Architecture.Heads.Select(head => head.Name));
    }

    [Fact]
    public void Outputs_of_other_positions_are_refused()
    {
        var model = Create(Node("a = MatMul(x, w)"), Node("f = Flatten(a)")).With("w", [5, 3], new float[15]);
        model.Graph.Input[0].Type = new TypeProto { TensorType = new() { Shape = new() { Dim = { new long[] { 1, 4, 5 }.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }) } } } };
        model.Graph.Output.Add(new ValueInfoProto { Name = "a" });
        var error = Assert.Throws<InvalidDataException>(() => Read(model));
        Assert.Contains("output \"f\" has one row of 4 positions, output \"a\" has a row for each: the heads of a network give one row each for a sample", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bombs_of_outputs_take_no_time()
    {
        // 5,000 outputs, each behind all those before it.
        var model = Create([.. Enumerable.Range(0, 5_000).Select(i => Node($"y{i} = MatMul({(i == 0 ? "x" : $"y{i - 1}")}, w)"))]).With("w", [2, 2], 1, 2, 3, 4);
        model.Graph.Output.Clear();
        model.Graph.Output.Add(Enumerable.Range(0, 5_000).Select(i => new ValueInfoProto { Name = $"y{i}" }));
        Refused("more than 50000 nodes", model);

        // 300 outputs that share a large layer, and not with one.
        model = Create([Node("h = MatMul(x, w)"), .. Enumerable.Range(0, 300).Select(i => Node($"y{i} = MatMul(h, v)")), Node("z = MatMul(x, v)")])
            .With("w", [100, 100], new float[10_000]).With("v", [100, 1], new float[100]);
        model.Graph.Output.Clear();
        model.Graph.Output.Add(Enumerable.Range(0, 300).Select(i => new ValueInfoProto { Name = $"y{i}" }).Append(new ValueInfoProto { Name = "z" }));
        Refused("its layers use the same tensors again and again", model);

        static void Refused(string fault, ModelProto model)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Contains(fault, Assert.Throws<InvalidDataException>(() => Read(model)).Message, StringComparison.Ordinal);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
        }
    }

    static void Rename(ModelProto model, string from, string to)
    {
        foreach (var node in model.Graph.Node)
            if (node.Output[0] == from)
                node.Output[0] = to;
        foreach (var output in model.Graph.Output)
            if (output.Name == from)
                output.Name = to;
    }

    static OnnxModel Read(ModelProto model) => OnnxFile.Read(new MemoryStream(model.Bytes()), "model.onnx");

    static void AssertRefused(ModelProto model, INetwork network, string fault)
    {
        var before = network.Hash();
        var error = Assert.Throws<InvalidDataException>(() => OnnxFile.Load(network, new MemoryStream(model.Bytes()), "model.onnx"));
        Assert.StartsWith($"model.onnx: {fault}", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, network.Hash());
    }
}
