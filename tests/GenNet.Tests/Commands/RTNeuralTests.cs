using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using GenNet.Onnx;
using GenNet.Runtime;
using GenNet.Shared;
using GenNet.Tests.Files;
using GenNet.Tests.Reference;
using GenNet.Tool;
using GenNet.Tool.Models;

namespace GenNet.Tests.Commands;

/// <summary>RTNeural's JSON files, which tests/reference/make_rtneural_files.py wrote.</summary>
public sealed class RTNeuralTests : TestFolder
{
    /// <summary>Converted, declared, compiled and loaded, a model gives step by step what its file's arrays say.</summary>
    [Theory]
    [InlineData("gru", "[Network]\n[Sequence(9, 3)]\n[Dense(4, Activation.Tanh)]\n[GRU(5)]\n[LastStep]\n[Dense(4, Activation.ELU)]\n[Dense(2)]\n", true)]
    [InlineData("lstm", "[Network]\n[Sequence(9, 1)]\n[LSTM(6)]\n[LastStep]\n[Dense(3, Activation.Softmax)]\n", false)]
    [InlineData("conv", "[Network]\n[Sequence(9, 2)]\n[Dense(4, Activation.Sigmoid)]\n[Conv1D(6, 3, Activation.ReLU, Dilation = 2, Causal = true)]\n[BatchNorm(Epsilon = 0.01)]\n[Conv1D(6, 2, Activation.Tanh, Causal = true, Groups = 3)]\n[LastStep]\n[BatchNorm(Epsilon = 5)]\n[Dense(1)]\n", true)]
    [InlineData("last", "[Network]\n[Sequence(9, 2)]\n[GRU(4)]\n[LastStep]\n[Dense(2)]\n", false)]
    public void A_model_gives_what_its_arrays_say(string name, string declaration, bool isOpen)
    {
        string[] steps = isOpen ? ["--steps", "9"] : [];
        var source = Succeeds(["declare", Sample(name), "--name", "Loaded", .. steps]);
        Assert.Contains(declaration + "public sealed partial class Loaded;\n", source, StringComparison.Ordinal);
        var assembly = InMemoryCompiler.Load(source.Replace("[Network]", "/// <summary>Declared.</summary>\n[Network]", StringComparison.Ordinal));
        using var reference = JsonDocument.Parse(File.ReadAllBytes(Sample($"{name}.reference")));
        var (inputs, outputs) = (Rows(reference, "inputs"), Rows(reference, "outputs"));
        foreach (var format in new[] { "safetensors", "onnx" })
        {
            var path = Path($"{name}.{format}");
            Assert.Contains($"{name}.{format}: ", Succeeds(["convert", Sample(name), path, .. steps]), StringComparison.Ordinal);
            var network = InMemoryCompiler.Create(assembly, "Loaded", 1);
            if (format == "onnx")
                OnnxFile.Load(network, path);
            else
                network.Load(path);
            var whole = new float[network.OutputSize];
            network.Forward([.. inputs.SelectMany(row => row).Select(value => (float)value)], whole);
            Close.AssertEqual("the last step", outputs[^1], whole, 1e-5);
            var state = (NetworkState)network.GetType().GetMethod("CreateState", [typeof(int)])!.Invoke(network, [1])!;
            for (var step = 0; step < inputs.Length; step++)
            {
                ((IStreamNetwork)network).Forward([.. inputs[step].Select(value => (float)value)], state, whole);
                Close.AssertEqual($"step {step}", outputs[step], whole, 1e-5);
            }
            Succeeds("check", Sample(name), "--network", network.Architecture.Schema);
        }
    }

    [Fact]
    public void A_network_says_how_many_steps_there_are()
    {
        Assert.Contains("leaves open how many steps a sequence has; say so with --steps, such as --steps 64", Fails("convert", Sample("gru"), Path("net.safetensors")), StringComparison.Ordinal);
        Assert.Contains("leaves open how many steps a sequence has", Fails("declare", Sample("gru")), StringComparison.Ordinal);
        Assert.Contains("a sequence has at least 1 step", Fails("declare", Sample("gru"), "--steps", "0"), StringComparison.Ordinal);
        Assert.Contains("tells that sequences have 9 steps: leave --steps out", Fails("declare", Sample("lstm"), "--steps", "9"), StringComparison.Ordinal);
        var shown = Succeeds("inspect", Sample("gru"));
        Assert.Contains("format: RTNeural's JSON, 10 tensors, 215 elements\nsteps: left open: say how many with --steps\n", shown, StringComparison.Ordinal);
        Assert.Matches(@"2\.weight_ih_l0 +F32 +\[15, 4\] +60 ", shown);

        const string EachStep = "Dense 3→4 Tanh, GRU 20×4→20×5, Dense 5→4 ELU, Dense 4→2 Identity, Flatten 20×2→40";
        Assert.Contains($"net.safetensors: {EachStep}", Succeeds("convert", Sample("gru"), Path("net.safetensors"), "--network", EachStep), StringComparison.Ordinal);
        Assert.Contains("gru.json: layer 2 is GRU 20×4→20×5, but expected is LSTM 20×4→20×5.", Fails("check", Sample("gru"), "--network", EachStep.Replace("GRU", "LSTM", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("gru.json: layer 4 is Dense 4→2 Identity, but expected is none.", Fails("check", Sample("gru"), "--network", "Dense 3→4 Tanh, GRU 20×4→20×5, Dense 5→4 ELU, LastStep 20×4→1×4"), StringComparison.Ordinal);
        OnnxFile.Save(new OnnxSteps(1), Path("net.onnx"));
        Assert.Contains("net.onnx is no JSON file of RTNeural's: leave --steps out", Fails("declare", Path("net.onnx"), "--steps", "9"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"in_shape": [null, 1]""", "no JSON: ")]
    [InlineData("""{"weights": []}""", "is no model of RTNeural's, which has \"in_shape\" and \"layers\".")]
    [InlineData("""{"in_shape": [null, 1], "layers": []}""", "has no layers.")]
    [InlineData("""{"in_shape": [null, 3, 3, 1], "layers": []}""", "in_shape should be [null, features] or [null, steps, features].")]
    [InlineData("""{"in_shape": [null, -1], "layers": []}""", "in_shape has a size that is no whole number from 1 to 16777216.")]
    [InlineData("""{"in_shape": [null, 1], "layers": [3]}""", "layer 1 () has no \"shape\".")]
    [InlineData("""{"in_shape": [null, 1], "layers": [{"type": "prelu", "shape": [null, 1], "weights": []}]}""", "layer 1 (prelu) is none that GenNet has; there are dense, time-distributed-dense, gru, lstm, conv1d, batchnorm and activation.")]
    [InlineData("""{"in_shape": [null, 1], "layers": [{"type": "gru", "shape": [null, 1], "weights": []}]}""", "layer 1 (gru) goes through sequences, and the layer before it gives rows.")]
    [InlineData("""{"in_shape": [null, 1], "layers": [{"type": "dense", "shape": [null, null, 1], "weights": []}]}""", "layer 1 (dense) gives a sequence, and the layer before it a row.")]
    [InlineData("""{"in_shape": [null, 1], "layers": [{"type": "dense", "shape": [null, 1], "weights": 3}]}""", "layer 1 (dense) has \"weights\" that are no array.")]
    [InlineData("""{"in_shape": [null, 1], "layers": [{"type": "dense", "shape": [null, 1], "weights": []}]}""", "layer 1 (dense) has no kernel among its weights.")]
    [InlineData("""{"in_shape": [null, 1], "layers": [{"type": "dense", "shape": [null, 2], "weights": [[[1, 2], [3, 4]]]}]}""", "layer 1 (dense) has a kernel that has an array of 2 where one of 1 should be.")]
    [InlineData("""{"in_shape": [null, 1], "layers": [{"type": "dense", "shape": [null, 16777216], "weights": [[[1, 2]]]}]}""", "has an array of 2 where one of 16777216 should be.")]
    [InlineData("""{"in_shape": [null, 1], "layers": [{"type": "dense", "shape": [null, 1], "weights": [[[1e99]]]}]}""", "layer 1 (dense) has a kernel that has an element that is no finite number.")]
    [InlineData("""{"in_shape": [null, 1], "layers": [{"type": "dense", "activation": "swish", "shape": [null, 1], "weights": [[[1]]]}]}""", "layer 1 (dense) has the activation \"swish\", which RTNeural's files do not have")]
    [InlineData("""{"in_shape": [null, 1], "layers": [{"type": "dense", "activation": "tanh", "shape": [null, 1], "weights": [[[1]]]}, {"type": "activation", "activation": "relu", "shape": [null, 1], "weights": []}]}""", "layer 2 (activation) is an activation behind what has one, or can have none")]
    [InlineData("""{"in_shape": [null, null, 1], "layers": [{"type": "gru", "activation": "relu", "shape": [null, null, 1], "weights": [[[1, 2, 3]], [[1, 2, 3]], [[1, 2, 3], [1, 2, 3]]]}]}""", "layer 1 (gru) has the activation ReLU; GenNet's layer has tanh.")]
    [InlineData("""{"in_shape": [null, null, 1], "layers": [{"type": "gru", "shape": [null, null, 1], "weights": [[[1, 2, 3]], [[1, 2, 3]], [1, 2, 3]]}]}""", "layer 1 (gru) has one row of biases, so its reset gate works on the state before the product (reset_after=False)")]
    [InlineData("""{"in_shape": [null, null, 1], "layers": [{"type": "lstm", "shape": [null, null, 1], "weights": [[[1, 2, 3]]]}]}""", "layer 1 (lstm) has a kernel that has an array of 3 where one of 4 should be.")]
    [InlineData("""{"in_shape": [null, null, 1], "layers": [{"type": "conv1d", "shape": [null, null, 1], "weights": []}]}""", "layer 1 (conv1d) has no \"kernel_size\".")]
    [InlineData("""{"in_shape": [null, null, 1], "layers": [{"type": "conv1d", "kernel_size": [1], "groups": 2, "shape": [null, null, 1], "weights": []}]}""", "layer 1 (conv1d) has 2 groups for 1 channels and 1 filters.")]
    [InlineData("""{"in_shape": [null, 9, 1], "layers": [{"type": "conv1d", "kernel_size": [3], "shape": [null, 8, 1], "weights": []}]}""", "layer 1 (conv1d) makes 8 steps of 9, which neither a causal convolution does nor one without padding.")]
    [InlineData("""{"in_shape": [null, 1], "layers": [{"type": "batchnorm", "epsilon": "x", "shape": [null, 1], "weights": []}]}""", "layer 1 (batchnorm) has an \"epsilon\" that is no positive number.")]
    public void What_cannot_be_read_is_refused(string text, string fault)
    {
        File.WriteAllText(Path("bad.json"), text);
        var error = Fails("inspect", Path("bad.json"));
        Assert.Matches(@"^error: .*bad\.json: [^\n]*\n$", error);
        Assert.Contains(fault, error, StringComparison.Ordinal);
    }

    /// <summary>Files in which one value is another: read, or refused in a sentence with their name.</summary>
    [Fact]
    public void Damaged_files_are_refused()
    {
        var random = new RandomStream(5);
        var (refused, path) = (0, Path("damaged.json"));
        foreach (var name in new[] { "gru", "lstm", "conv", "last" })
            for (var round = 0; round < 600; round++)
            {
                var root = JsonNode.Parse(File.ReadAllBytes(Sample(name)))!;
                Damage(root, ref random);
                var text = root.ToJsonString();
                File.WriteAllText(path, random.NextInt32(8) == 0 ? text[..random.NextInt32(text.Length)] + "{" : text);
                try
                {
                    var model = new RTNeuralModel(path, steps: null);
                    Assert.All(model.Tensors, tensor => Assert.All(tensor.Values!, value => Assert.True(float.IsFinite(value))));
                }
                catch (InvalidDataException e)
                {
                    refused++;
                    Assert.StartsWith(path + ": ", e.Message, StringComparison.Ordinal);
                }
            }
        Assert.InRange(refused, 1000, 2390);
    }

    /// <summary>Puts something else in the place of a value, or takes it away.</summary>
    static void Damage(JsonNode root, ref RandomStream random)
    {
        var node = root;
        while (random.NextInt32(6) > 0)
        {
            JsonNode? inner = node switch
            {
                JsonObject { Count: > 0 } members => members.ElementAt(random.NextInt32(members.Count)).Value,
                JsonArray { Count: > 0 } elements => elements[random.NextInt32(elements.Count)],
                _ => null,
            };
            if (inner is null)
                break;
            node = inner;
        }
        string[] others = ["0", "-1", "2", "1e99", "2000000000", "null", "\"tanh\"", "[]", "[1]", "[[]]", "{}", "true"];
        var other = JsonNode.Parse(others[random.NextInt32(others.Length)]);
        switch (node.Parent)
        {
            case JsonObject owner when random.NextInt32(4) == 0: owner.Remove(node.GetPropertyName()); break;
            case JsonObject owner: owner[node.GetPropertyName()] = other; break;
            case JsonArray owner when random.NextInt32(3) == 0: owner.RemoveAt(node.GetElementIndex()); break;
            case JsonArray owner: owner[node.GetElementIndex()] = other; break;
        }
    }

    static double[][] Rows(JsonDocument document, string name) => [.. document.RootElement.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray())];

    static string Sample(string name, [CallerFilePath] string path = "") => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, "rtneural", $"{name}.json");

    static string Succeeds(params string[] arguments)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter());
        Assert.True(CommandLine.Run(arguments, output, error) == 0, error.ToString());
        return output.ToString();
    }

    static string Fails(params string[] arguments)
    {
        var error = new StringWriter { NewLine = "\n" };
        Assert.Equal(1, CommandLine.Run(arguments, new StringWriter(), error));
        return error.ToString();
    }
}

/// <summary>A network that goes step by step.</summary>
[Network]
[Sequence(5, 3)]
[GRU(4)]
[LastStep]
sealed partial class OnnxSteps;
