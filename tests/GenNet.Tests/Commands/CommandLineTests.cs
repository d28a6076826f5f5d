using GenNet.Generator.Layers;
using GenNet.Onnx;
using GenNet.Onnx.Schema;
using GenNet.Shared;
using GenNet.Tests.Files;
using GenNet.Tests.Onnx;
using GenNet.Tool;
using GenNet.Tool.Models;
using Microsoft.CodeAnalysis.CSharp;
using Torch = GenNet.Tests.Files.Torch;

namespace GenNet.Tests.Commands;

/// <summary>The commands of <c>gennet</c>, in this process.</summary>
public sealed class CommandLineTests : TestFolder
{
    [Theory]
    [InlineData("net.safetensors", "format: safetensors, 4 tensors, 183 elements", "gennet.network: Classifier")]
    [InlineData("net.onnx", "format: ONNX, operator set 17, 4 tensors, 183 elements", "graph: Classifier")]
    public void Inspect_shows_tensors_statistics_and_layers(string name, params string[] facts)
    {
        var network = new Classifier(1);
        network.Parameters.Tensors[3].CopyFrom([-1, 3, 4]);
        Save(network, name);
        var output = Succeeds("inspect", Path(name));
        Assert.All(facts, fact => Assert.Contains(fact, output, StringComparison.Ordinal));
        Assert.Contains("layers: Dense 5→20 Tanh, Dense 20→3 Softmax", output, StringComparison.Ordinal);
        Assert.Contains($"schema: {Classifier.Architecture.SchemaHash:x16}, 183 trained parameters", output, StringComparison.Ordinal);
        Assert.Matches(@"0\.weight +F32 +\[20, 5\] +100 ", output);
        Assert.Matches(@"2\.bias +F32 +\[3\] +3 +-1 +4 +2 +2\.16", output);
    }

    [Fact]
    public void Inspect_counts_numbers_that_are_not_finite_and_shows_whole_numbers()
    {
        SafeTensorsFile.Write(Path("odd.safetensors"), [new SafeTensor("[red]a", [3], [1, float.NaN, float.PositiveInfinity])]);
        var output = Succeeds("inspect", Path("odd.safetensors"));
        Assert.Matches(@"\[red\]a +F32 +\[3\] +3 +2 not finite", output);
        new NestedBlocks(1).Save(Path("counter.safetensors"));
        Assert.Matches(@"num_batches_tracked +I64 +\[\] +1 +\r?\n", Succeeds("inspect", Path("counter.safetensors")));
    }

    [Theory]
    [InlineData("from.safetensors", "to.onnx", "back.safetensors")]
    [InlineData("from.onnx", "to.safetensors", "back.onnx")]
    public void Convert_keeps_every_bit(string from, string to, string back)
    {
        var network = new TorchLike(1);
        Save(network, from);
        Assert.Contains($"{to}: {TorchLike.Architecture.Schema}", Succeeds("convert", Path(from), Path(to)), StringComparison.Ordinal);
        Succeeds("convert", Path(to), Path(back));
        foreach (var name in new[] { to, back })
        {
            var loaded = new TorchLike(2);
            Load(loaded, name);
            Assert.Equal(network.Hash(), loaded.Hash());
        }
    }

    [Fact]
    public void Convert_asks_for_layers_that_a_file_does_not_describe()
    {
        var file = Torch.Sample("classifier.F32.safetensors");
        Assert.Contains("does not say what its layers compute; say so with --network, such as --network \"Dense 5→20 ReLU, Dense 20→3 Identity\"", Fails("convert", file, Path("net.onnx")), StringComparison.Ordinal);
        Succeeds("convert", file, Path("net.onnx"), "--network", "5-20-3 tanh softmax");
        var (expected, network) = (new Classifier(1), new Classifier(2));
        expected.Load(file);
        OnnxFile.Load(network, Path("net.onnx"));
        Assert.Equal(expected.Hash(), network.Hash());
    }

    [Fact]
    public void Declare_prints_one_attribute_where_it_can()
    {
        new Classifier(1).Save(Path("my-policy 2.safetensors"));
        Assert.Equal(
            "using GenNet;\n\n[Network(5, 20, 3, Hidden = Activation.Tanh, Output = Activation.Softmax)]\npublic sealed partial class Classifier;\n",
            Succeeds("declare", Path("my-policy 2.safetensors")));
        Assert.Contains("class Policy;", Succeeds("declare", Path("my-policy 2.safetensors"), "--name", "Policy"), StringComparison.Ordinal);
        Assert.Equal(
            "using GenNet;\n\n// The file has weights alone: the activations are a guess.\n[Network(5, 20, 3)]\npublic sealed partial class ClassifierF32;\n",
            Succeeds("declare", Torch.Sample("classifier.F32.safetensors")));
    }

    [Theory]
    [InlineData("net.safetensors")]
    [InlineData("net.onnx")]
    public void What_declare_prints_compiles_and_loads_the_file(string name)
    {
        var network = new EveryLayer(1);
        Save(network, name);
        var source = Succeeds("declare", Path(name));
        var declared = InMemoryCompiler.Create(InMemoryCompiler.Load(source.Replace("[Network(", "/// <summary>Declared.</summary>\n[Network(", StringComparison.Ordinal)), "EveryLayer", 2);
        Load(declared, name);
        var (expected, actual) = (new float[4], new float[4]);
        network.Forward([1, -2, 3, -1, 0.5f, 2], expected);
        declared.Forward([1, -2, 3, -1, 0.5f, 2], actual);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Check_compares()
    {
        Save(new Classifier(1), "net.safetensors");
        Save(new Classifier(1), "net.onnx");
        foreach (var name in new[] { "net.safetensors", "net.onnx" })
        {
            Assert.Contains("fits: Dense 5→20 Tanh, Dense 20→3 Softmax, 4 tensors", Succeeds("check", Path(name), "--network", "5-20-3 tanh softmax"), StringComparison.Ordinal);
            Succeeds("check", Path(name), "--network", "Dense 5->20 Tanh, Dense 20->3 Softmax");
            Assert.Contains("[20, 5]", Fails("check", Path(name), "--network", "5-21-3 tanh softmax"), StringComparison.Ordinal);
            Assert.Contains("Tanh", Fails("check", Path(name), "--network", "5-20-3 relu softmax"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_kind_of_layer_is_read_from_words()
    {
        var network = new ArchitectureBuilder(3).Dense(8, Activation.ReLU).BatchNorm(Activation.Tanh, epsilon: 1e-3f).Dropout().Dense(8, Activation.Identity).LayerNorm(Activation.GELU)
            .Residual(2, Activation.ReLU).Dense(6, Activation.Tanh).Residual(3, Activation.Identity, projection: true).Flatten(5).Dense(2, new LayerActivation(null, "Own")).Build("Net", "");
        var images = new ArchitectureBuilder(3).Image(9, 8).Conv2D(4, 3, 3, Activation.ReLU).Conv2D(4, 3, 2, Activation.Identity, stride: 2, padding: Padding.Same).Conv2D(5, 2, 3, new LayerActivation(null, "Own"), dilation: 1, paddingSize: 1)
            .Conv2D(5, 2, 2, Activation.Tanh, padding: Padding.Same).MaxPool2D(2, 2, 1, paddingSize: 1).AveragePool2D(3, 3, 1, Padding.Same, countsPadding: true).AveragePool2D(2, 3, 2).Conv2D(4, 2, 1, Activation.Identity, dilation: 2)
            .DepthwiseConv2D(1, 2, Activation.Tanh, dilation: new(3, 1), paddingSize: new(0, 1)).Conv2D(6, 1, 1, Activation.Tanh, groups: 2)
            .ZeroPadding2D(1, 0, 2, 0).ZeroPadding2D(1, 1, 1, 1).UpSampling2D(2, 2).UpSampling2D(3, 2, Interpolation.Bilinear)
            .Conv2DTranspose(4, 2, 3, new LayerActivation(null, "Own"), stride: 3, paddingSize: 1, outputPadding: 2).Conv2DTranspose(3, 2, 2, Activation.Identity).Conv2DTranspose(2, 3, 3, Activation.Tanh, dilation: 2, paddingSize: 3)
            .Conv2D(5, 2, 2, Activation.ReLU, stride: new(2, 1), padding: Padding.Same).Residual(1, Activation.ReLU, projection: true)
            .GlobalAveragePool2D().Build("Images", "");
        var sequences = new ArchitectureBuilder(4).Sequence(60).Dense(6, Activation.Tanh).Conv1D(8, 5, Activation.ReLU, stride: 2, padding: Padding.Same).Conv1D(8, 4, new LayerActivation(null, "Own"), padding: Padding.Same).Conv1D(8, 3, Activation.Identity, dilation: 3, paddingSize: 3, groups: 2)
            .Residual(2, Activation.ReLU, projection: true).MaxPool1D(3).MaxPool1D(2, 1, paddingSize: 1).AveragePool1D(3, 2, Padding.Same, countsPadding: true).AveragePool1D(2, 1).Flatten(5).Dense(2, Activation.Identity).Build("Sequences", "");
        var recurrent = new ArchitectureBuilder(4).Sequence(9).Conv1D(4, 3, Activation.ReLU, dilation: 2, isCausal: true).SimpleRNN(5).GRU(6).GRU(5, resetAfter: false).GRU(4, resetAfter: false, bidirectional: true).LSTM(7, bidirectional: true).SimpleRNN(2, Nonlinearity.ReLU, bidirectional: true).LSTM(7).SimpleRNN(3, Nonlinearity.ReLU).LastStep().Dense(2, Activation.Identity).Build("Recurrent", "");
        var embedded = new ArchitectureBuilder(4).Sequence(9).Embedding(40, 5).Embedding(3, 2, feature: 7).SimpleRNN(5).LastStep().Dense(2, Activation.Identity).Build("Embedded", "");
        Assert.Equal(
            LayerKind.All.Select(kind => kind.Attribute.Replace("Global", "", StringComparison.Ordinal).Replace("Depthwise", "", StringComparison.Ordinal)).Distinct().Order(),
            network.Layers.Concat(images.Layers).Concat(sequences.Layers).Concat(recurrent.Layers).Concat(embedded.Layers).Select(layer => $"GenNet.{layer.Kind}Attribute").Distinct().Order());
        foreach (var described in new[] { network, images, sequences, recurrent, embedded })
        {
            var read = NetworkText.Parse(described.Schema);
            Assert.Equal(described.Schema, read.Schema);
            Assert.Equal(described.Layers.Select(layer => layer.Kind), read.Layers.Select(layer => layer.Kind));
            Assert.Equal(described.Layers[2], read.Layers[2]);
            Assert.Equal(described.Layers[^1], read.Layers[^1]);
            Assert.Equal(described.Layers[1], read.Layers[1]);
        }
        Assert.Equal(images.Layers, NetworkText.Parse(images.Schema).Layers);
        Assert.Equal(sequences.Layers, NetworkText.Parse(sequences.Schema).Layers);
    }

    [Theory]
    [InlineData("net.safetensors")]
    [InlineData("net.onnx")]
    public void Networks_of_images_are_shown_declared_converted_and_loaded(string name)
    {
        var network = new ToolImages(1);
        Save(network, name);
        var output = Succeeds("inspect", Path(name));
        Assert.Contains($"layers: {ToolImages.Architecture.Schema}", output, StringComparison.Ordinal);
        Assert.Contains($"schema: {ToolImages.Architecture.SchemaHash:x16}", output, StringComparison.Ordinal);
        Assert.Matches(@"0\.weight +F32 +\[4, 2, 3, 3\] +72 ", output);
        Assert.Equal(
            "using GenNet;\n\n[Network]\n[Image(8, 7, 2)]\n[Conv2D(4, 3, Activation.Tanh, Stride = 2, Padding = Padding.Same)]\n[Residual(1, Activation.ReLU, Projection = true)]\n[ZeroPadding2D(0, 1, 2, 0)]\n[ZeroPadding2D(1)]\n[UpSampling2D(1, 2)]\n[UpSampling2D(2, Interpolation = Interpolation.Bilinear)]\n[Conv2DTranspose(3, 2, 3, Activation.ReLU, Stride = 2, PaddingSize = 1, OutputPadding = 1)]\n[Conv2DTranspose(2, 2, Dilation = 2)]\n[Conv2D(3, 2, 3, PaddingSize = 1)]\n[MaxPool2D(2, Stride = 1)]\n"
            + "[AveragePool2D(3, Stride = 1, PaddingSize = 1, CountsPadding = true)]\n[Flatten]\n[Dense(5, Activation.ReLU)]\n[Residual(1, Projection = true)]\n[Dense(2, Activation.Softmax)]\npublic sealed partial class ToolImages;\n",
            Succeeds("declare", Path(name)));
        var other = name == "net.onnx" ? "to.safetensors" : "to.onnx";
        Succeeds("convert", Path(name), Path(other));
        var converted = new ToolImages(3);
        Load(converted, other);
        Assert.Equal(network.Hash(), converted.Hash());
        Succeeds("check", Path(name), "--network", ToolImages.Architecture.Schema);
    }

    [Fact]
    public void A_global_pool_is_declared_as_one()
    {
        Save(new ToolPooled(1), "net.onnx");
        Assert.Contains("[Image(5, 5)]\n[Conv2D(3, 2)]\n[GlobalAveragePool2D]\n[Dense(2)]\n", Succeeds("declare", Path("net.onnx")), StringComparison.Ordinal);
    }

    [Fact]
    public void Convolutions_without_a_description_are_not_guessed()
    {
        SafeTensorsFile.Write(Path("conv.safetensors"), [new SafeTensor("0.weight", [2, 1, 3, 3], new float[18]), new SafeTensor("0.bias", [2], new float[2])]);
        Assert.Contains("\"0\" is a convolution, and the tensors do not tell how large its images are", Fails("declare", Path("conv.safetensors")), StringComparison.Ordinal);
        SafeTensorsFile.Write(Path("steps.safetensors"), [new SafeTensor("0.weight", [4, 2, 3], new float[24]), new SafeTensor("0.bias", [4], new float[4])]);
        Assert.Contains("\"0\" is a convolution along steps, and the tensors do not tell how many there are", Fails("declare", Path("steps.safetensors")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("net.safetensors")]
    [InlineData("net.onnx")]
    public void Heads_are_shown_declared_and_compared(string name)
    {
        const string Schema = "Dense 5→8 Tanh, LayerNorm 8→8 Identity ε=1E-05, Policy.Dense 8→6 GELU, Policy.Dense 6→4 Softmax, Value.Dense 8→1 Identity";
        var network = new PolicyAndValue(1);
        Save(network, name);
        var output = Succeeds("inspect", Path(name));
        Assert.Contains($"layers: {Schema}\nhead Policy: outputs 0..4\nhead Value: outputs 4..5\nschema: {PolicyAndValue.Architecture.SchemaHash:x16}", output, StringComparison.Ordinal);
        Assert.Matches(@"Value\.0\.weight +F32 +\[1, 8\] +8 ", output);

        var source = Succeeds("declare", Path(name));
        Assert.Equal(
            "using GenNet;\n\n// The file does not tell the losses of heads and their weights, which matter in training alone.\n"
            + "[Network(5)]\n[Dense(8, Activation.Tanh)]\n[LayerNorm]\n[Head(\"Policy\")]\n[Dense(6, Activation.GELU)]\n[Dense(4, Activation.Softmax)]\n[Head(\"Value\")]\n[Dense(1)]\n"
            + "public sealed partial class PolicyAndValue;\n", source);
        var declared = InMemoryCompiler.Create(InMemoryCompiler.Load(source.Replace("[Network(", "/// <summary>Declared.</summary>\n[Network(", StringComparison.Ordinal)), "PolicyAndValue", 2);
        Load(declared, name);
        Assert.Equal(network.Hash(), declared.Hash());

        Succeeds("check", Path(name), "--network", Schema);
        Assert.Contains("Value", Fails("check", Path(name), "--network", Schema.Replace("Value.Dense 8→1", "Value.Dense 8→2", StringComparison.Ordinal)), StringComparison.Ordinal);
        var other = name == "net.onnx" ? "to.safetensors" : "to.onnx";
        Succeeds("convert", Path(name), Path(other));
        var converted = new PolicyAndValue(3);
        Load(converted, other);
        Assert.Equal(network.Hash(), converted.Hash());
    }

    [Fact]
    public void Every_network_of_heads_is_inspected_and_declared()
    {
        foreach (var create in OnnxHeadNetworks.All)
            foreach (var name in new[] { "net.safetensors", "net.onnx" })
            {
                var network = create(1);
                Save(network, name);
                Succeeds("inspect", Path(name));
                var source = Succeeds("declare", Path(name));
                var declared = InMemoryCompiler.Create(InMemoryCompiler.Load(source.Replace("[Network", "/// <summary>Declared.</summary>\n[Network", StringComparison.Ordinal)), network.Architecture.Name, 2);
                Load(declared, name);
                float[] inputs = [.. Enumerable.Range(0, network.InputSize).Select(i => i % 5 - 1.5f)];
                var (expected, actual) = (new float[network.OutputSize], new float[network.OutputSize]);
                network.Forward(inputs, expected);
                declared.Forward(inputs, actual);

                // To the bit, but where a dropout that ONNX does not have kept a normalisation from being folded into the layer before both.
                Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, name == "net.onnx" ? 1e-6f : 0));
            }
    }

    /// <summary>Names that C# has for itself, or GenNet, and those that are too much alike.</summary>
    [Fact]
    public void Heads_are_declared_by_names_that_heads_can_have()
    {
        string[] names =
        [
            .. SyntaxFacts.GetReservedKeywordKinds().Concat(SyntaxFacts.GetContextualKeywordKinds()).Select(SyntaxFacts.GetText).Where(name => name.All(letter => char.IsLetter(letter) || letter == '_')).Distinct(),
            "Heads", "Equals", "ReferenceEquals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "Finalize", "Class", "event_", "Event", "Last", "get_Last", "set_First", "First", "Policy",
        ];
        var model = Model.Create([.. names.Select(name => Model.Node($"{name} = Gemm(h, w, b)")).Prepend(Model.Node("h = Tanh(g)")).Prepend(Model.Node("g = Gemm(x, w, b)"))])
            .With("w", [2, 2], 1, 2, 3, 4).With("b", [2], 5, 6);
        model.Graph.Output.Clear();
        model.Graph.Output.Add(names.Select(name => new ValueInfoProto { Name = name }));
        File.WriteAllBytes(Path("net.onnx"), model.Bytes());
        var source = Succeeds("declare", Path("net.onnx"), "--name", "Net");
        Assert.Contains("// Head Class is called class in the file, which no head can be.\n", source, StringComparison.Ordinal);
        Assert.Contains("[Head(\"Policy\")]\n", source, StringComparison.Ordinal);
        Assert.DoesNotContain("Head Policy is called", source, StringComparison.Ordinal);
        var net = InMemoryCompiler.Create(InMemoryCompiler.Load(source.Replace("[Network(", "/// <summary>Declared.</summary>\n[Network(", StringComparison.Ordinal)), "Net", 2);
        Assert.Equal(names.Length, net.Architecture.Heads.Count);

        SafeTensorsFile.Write(Path("net.safetensors"), [.. new[] { "trunk", "class", "Value" }.Select(name => new SafeTensor($"{name}.0.weight", [2, 2], [1, 2, 3, 4]))]);
        Assert.Contains("// Head Class is called class in the file, which no head can be: pass names to Load.\n", Succeeds("declare", Path("net.safetensors")), StringComparison.Ordinal);
    }

    [Fact]
    public void Heads_are_guessed_from_names() => Assert.Equal(
        "using GenNet;\n\n// The file has weights alone: the activations are a guess, and so is the order of the heads.\n"
        + "// The file does not tell the losses of heads and their weights, which matter in training alone.\n"
        + "[Network(5)]\n[Dense(20, Activation.ReLU)]\n[Head(\"Policy\")]\n[Dense(8, Activation.ReLU)]\n[Dense(3)]\n[Head(\"Value\")]\n[LayerNorm]\n[Dense(1)]\npublic sealed partial class Heads;\n",
        Succeeds("declare", Torch.Sample("heads.safetensors")));

    [Theory]
    [InlineData("A.Dense 5→2", "Heads share at least one layer before the first.")]
    [InlineData("Dense 5→2, A.Dense 2→1, Dense 2→1", "\"Dense 2→1\" stands behind a head's layers, but names no head")]
    [InlineData("Dense 5→2, A.Dense 2→1, B.Dense 2→1, a.Dense 2→1", "Something else has the name a already.")]
    [InlineData("Dense 5→2, trunk.Dense 2→1", "Something else has the name trunk already.")]
    [InlineData("Dense 5→2, A.Dense 2→1, B.Dense 1→1", "\"B.Dense 1→1\" takes 1 values, the layer before it gives 2")]
    [InlineData("Dense 5→2, A.Flatten 3×2→6, B.Dense 2→1", "Head A gives one row of 3 positions, and head B of 1.")]
    [InlineData("Dense 5→2, A.Dense 2→2, B.Residual 2→2 over 2", "must be less than or equal to")]
    [InlineData("5-2 relu", "has 2 outputs, Policy, Value, but the network has 1 head.")]
    [InlineData("Dense 5→8 Tanh, LayerNorm 8→8, Value.Dense 8→1", "Declare a [Head] for each output")]
    public void Descriptions_of_heads_that_do_not_fit_are_refused(string network, string fault)
    {
        Save(new PolicyAndValue(1), "net.onnx");
        Assert.Contains(fault, Fails("check", Path("net.onnx"), "--network", network), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5", "should have at least two sizes")]
    [InlineData("5-x", "\"x\" should be a size")]
    [InlineData("5-0", "\"0\" should be a size")]
    [InlineData("5-2 swoosh", "there is no activation swoosh; there are Identity, ")]
    [InlineData("5-2 3", "there is no activation 3")]
    [InlineData("5-2 relu relu relu", "should be sizes, the hidden and the output activation")]
    [InlineData("1000000-1000000", "more parameters than an array can hold")]
    [InlineData("Conv 5→2", "there is no layer Conv; there are AveragePool1D, AveragePool2D, BatchNorm, Conv1D, Conv2D, Conv2DTranspose, Dense, ")]
    [InlineData("Conv1D 4x3->4x3 of 5 padding 99999, Flatten 4x3->12, Dense 12->2", "with no padding do such windows begin so and give as much")]
    [InlineData("Conv2D 4x4x3->4x4x3 5x5 padding 9,9, Flatten 4x4x3->48, Dense 48->2", "with no padding do such windows begin so and give as much")]
    [InlineData("Conv1D 64x3->61x16 of 5 ReLU, Flatten 61x16->976, Dense 976->2", "with no padding do such windows begin so and give as much")]
    [InlineData("Dense 5→2, Dense 3→2", "\"Dense 3→2\" takes 3 values, the layer before it gives 2")]
    [InlineData("Dense 5→2, BatchNorm 2→3", "gives as many values as it takes")]
    [InlineData("Dense 5→2, Residual 2→2 over 2", "must be less than or equal to")]
    [InlineData("Dense 5→2, LayerNorm 2→2 ε=x", "ε should be a positive number")]
    public void Descriptions_that_cannot_be_understood_are_refused(string network, string fault)
    {
        Save(new Classifier(1), "net.onnx");
        Assert.Contains(fault, Fails("check", Path("net.onnx"), "--network", network), StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_and_missing_files_are_one_line_of_error()
    {
        File.WriteAllBytes(Path("bad.onnx"), [1, 2, 3]);
        Assert.Matches(@"^error: .*bad\.onnx: not an ONNX model[^\n]*\n$", Fails("inspect", Path("bad.onnx")));
        File.WriteAllBytes(Path("bad.safetensors"), [9, 0, 0, 0, 0, 0, 0, 0, (byte)'{', 1]);
        Assert.Matches(@"^error: .*bad\.safetensors: [^\n]*\n$", Fails("inspect", Path("bad.safetensors")));
        Assert.Matches(@"^error: there is no file [^\n]*\n$", Fails("inspect", Path("none.onnx")));
        Save(new Classifier(1), "net.onnx");
        Assert.Contains("ends neither in .onnx nor in .safetensors", Fails("convert", Path("net.onnx"), Path("net.txt")), StringComparison.Ordinal);
        Assert.Contains("error: ", Fails("inspect"), StringComparison.Ordinal);
    }

    void Save(INetwork network, string name)
    {
        if (name.EndsWith(".onnx", StringComparison.Ordinal))
            OnnxFile.Save(network, Path(name));
        else
            network.Save(Path(name));
    }

    void Load(INetwork network, string name)
    {
        if (name.EndsWith(".onnx", StringComparison.Ordinal))
            OnnxFile.Load(network, Path(name));
        else
            network.Load(Path(name));
    }

    static string Succeeds(params string[] arguments)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter());
        Assert.True(CommandLine.Run(arguments, output, error) == 0, error.ToString());
        Assert.Empty(error.ToString());
        return output.ToString();
    }

    static string Fails(params string[] arguments)
    {
        var error = new StringWriter { NewLine = "\n" };
        Assert.Equal(1, CommandLine.Run(arguments, new StringWriter(), error));
        return error.ToString();
    }
}
