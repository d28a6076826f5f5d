using GenNet.Onnx;
using GenNet.Onnx.Schema;
using GenNet.Tests.Reference;
using static GenNet.Tests.Onnx.Model;
using static GenNet.Tests.Onnx.NaiveGraph;

namespace GenNet.Tests.Onnx;

/// <summary>Networks of images, written and read.</summary>
public sealed class OnnxImageTests
{
    public static TheoryData<string> Names => new(OnnxImageNetworks.References);

    /// <summary>What PyTorch computed of the reference stays what the model computes: channel by channel, in the standard's own words.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_computes_what_PyTorch_did(string name)
    {
        var reference = LayerReference.Load(name);
        var network = OnnxImageNetworks.Reference(name);
        var model = Of(network);
        int[] shape = [.. model.Graph.Input[0].Type.TensorType.Shape.Dim.Select(dimension => (int)dimension.DimValue)];
        Assert.Equal(reference.Source.Contains("[Image(", StringComparison.Ordinal) ? 4 : reference.Source.Contains("[Sequence(", StringComparison.Ordinal) ? 3 : 2, shape.Length);
        var inputs = new OnnxSample(name, network, reference.Inputs).ModelInputs;
        var output = Run(Unpacked(model), new([inputs.Length / network.InputSize, .. shape[1..]], Array.ConvertAll(inputs, value => (double)value)));
        Assert.Equal(network.OutputSize, output.Shape[1]);
        Close.AssertEqual(name, reference.Outputs, output.Values, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_written_describes_the_network(string name)
    {
        var network = OnnxImageNetworks.Reference(name);
        var read = Read(Of(network));
        Assert.Equal(network.Architecture.Schema.Replace("Flatten 1×1×3→3, ", "", StringComparison.Ordinal).Replace("Flatten 1×3→3 by feature, ", "", StringComparison.Ordinal).Replace("Flatten 1×9→9 by feature, ", "", StringComparison.Ordinal), read.Architecture.Schema);
        Assert.Equal(network.Architecture.Positions, read.Architecture.Positions);
        Assert.Equal(network.Hash(), read.Parameters.Hash());
    }

    /// <summary>A model that takes channels last takes what the network takes, and is read as the other is.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_takes_channels_last_where_it_is_told_to(string name)
    {
        var (reference, network) = (LayerReference.Load(name), OnnxImageNetworks.Reference(name));
        var stream = new MemoryStream();
        OnnxFile.Save(network, stream, channelsLast: true);
        var model = Unpacked(ModelProto.Parser.ParseFrom(stream.ToArray()));
        int[] shape = [.. model.Graph.Input[0].Type.TensorType.Shape.Dim.Skip(1).Select(dimension => (int)dimension.DimValue)];
        Assert.Equal(network.Architecture.Layers[0].Inputs, shape[^1]);
        Assert.Equal(network.Architecture.Positions, shape[..^1].Aggregate(1, (a, b) => a * b));
        var output = Run(model, new([reference.Inputs.Length / network.InputSize, .. shape], Array.ConvertAll(reference.Inputs, value => (double)value)));
        Close.AssertEqual(name, reference.Outputs, output.Values, 1e-5);
        OnnxFile.Load(network, new MemoryStream(stream.ToArray()), name);
        Assert.Equal(OnnxImageNetworks.Reference(name).Hash(), network.Hash());
    }

    /// <summary>Read without a network and written again, it loads with the same bits.</summary>
    [Fact]
    public void A_description_is_written_as_the_network_is()
    {
        foreach (var create in OnnxImageNetworks.All)
        {
            var network = create(1);
            var read = Read(Of(network));
            var loaded = create(2);
            OnnxFile.Load(loaded, new MemoryStream(Of(read).Bytes()), network.Architecture.Name);
            Assert.True(network.Hash() == loaded.Hash(), network.Architecture.Name);
        }
    }

    /// <summary>Random models, in the operators and forms that exporters choose: what is read computes what the standard says, anything else is refused.</summary>
    [Fact]
    public void What_is_read_computes_what_the_standard_says()
    {
        var (loaded, refused, wrong) = (new SortedDictionary<string, int>(), 0, new List<string>());
        for (var seed = 1UL; seed <= 3000; seed++)
        {
            var (model, shape, forms) = new RandomImageModel(seed).Create();
            var random = new RandomStream(seed);
            var input = new NDArray([2, .. shape], [.. Enumerable.Range(0, 2 * shape[0] * shape[1] * shape[2]).Select(_ => (double)(float)random.NextNormal())]);
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
                read = Read(model);
            }
            catch (InvalidDataException)
            {
                refused++;
                continue;
            }
            foreach (var form in forms)
                loaded[form] = loaded.GetValueOrDefault(form) + 1;
            var channelsLast = forms.Contains("channels last");
            double[][] samples = [.. input.Values.Chunk(input.Values.Length / 2).Select(image => channelsLast ? image : ByPixel(image, shape[0]))];
            double[] actual = [.. new NaiveModel(read.Architecture, read.Parameters).Outputs(samples).SelectMany(row => row)];
            var isWrong = Differ(expected, actual);

            // What is written of it computes the same.
            var written = Unpacked(Of(read));
            int[] sizes = [.. written.Graph.Input[0].Type.TensorType.Shape.Dim.Skip(1).Select(dimension => (int)dimension.DimValue)];
            var again = Run(written, new([2, .. sizes], [.. samples.SelectMany(image => sizes.Length == 3 ? ByPixel(image, image.Length / sizes[0]) : image)])).Values;
            if (isWrong || Differ(expected, again))
                wrong.Add($"{seed}, [{string.Join(", ", shape)}]: {string.Join("; ", model.Graph.Node.Select(node => $"{node.Output[0]} = {node.OpType}({string.Join(", ", node.Input)}; {string.Join(", ", node.Attribute.Select(attribute => $"{attribute.Name} {attribute.I} {attribute.Ints} {attribute.S.ToStringUtf8()}"))})"))} "
                    + $"gives {string.Join(", ", expected.Take(4))}, read as {read.Architecture.Schema} it gives {string.Join(", ", actual.Take(4))}, written again {string.Join(", ", again.Take(4))}");
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} models:\n{string.Join('\n', wrong.Take(10))}");

        // Every form is read, and what is refused is what GenNet does not have.
        Assert.Equal(RandomImageModel.Forms.Order(StringComparer.Ordinal), loaded.Keys.Order(StringComparer.Ordinal));
        Assert.All(loaded, form => Assert.InRange(form.Value, 3, int.MaxValue));
        Assert.InRange(refused, 100, 2000);
    }

    [Fact]
    public void A_batch_normalisation_becomes_part_of_the_convolution_before_it()
    {
        var model = Imaged([2, 3, 3], Node("c = Conv(x, w, b)"), Node("n = BatchNormalization(c, g, h, m, v)"), Node("r = Relu(n)"), Node("f = Flatten(r)"), Node("y = Gemm(f, d)", Int("transB", 1)))
            .With("w", [2, 2, 2, 2], [.. Enumerable.Range(0, 16).Select(i => i / 8f)]).With("b", [2], 1, -1).With("g", [2], 2, 3).With("h", [2], 0.5f, -0.5f).With("m", [2], 1, 2).With("v", [2], 4, 0.25f)
            .With("d", [1, 8], 1, 2, 3, 4, 5, 6, 7, 8);
        var network = new FoldedImage(1);
        OnnxFile.Load(network, new MemoryStream(model.Bytes()), "model.onnx");
        Close.AssertEqual("weights", [2 * 3 / 8.0 / Math.Sqrt(4 + 1e-5f), 3 * 9 / 8.0 / Math.Sqrt(0.25 + 1e-5f)], new[] { network.Layer1[0, 0, 1, 1], network.Layer1[1, 0, 0, 1] }, 1e-6);
        Close.AssertEqual("biases", [2 * (1 - 1) / Math.Sqrt(4 + 1e-5f) + 0.5, 3 * (-1 - 2) / Math.Sqrt(0.25 + 1e-5f) - 0.5], new[] { network.Layer1.Biases[0], network.Layer1.Biases[1] }, 1e-6);
        Assert.Equal("Conv2D 3×3×2→2×2×2 2×2, BatchNorm 2→2 ReLU ε=1E-05, Flatten 2×2×2→8, Dense 8→1 Identity", Read(model).Architecture.Schema);
    }

    /// <summary>As a layer of its own, or as a convolution's or a pool's.</summary>
    [Theory]
    [InlineData("[ZeroPadding2D(1)] [Conv2D(3, 2)] [ZeroPadding2D(1, 1, 1, 1)] [AveragePool2D(2, Stride = 1)]", null)]
    [InlineData("[Conv2D(3, 2, PaddingSize = 1)] [ZeroPadding2D(1)] [AveragePool2D(2, Stride = 1)]", null)]
    [InlineData("[ZeroPadding2D(1)] [Conv2D(3, 2)] [AveragePool2D(2, Stride = 1, PaddingSize = 1, CountsPadding = true)]", null)]
    [InlineData("[Conv2D(3, 2, PaddingSize = 1)] [AveragePool2D(2, Stride = 1, PaddingSize = 1, CountsPadding = true)]", null)]
    [InlineData("[Conv2D(3, 2, PaddingSize = 1)] [AveragePool2D(2, Stride = 1, PaddingSize = 1)]", "node \"a\" (AveragePool) is a average pool over 2×2 pixels of 5×4, stride 1, dilation 1, pads [1, 1, 1, 1], which counts them, but expected is layer 2 of Other")]
    [InlineData("[Conv2D(3, 2)] [AveragePool2D(2, Stride = 1, PaddingSize = 1, CountsPadding = true)]", "node \"c\" (Conv) is a convolution with weights \"w\" [3, 2, 2, 2] over 2×2 pixels of 4×3, stride 1, dilation 1, pads [1, 1, 1, 1], but expected is layer 1 of Other")]
    [InlineData("[ZeroPadding2D(0, 1, 1, 1)] [Conv2D(3, 2)]", "node \"p\" (Pad) is a zero padding of 4×3 pixels, 1 rows above, 1 below, 1 columns on the left, 1 on the right, but expected is layer 1 of Other, a zero padding of 4×3 pixels, 0 rows above")]
    [InlineData("[MaxPool2D(2, Stride = 1, PaddingSize = 1)]", "node \"p\" (Pad) is a zero padding of 4×3 pixels")]
    public void Zeros_before_a_layer_are_its_own_where_the_network_has_them_so(string layers, string? fault)
    {
        var model = Imaged([2, 4, 3], Node("p = Pad(x, eight)"), Node("c = Conv(p, w, b)"), Node("q = Pad(c, eight)"), Node("a = AveragePool(q)", Ints("kernel_shape", 2, 2)), Node("y = GlobalMaxPool(a)"))
            .With("w", [3, 2, 2, 2], [.. Enumerable.Range(0, 24).Select(i => (i - 12) / 8f)]).With("b", [3], 1, -1, 2);
        model.Graph.Initializer.Add(Integers("eight", 0, 0, 1, 1, 0, 0, 1, 1));
        var network = GenNet.Shared.InMemoryCompiler.Create(GenNet.Shared.InMemoryCompiler.Load($"using GenNet;\n/// <summary>A test's network.</summary>\n[Network] [Image(4, 3, 2)] {layers} {(layers.Contains("Conv", StringComparison.Ordinal) ? "" : "[Dense(3)]")} [GlobalMaxPool2D] public partial class Other;"), "Other", 1);
        if (fault is not null)
        {
            Assert.Contains(fault, Assert.Throws<InvalidDataException>(() => OnnxFile.Load(network, new MemoryStream(model.Bytes()), "model.onnx")).Message, StringComparison.Ordinal);
            return;
        }
        OnnxFile.Load(network, new MemoryStream(model.Bytes()), "model.onnx");
        double[] input = [.. Enumerable.Range(0, 24).Select(i => Math.Sin(i))];
        var output = new float[3];
        network.Forward([.. ByPixel(input, 2).Select(value => (float)value)], output);
        Close.AssertEqual("outputs", Run(model, new([1, 2, 4, 3], input)).Values, output, 1e-5);
    }

    /// <summary>Zeros that differ from side to side are those of Padding.Same, or of no convolution.</summary>
    [Theory]
    [InlineData(new long[] { 0, 0, 0, 0, 0, 0, 1, 1 }, "[Conv2D(3, 2, Padding = Padding.Same)]", true)]
    [InlineData(new long[] { 0, 0, 0, 0, 0, 0, 1, 1 }, "[ZeroPadding2D(0, 1, 0, 1)] [Conv2D(3, 2)]", true)]
    [InlineData(new long[] { 0, 0, 1, 1, 0, 0, 0, 0 }, "[Conv2D(3, 2, Padding = Padding.Same)]", false)]
    [InlineData(new long[] { 0, 0, 1, 0, 0, 0, 0, 1 }, "[Conv2D(3, 2, Padding = Padding.Same)]", false)]
    [InlineData(new long[] { 0, 0, 0, 1, 0, 0, 1, 0 }, "[Conv2D(3, 2, Padding = Padding.Same)]", false)]
    [InlineData(new long[] { 0, 0, 1, 0, 0, 0, 1, 0 }, "[Conv2D(3, 2, PaddingSize = 1)]", false)]
    [InlineData(new long[] { 0, 0, 1, 0, 0, 0, 2, 3 }, "[ZeroPadding2D(1, 2, 0, 3)] [Conv2D(3, 2)]", true)]
    [InlineData(new long[] { 0, 0, 1, 0, 0, 0, 2, 3 }, "[ZeroPadding2D(0, 3, 1, 2)] [Conv2D(3, 2)]", false)]
    public void Zeros_that_differ_from_side_to_side_are_told_apart(long[] pads, string layers, bool fits)
    {
        var model = Imaged([2, 4, 3], Node("p = Pad(x, sides)"), Node("c = Conv(p, w)"), Node("y = GlobalMaxPool(c)")).With("w", [3, 2, 2, 2], [.. Enumerable.Range(0, 24).Select(i => (i - 12) / 8f)]);
        model.Graph.Initializer.Add(Integers("sides", pads));
        var network = GenNet.Shared.InMemoryCompiler.Create(GenNet.Shared.InMemoryCompiler.Load($"using GenNet;\n/// <summary>A test's network.</summary>\n[Network] [Image(4, 3, 2)] {layers} [GlobalMaxPool2D] public partial class Sides;"), "Sides", 1);
        var error = Record.Exception(() => OnnxFile.Load(network, new MemoryStream(model.Bytes()), "model.onnx"));
        if (!fits)
        {
            Assert.IsType<InvalidDataException>(error);
            return;
        }
        Assert.Null(error);
        double[] input = [.. Enumerable.Range(0, 24).Select(i => Math.Sin(i) - 1)];
        var output = new float[3];
        network.Forward([.. ByPixel(input, 2).Select(value => (float)value)], output);
        Close.AssertEqual("outputs", Run(model, new([1, 2, 4, 3], input)).Values, output, 1e-5);
    }

    [Fact]
    public void A_row_of_an_image_may_be_an_input_without_layers_of_images()
    {
        // The file has the image channel by channel, as the network's own files.
        var model = Imaged([2, 4, 3], Node("f = Flatten(x)"), Node("z = Gemm(f, d)", Int("transB", 1)), Node("y = Tanh(z)")).With("d", [3, 24], [.. Enumerable.Range(0, 72).Select(i => (float)i)]);
        var network = new FlatPixels(1);
        OnnxFile.Load(network, new MemoryStream(model.Bytes()), "model.onnx");
        Assert.Equal(24 + 7, network.Parameters.Tensors[0][1, 7]);
        Assert.Equal(24 + 7, network.Layer2.Weights[1, 7 * 2]);
    }

    /// <summary>Which order a row has follows from the image's shape: another image of as many values is another function.</summary>
    [Theory]
    [InlineData(new long[] { 2, 4, 3 }, true)]
    [InlineData(new long[] { 0, 4, 3 }, true)]
    [InlineData(new long[] { 4, 3, 2 }, false)]
    [InlineData(new long[] { 2, 3, 4 }, false)]
    [InlineData(new long[] { 1, 8, 3 }, false)]
    public void A_row_of_another_image_is_refused(long[] sizes, bool fits)
    {
        var model = Imaged(sizes, Node("f = Flatten(x)"), Node("z = Gemm(f, d)", Int("transB", 1)), Node("y = Tanh(z)")).With("d", [3, 24], new float[72]);
        var error = Record.Exception(() => OnnxFile.Load(new FlatPixels(1), new MemoryStream(model.Bytes()), "model.onnx"));
        if (fits)
            Assert.Null(error);
        else
            Assert.Contains("channel by channel; the network's are 2 channels of 4×3 pixels", Assert.IsType<InvalidDataException>(error).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y = Conv(x, w)", "group", 2, "node \"y\" (Conv) has 2 groups for 3 filters, each of 2 channels.")]
    [InlineData("y = Conv(x, w)", "group", 0, "node \"y\" (Conv) has 0 groups for 3 filters")]
    [InlineData("y = Conv(x, w)", "group", 3, "node \"y\" (Conv) takes 6 channels, and \"x\" [samples, 2, 4, 3] has 2")]
    [InlineData("y = ConvTranspose(x, w)", "group", 2, "node \"y\" (ConvTranspose) has 2 groups of channels, which GenNet's transposed convolutions do not have. Train the model with groups=1.")]
    [InlineData("y = ConvTranspose(x, w)", "axis", 1, "node \"y\" (ConvTranspose) takes 3 channels, and \"x\" [samples, 2, 4, 3] has 2")]
    [InlineData("f = Flatten(x); y = ConvTranspose(f, w)", "axis", 1, "node \"y\" (ConvTranspose) takes a value of 2 axes; GenNet's convolutions go over images")]
    [InlineData("y = MaxPool(x)", "ceil_mode", 1, "has ceil_mode = 1, which rounds the number of windows up")]
    [InlineData("p = MaxPool(x); y = Relu(p)", "axis", 1, "node \"y\" (Relu) gives the activation ReLU of a max pool over 2×2 pixels of 4×3, stride 1, dilation 1, pads [0, 0, 0, 0], which has none in GenNet: put it before")]
    [InlineData("y = LpPool(x)", "p", 2, "node \"y\" (LpPool) is nothing that GenNet has a layer or activation for")]
    [InlineData("c = Conv(x, w); y = Softmax(c)", "axis", 2, "node \"y\" (Softmax) has axis = 2")]
    [InlineData("c = Conv(x, w); y = LayerNormalization(c, g)", "axis", 3, "node \"c\" (Conv) takes [samples, 2, 4, 3] with the features along axis 1, and other nodes take it, or what becomes of it, with the features along the last axis; put a Transpose between")]
    [InlineData("c = Conv(x, w); y = Tanh(c)", "axis", 3, "its output \"y\" is an image, [samples, 3, 3, 2]; a network gives one row for each sample: end the model with a global pool or Flatten.")]
    [InlineData("c = Conv(x, w); y = Flatten(c)", "axis", 1, "its output \"y\" has the values of an image channel by channel; a network gives them pixel by pixel: put Transpose to [samples, height, width, channels] before Flatten.")]
    [InlineData("c = Conv(x, w); y = Flatten(c)", "axis", 2, "node \"y\" (Flatten) makes something else than one row of each image of [samples, 3, 3, 2]")]
    [InlineData("c = Conv(x, w); y = Reshape(c, five)", "axis", 2, "node \"y\" (Reshape) makes something else than one row of each image")]
    [InlineData("c = Conv(x, w); y = MatMul(c, w2)", "axis", 2, "node \"c\" (Conv) takes [samples, 2, 4, 3] with the features along axis 1, and other nodes")]
    [InlineData("c = Conv(x, w); p = Conv(c, w); y = Flatten(p)", "axis", 1, "node \"p\" (Conv) takes 2 channels, and \"c\" [samples, 3, 3, 2] has 3")]
    [InlineData("p = Pad(x, eight, one); y = Conv(p, w)", "axis", 1, "node \"p\" (Pad) adds what no layer of GenNet's does")]
    [InlineData("p = Pad(x, eight); q = Relu(p); y = Conv(q, w)", "axis", 1, "node \"q\" (Relu) gives the activation ReLU of a zero padding of 4×3 pixels, 1 rows above, 1 below, 1 columns on the left, 1 on the right, which has none in GenNet")]
    [InlineData("p = Pad(x, channels); y = Conv(p, w)", "axis", 1, "node \"y\" (Conv) takes 2 channels, and \"p\" [samples, 3, 5, 4] has 3")]
    [InlineData("p = Pad(x, all); y = GlobalMaxPool(p)", "axis", 1, "node \"p\" (Pad) adds what no layer of GenNet's does")]
    [InlineData("p = Pad(x, samples); y = GlobalMaxPool(p)", "axis", 1, "node \"p\" (Pad) adds what no layer of GenNet's does")]
    [InlineData("p = Pad(x, less); y = GlobalMaxPool(p)", "axis", 1, "node \"p\" (Pad) adds what no layer of GenNet's does")]
    [InlineData("p = Pad(x, much); y = GlobalMaxPool(p)", "axis", 1, "takes images [samples, 2, ?, 3], whose height and width are not known or too large")]
    [InlineData("p = Pad(x, more); y = GlobalMaxPool(p)", "axis", 1, "node \"y\" (GlobalMaxPool) takes images [samples, 2, 2000004, 3], whose height and width are not known or too large")]
    [InlineData("c = Conv(x, w); d = Conv(x, w1); y = Add(c, d)", "axis", 1, "node \"y\" (Add) adds [samples, 3, 3, 2] and [samples, 3, 4, 3]; a residual connection adds values of one shape")]
    [InlineData("f = Flatten(x); u = Unsqueeze(f, axes); y = Conv(u, w)", "axis", 1, "node \"y\" (Conv) takes 2 channels, and \"u\" [samples, 24, 1, 1] has 24")]
    [InlineData("c = Conv(x, w); t = Transpose(c, five); f = Flatten(t); y = Flatten(f)", "axis", 1, "node \"t\" (Transpose) is nothing that GenNet has a layer or activation for")]
    public void What_GenNet_has_no_layer_for_is_refused(string nodes, string attribute, long value, string fault)
    {
        var model = Imaged([2, 4, 3], [.. nodes.Split("; ").Select(node => Node(node, [Int(attribute, value), .. node.Contains("Pool", StringComparison.Ordinal) ? new[] { Ints("kernel_shape", 2, 2) } : []]))])
            .With("w", [3, 2, 2, 2], new float[24]).With("w1", [3, 2, 1, 1], new float[6]).With("w2", [2, 2], new float[4]).With("g", [2], 1, 1).With("one", [], 1);
        model.Graph.Initializer.Add(Integers("five", 5, -1));
        model.Graph.Initializer.Add(Integers("eight", 0, 0, 1, 1, 0, 0, 1, 1));
        model.Graph.Initializer.Add(Integers("axes", 2, 3));
        foreach (var (name, pads) in new (string, long[])[] { ("channels", [0, 1, 1, 0, 0, 0, 0, 1]), ("all", [0, 1, 1, 1, 0, 1, 1, 1]), ("samples", [1, 0, 1, 1, 0, 0, 1, 1]), ("less", [0, 0, -1, 1, 0, 0, 1, 1]), ("much", [0, 0, int.MaxValue, 0, 0, 0, 0, 0]), ("more", [0, 0, 0, 0, 0, 0, 2_000_000, 0]) })
            model.Graph.Initializer.Add(Integers(name, pads));
        Refused(fault, model);
    }

    [Theory]
    [InlineData("strides", new long[] { 1, 2 }, "has strides [1, 2] and dilations [1, 1]: GenNet's transposed convolutions have one positive number for both axes")]
    [InlineData("strides", new long[] { 0, 0 }, "has strides [0, 0]")]
    [InlineData("strides", new[] { 1L << 40, 1L << 40 }, "has strides [1099511627776, 1099511627776]")]
    [InlineData("strides", new long[] { int.MaxValue, int.MaxValue }, "has pads [0, 0, 0, 0] and output_padding [0, 0] with strides of 2147483647")]
    [InlineData("strides", new long[] { 2 }, "has strides [2]")]
    [InlineData("dilations", new long[] { 1, 2 }, "dilations [1, 2]")]
    [InlineData("dilations", new long[] { int.MaxValue, int.MaxValue }, "with strides of 1: GenNet's transposed convolutions cut off")]
    [InlineData("kernel_shape", new long[] { 3, 3 }, "has kernel_shape [3, 3], the kernel is [2, 2]")]
    [InlineData("pads", new long[] { 1, 0, 0, 0 }, "has pads [1, 0, 0, 0] and output_padding [0, 0] with strides of 1: GenNet's transposed convolutions cut off as many rows and columns on every side")]
    [InlineData("pads", new long[] { 2, 2, 2, 2 }, "has a 2×2 kernel with pads [2, 2, 2, 2], which leave nothing of 4×3 pixels.")]
    [InlineData("pads", new long[] { 9, 9, 9, 9 }, "has a 2×2 kernel with pads [9, 9, 9, 9], which leave nothing of 4×3 pixels.")]
    [InlineData("pads", new long[] { -1, 0, 0, 0 }, "has pads [-1, 0, 0, 0] and output_padding [0, 0], an image has four and two, of at least 0.")]
    [InlineData("pads", new long[] { 1, 1 }, "has pads [1, 1] and output_padding")]
    [InlineData("output_padding", new long[] { 1, 1 }, "has pads [0, 0, 0, 0] and output_padding [1, 1] with strides of 1")]
    [InlineData("output_padding", new[] { 1L << 40, 0 }, "an image has four and two, of at least 0")]
    [InlineData("output_shape", new long[] { 5, 4 }, "has auto_pad or output_shape, which leave open what is cut off: export the model with pads and output_padding.")]
    public void Transposed_convolutions_that_GenNet_does_not_have_are_refused(string attribute, long[] values, string fault) =>
        Refused(fault, Imaged([2, 4, 3], Node("c = ConvTranspose(x, w)", Ints(attribute, values)), Node("y = GlobalMaxPool(c)")).With("w", [2, 3, 2, 2], new float[24]));

    [Fact]
    public void A_batch_normalisation_becomes_part_of_the_transposed_convolution_before_it()
    {
        var model = Imaged([2, 2, 2], Node("c = ConvTranspose(x, w, b)", Ints("strides", 2, 2)), Node("n = BatchNormalization(c, g, h, m, v)"), Node("r = Relu(n)"), Node("p = GlobalAveragePool(r)"), Node("f = Flatten(p)"), Node("y = Gemm(f, d)", Int("transB", 1)))
            .With("w", [2, 3, 2, 2], [.. Enumerable.Range(0, 24).Select(i => (i - 12) / 8f)]).With("b", [3], 1, -1, 0.5f).With("g", [3], 2, 3, -1).With("h", [3], 0.5f, -0.5f, 0).With("m", [3], 1, 2, 0).With("v", [3], 4, 0.25f, 1)
            .With("d", [1, 3], 1, 2, 3);
        var network = new FoldedTransposed(1);
        OnnxFile.Load(network, new MemoryStream(model.Bytes()), "model.onnx");
        double[] input = [.. Enumerable.Range(0, 8).Select(i => Math.Sin(i))];
        var output = new float[1];
        network.Forward([.. ByPixel(input, 2).Select(value => (float)value)], output);
        Close.AssertEqual("outputs", Run(model, new([1, 2, 2, 2], input)).Values, output, 1e-5);
    }

    [Theory]
    [InlineData("nearest", "asymmetric", "floor", new[] { 1f, 1, 2, 2.5f }, "node \"u\" (Resize) multiplies sizes by [1, 1, 2, 2.5]: GenNet makes the height and the width of an image a whole number of times as large, and nothing else.")]
    [InlineData("nearest", "asymmetric", "floor", new[] { 1f, 2, 2, 2 }, "node \"u\" (Resize) multiplies sizes by [1, 2, 2, 2]")]
    [InlineData("nearest", "asymmetric", "floor", new[] { 2f, 1, 2, 2 }, "node \"u\" (Resize) multiplies sizes by [2, 1, 2, 2]")]
    [InlineData("nearest", "asymmetric", "floor", new[] { 1f, 1, 0, 2 }, "node \"u\" (Resize) multiplies sizes by [1, 1, 0, 2]")]
    [InlineData("nearest", "asymmetric", "floor", new[] { 1f, 1, -2, 2 }, "node \"u\" (Resize) multiplies sizes by [1, 1, -2, 2]")]
    [InlineData("nearest", "asymmetric", "floor", new[] { 1f, 1, float.NaN, 2 }, "node \"u\" (Resize) multiplies sizes by [1, 1, NaN, 2]")]
    [InlineData("nearest", "asymmetric", "floor", new[] { 1f, 1, 1e9f, 2 }, "node \"u\" (Resize) multiplies sizes by [1, 1, 1000000000, 2]")]
    [InlineData("nearest", "asymmetric", "floor", new[] { 1f, 1, 1 << 20, 2 }, "node \"y\" (GlobalMaxPool) takes images [samples, 2, 4194304, 6], whose height and width are not known or too large")]
    [InlineData("nearest", "half_pixel", "floor", new[] { 1f, 1, 2, 2 }, "node \"u\" (Resize) has mode nearest with coordinate_transformation_mode half_pixel and nearest_mode floor: GenNet has what PyTorch's Upsample exports with mode='nearest', and with mode='bilinear', align_corners=False.")]
    [InlineData("linear", "align_corners", "floor", new[] { 1f, 1, 2, 2 }, "node \"u\" (Resize) has mode linear with coordinate_transformation_mode align_corners: GenNet has what PyTorch's")]
    [InlineData("cubic", "half_pixel", "floor", new[] { 1f, 1, 2, 2 }, "node \"u\" (Resize) has mode cubic")]
    [InlineData("nearest", "tf_crop_and_resize", "floor", new[] { 1f, 1, 2, 2 }, "node \"u\" (Resize) has mode nearest with coordinate_transformation_mode tf_crop_and_resize")]
    [InlineData("nearest", "asymmetric", "floor", new float[0], "node \"u\" (Resize) has scales that are no constants, or none: export the model with a fixed scale_factor.")]
    public void Images_that_become_larger_in_other_ways_are_refused(string mode, string place, string rounding, float[] scales, string fault) =>
        Refused(fault, Imaged([2, 4, 3], Node("u = Resize(x, , s)", Text("mode", mode), Text("coordinate_transformation_mode", place), Text("nearest_mode", rounding)), Node("y = GlobalMaxPool(u)")).With("s", [scales.Length], scales));

    /// <summary>Exporters choose one of several ways to say the same.</summary>
    [Theory]
    [InlineData(17, "nearest", "asymmetric", "floor", "scales", "")]
    [InlineData(17, "nearest", "half_pixel", "round_prefer_floor", "scales", "")]
    [InlineData(17, "nearest", "pytorch_half_pixel", "round_prefer_ceil", "sizes", "")]
    [InlineData(12, "nearest", "tf_half_pixel_for_nn", "floor", "scales", "")]
    [InlineData(10, "nearest", "", "", "scales of version 10", "")]
    [InlineData(17, "linear", "half_pixel", "", "scales", " Bilinear")]
    [InlineData(17, "linear", "pytorch_half_pixel", "", "sizes", " Bilinear")]
    public void What_makes_images_larger_is_read_in_every_form(int opset, string mode, string place, string rounding, string form, string interpolation)
    {
        AttributeProto[] attributes = [.. new[] { ("mode", mode), ("coordinate_transformation_mode", place), ("nearest_mode", rounding) }.Where(pair => pair.Item2.Length > 0).Select(pair => Text(pair.Item1, pair.Item2))];
        var node = form switch { "scales" => "u = Resize(x, , s)", "sizes" => "u = Resize(x, , , z)", _ => "u = Resize(x, s)" };
        var model = Imaged([2, 4, 3], Node(node, attributes), Node("p = GlobalMaxPool(u)"), Node("f = Flatten(p)"), Node("y = Gemm(f, d)", Int("transB", 1))).With("s", [4], 1, 1, 3, 2).With("d", [1, 2], 1, 2);
        model.OpsetImport[0].Version = opset;
        model.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimValue = 5;
        model.Graph.Initializer.Add(Integers("z", 5, 2, 12, 6));
        Assert.Equal($"UpSampling2D 4×3×2→12×6×2 3×2{interpolation}, MaxPool2D 12×6×2→1×1×2 12×6, Dense 2→1 Identity", Read(model).Architecture.Schema);
    }

    [Theory]
    [InlineData("strides", new long[] { 0, 0 }, "has strides [0, 0] and dilations []: GenNet's layers have a positive number for each of an image's two axes")]
    [InlineData("strides", new long[] { 1, 0 }, "has strides [1, 0]")]
    [InlineData("strides", new long[] { -1, -1 }, "has strides [-1, -1]")]
    [InlineData("strides", new[] { 1L << 40, 1L << 40 }, "has strides [1099511627776, 1099511627776]")]
    [InlineData("strides", new long[] { 2 }, "has strides [2]")]
    [InlineData("dilations", new long[] { 1, 3 }, "has a 2×2 window with dilation 1×3, which does not fit 4×3 pixels")]
    [InlineData("dilations", new long[] { 5, 5 }, "has a 2×2 window with dilation 5, which does not fit 4×3 pixels with pads [0, 0, 0, 0]")]
    [InlineData("dilations", new long[] { int.MaxValue, int.MaxValue }, "which does not fit 4×3 pixels")]
    [InlineData("kernel_shape", new long[] { 3, 3 }, "has kernel_shape [3, 3], the kernel is [2, 2]")]
    [InlineData("pads", new long[] { 1, 0, 0, 0 }, "has pads [1, 0, 0, 0] around 4×3 pixels: GenNet pads alike above and below, and on either side, with less than a window")]
    [InlineData("pads", new long[] { 0, 1, 0, 0 }, "has pads [0, 1, 0, 0] around 4×3 pixels")]
    [InlineData("pads", new long[] { 2, 2, 2, 2 }, "has pads [2, 2, 2, 2] around 4×3 pixels: GenNet pads alike above and below, and on either side, with less than a window")]
    [InlineData("pads", new long[] { -1, 0, 0, 0 }, "has pads [-1, 0, 0, 0], an image has four, of at least 0")]
    [InlineData("pads", new long[] { int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue }, "around 4×3 pixels")]
    [InlineData("pads", new[] { 1L << 33, 1L << 33, 0, 0 }, "an image has four, of at least 0")]
    [InlineData("pads", new long[] { 1, 1 }, "has pads [1, 1], an image has four")]
    public void Windows_that_GenNet_does_not_have_are_refused(string attribute, long[] values, string fault) =>
        Refused(fault, Imaged([2, 4, 3], Node("c = Conv(x, w)", Ints(attribute, values)), Node("y = GlobalMaxPool(c)")).With("w", [3, 2, 2, 2], new float[24]));

    [Theory]
    [InlineData(new long[] { 2, 1, 3 }, "which does not fit 1×3 pixels")]
    [InlineData(new long[] { 2, 0, 3 }, "takes images [samples, 2, ?, 3], whose height and width are not known or too large")]
    [InlineData(new[] { 2, 1L << 40, 3 }, "takes images [samples, 2, ?, 3]")]
    [InlineData(new long[] { 2, int.MaxValue, int.MaxValue }, "around 2147483647×2147483647 pixels")]
    [InlineData(new long[] { 2, 1 << 20, 1 << 20 }, "around 1048576×1048576 pixels")]
    [InlineData(new long[] { 2, 1 << 15, 1 << 15 }, "(Conv): An image does not fit into an array.")]
    [InlineData(new long[] { 3, 4, 3 }, "node \"c\" (Conv) takes 2 channels, and \"x\" [samples, 3, 4, 3] has 3")]
    public void Images_of_other_sizes_are_refused(long[] sizes, string fault) =>
        Refused(fault, Imaged(sizes, Node("c = Conv(x, w)"), Node("y = GlobalMaxPool(c)")).With("w", [3, 2, 2, 2], new float[24]));

    [Theory]
    [InlineData(2, "node \"c\" (Conv) takes a value of 2 axes; GenNet's convolutions go over images, [samples, channels, height, width]")]
    [InlineData(3, "[3, 2, 1, 2, 2] should be [filters, channels, height, width]")]
    [InlineData(5, "takes a value of 5 axes")]
    public void Convolutions_go_over_two_axes(int rank, string fault) =>
        Refused(fault, Imaged([.. Enumerable.Repeat(4L, rank - 1)], Node("c = Conv(x, w)")).With("w", [3, 2, 2, 2], new float[24]));

    [Theory]
    [InlineData(new[] { 1L << 32, 1L << 32, 1, 1 })]
    [InlineData(new long[] { 1 << 16, 1 << 16, 1 << 16, 1 << 16 })]
    [InlineData(new long[] { int.MaxValue, 2, 2, 2 })]
    [InlineData(new long[] { 3, 2, 0, 2 })]
    [InlineData(new long[] { 3, 2, -2, -2 })]
    [InlineData(new long[] { 3, 2, 2 })]
    [InlineData(new long[] { 3, 2, 2, 2, 1 })]
    public void Kernels_of_absurd_sizes_are_refused(long[] sizes) =>
        Refused("should be [filters, channels, height, width], the weights of a convolution of images", Imaged([2, 4, 3], Node("c = Conv(x, w)"), Node("y = GlobalMaxPool(c)")).With("w", sizes, new float[24]));

    [Theory]
    [InlineData("[Conv2D(4, 3)] [MaxPool2D(2)]", "is a convolution with weights \"0.weight\" [5, 2, 3, 3] over 3×3 pixels of 6×6, stride 1, dilation 1, pads [0, 0, 0, 0], but expected is layer 1 of Other, a convolution with weights [4, 2, 3, 3]")]
    [InlineData("[Conv2D(5, 3, PaddingSize = 1)] [MaxPool2D(3)]", "pads [1, 1, 1, 1] and the activation")]
    [InlineData("[Conv2D(5, 3, Activation.Tanh)] [AveragePool2D(2)]", "is a max pool over 2×2 pixels of 4×4, stride 2, dilation 1, pads [0, 0, 0, 0], but expected is layer 2 of Other, an average pool over 2×2 pixels of 4×4")]
    [InlineData("[Conv2D(5, 3, Activation.Tanh)] [MaxPool2D(3, Stride = 1)]", "is a max pool over 2×2 pixels of 4×4, stride 2, dilation 1, pads [0, 0, 0, 0], but expected is layer 2 of Other, a max pool over 3×3 pixels of 4×4, stride 1")]
    [InlineData("[Conv2D(5, 3, Activation.Tanh)] [GlobalMaxPool2D] [Dense(5)]", "is a max pool over 2×2 pixels of 4×4, stride 2, dilation 1, pads [0, 0, 0, 0], but expected is layer 2 of Other, a max pool over all of 4×4 pixels of 4×4")]
    public void Models_of_other_networks_are_refused(string layers, string fault)
    {
        var network = GenNet.Shared.InMemoryCompiler.Create(GenNet.Shared.InMemoryCompiler.Load(
            $"using GenNet;\n/// <summary>A test's network.</summary>\n[Network] [Image(6, 6, 2)] {layers}{(layers.EndsWith("[Dense(5)]", StringComparison.Ordinal) ? "" : " [Flatten]")} [Dense(3)] public partial class Other;"), "Other", 1);
        var before = network.Hash();
        var error = Assert.Throws<InvalidDataException>(() => OnnxFile.Load(network, new MemoryStream(Of(OnnxImageNetworks.Reference("MaxPool")).Bytes()), "model.onnx"));
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, network.Hash());
    }

    static bool Differ(double[] expected, double[] actual) => actual.Length != expected.Length || expected.Zip(actual).Any(pair => Math.Abs(pair.First - pair.Second) > 1e-5);

    static double[] ByPixel(double[] image, int channels) => [.. image.Select((_, i) => image[i % channels * (image.Length / channels) + i / channels])];

    static OnnxModel Read(ModelProto model) => OnnxFile.Read(new MemoryStream(model.Bytes()), "model.onnx");

    static void Refused(string fault, ModelProto model)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(model));
        Assert.StartsWith("model.onnx: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }
}
