extern alias library;
using System.Text;
using GenNet.Tests.Training;

namespace GenNet.Tests.Files;

using AtomicFile = library::GenNet.AtomicFile;

public sealed class NetworkFilesTests : TestFolder
{
    [Fact]
    public void Weights_come_back_to_the_bit()
    {
        var (saved, loaded) = (new LargeNetwork(1), new LargeNetwork(2));
        saved.Layer2.Weights[3, 5] = -0f;
        saved.Layer2.Weights[3, 6] = float.Epsilon;
        saved.Save(Path("net.safetensors"));
        loaded.Load(Path("net.safetensors"));
        Assert.Equal(saved.Hash(), loaded.Hash());
        Assert.Equal(["net.safetensors"], Directory.GetFiles(Folder).Select(System.IO.Path.GetFileName));

        using var stream = new MemoryStream();
        saved.Save(stream);
        Assert.Equal(File.ReadAllBytes(Path("net.safetensors")), stream.ToArray());
        var other = new LargeNetwork(3);
        stream.Position = 0;
        other.Load(stream, "stream");
        Assert.Equal(saved.Hash(), other.Hash());
    }

    [Theory]
    [InlineData('a', 1)]
    [InlineData('ä', 2)]
    [InlineData('あ', 3)]
    public void A_name_may_be_as_long_as_the_file_system_has_it(char letter, int bytes)
    {
        foreach (var length in new[] { 200, 219, 230, 254, 255 })
        {
            var name = Path(new string(letter, (length - 1) / bytes) + 'x');
            new Classifier(1).Save(name);
            new Classifier(2).Load(name);
        }
        Assert.ThrowsAny<IOException>(() => new Classifier(1).Save(Path(new string('a', 256))));
        Assert.InRange(Directory.GetFiles(Folder).Length, 4, 5);
    }

    [Fact]
    public void What_may_not_be_read_or_written_is_an_IOException()
    {
        // Not even the system's administrator may open a folder as a file.
        Assert.ThrowsAny<IOException>(() => new Classifier(1).Load(Folder));
        Assert.ThrowsAny<IOException>(() => new Classifier(1).Save(Folder));
        var missing = Assert.Throws<DirectoryNotFoundException>(() => new Classifier(1).Save(Path("missing/net.safetensors"))).Message;
        Assert.StartsWith($"{Path("missing/net.safetensors")} cannot be written: there is no folder {Path("missing")}.", missing, StringComparison.Ordinal);
        Assert.ThrowsAny<IOException>(() => SafeTensorsFile.Open(Folder));
        Assert.ThrowsAny<IOException>(() => Standardizer.Load(Folder));
        Assert.ThrowsAny<IOException>(() => IdxReader.Read(Folder));
        File.WriteAllText(Path("file"), "");
        Assert.ThrowsAny<IOException>(() => new CheckpointStore(Path("file")));
        var disk = new FragileDisk(Path("net"), "old") { Moment = () => throw new UnauthorizedAccessException("Not permitted.") };
        Assert.Contains("Not permitted.", Assert.Throws<IOException>(() => AtomicFile.Write(Path("net"), stream => stream.WriteByte(1), disk)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_could_not_be_read_is_not_written()
    {
        using var stream = new MemoryStream();
        Refused<ArgumentException>(() => new Classifier(1).Save(stream, name => new string('"', 1 << 18) + name));
        Refused<ArgumentException>(() => new Classifier(1).Save(stream, name => "\ud800" + name));
        Refused<ArgumentException>(() => new Classifier(1).Save(stream, name => name == "0.bias" ? "__metadata__" : name));
        Refused<ArgumentException>(() => new Classifier(1).Save(Path("net"), name => null!));
        Refused<ArgumentException>(() => SafeTensorsFile.Write(Path("net"), [new("a", [1, 1, 1, 1, 1, 1, 1, 1, 1], [0])]));
        Refused<ArgumentException>(() => SafeTensorsFile.Write(Path("net"), [], new Dictionary<string, string> { ["a"] = "\udc00" }));
        Refused<ArgumentException>(() => SafeTensorsFile.Write(Path("net"), [], new Dictionary<string, string> { ["a"] = null! }));
        Refused<ArgumentException>(() => _ = new SafeTensor("a", [-1, -2], [0, 0]));
        Refused<ArgumentException>(() => _ = new SafeTensor("a", [int.MaxValue, int.MaxValue, int.MaxValue], [0]));

        void Refused<TException>(Action write) where TException : Exception
        {
            Assert.ThrowsAny<TException>(write);
            Assert.Empty(Directory.GetFiles(Folder));
            Assert.Equal(0, stream.Length);
        }
    }

    [Fact]
    public void A_file_has_names_shapes_and_schema()
    {
        new Classifier(1).Save(Path("net.safetensors"));
        var file = SafeTensorsFile.Open(Path("net.safetensors"));
        Assert.Equal(["0.weight [20, 5]", "0.bias [20]", "2.weight [3, 20]", "2.bias [3]"], file.Tensors.Select(tensor => tensor.ToString()));
        Assert.All(file.Tensors, tensor => Assert.Equal(SafeTensorType.F32, tensor.Type));
        Assert.Equal("Dense 5→20 Tanh, Dense 20→3 Softmax", file.Metadata["gennet.schema"]);
        Assert.Equal(Classifier.Architecture.SchemaHash.ToString("x16"), file.Metadata["gennet.schema_hash"]);
        Assert.Equal("Classifier", file.Metadata["gennet.network"]);
        Assert.Equal(new Classifier(1).Layer2.Weights[1, 7], file.Find("2.weight")!.ToArray()[1 * 20 + 7]);
    }

    [Fact]
    public void The_schema_hash_never_changes() => Assert.Equal(8528377023361055984UL, Classifier.Architecture.SchemaHash);

    [Theory]
    [InlineData("F32")]
    [InlineData("F16")]
    [InlineData("BF16")]
    [InlineData("F64")]
    public void A_state_dict_that_PyTorch_wrote_gives_its_outputs(string type)
    {
        var network = new Classifier(1);
        network.Load(Torch.Sample($"classifier.{type}.safetensors"));
        var expected = SafeTensorsFile.Open(Torch.Sample("expected.safetensors"));
        var outputs = new float[8 * Classifier.OutputSize];
        network.ForwardBatch(expected.Find("inputs")!.ToArray(), outputs);
        AssertClose(expected.Find("outputs")!.ToArray(), outputs);
    }

    [TorchFact]
    public void PyTorch_gives_the_same_outputs_with_a_file_written_here()
    {
        var network = new Normalized(5);
        var data = FitSamples.Create(50, 6);
        network.Fit(data, new Adam(0.01), new() { Epochs = 2 });
        var outputs = new float[50 * Normalized.OutputSize];
        network.ForwardBatch(data.Inputs, outputs);

        network.Save(Path("net.safetensors"));
        SafeTensorsFile.Write(Path("inputs.safetensors"), [new SafeTensor("inputs", [50, Normalized.InputSize], data.Inputs)]);
        Torch.Run("run", Path("net.safetensors"), Path("inputs.safetensors"), Path("outputs.safetensors"),
            "[nn.Linear(5, 20), nn.BatchNorm1d(20), nn.ReLU(), nn.Dropout(0.3), nn.Linear(20, 20), nn.Tanh(), nn.LayerNorm(20), nn.Linear(20, 3), nn.Softmax(dim=1)]");
        AssertClose(SafeTensorsFile.Open(Path("outputs.safetensors")).Find("outputs")!.ToArray(), outputs);
    }

    [Fact]
    public void Running_statistics_and_the_counters_that_PyTorch_wants_are_files_too()
    {
        var network = new Normalized(1);
        network.Layer2.RunningVariances[3] = 42;
        network.Save(Path("net.safetensors"));
        var file = SafeTensorsFile.Open(Path("net.safetensors"));
        Assert.Equal((SafeTensorType.I64, 0), (file.Find("1.num_batches_tracked")!.Type, file.Find("1.num_batches_tracked")!.Shape.Count));
        Assert.Equal(42, file.Find("1.running_var")!.ToArray()[3]);
        Assert.Equal("Dense 5→20 Identity, BatchNorm 20→20 ReLU ε=1E-05, Dropout 20→20 Identity, Dense 20→20 Tanh, LayerNorm 20→20 Identity ε=1E-05, Dense 20→3 Softmax", Normalized.Architecture.Schema);

        var loaded = new Normalized(2);
        loaded.Load(Path("net.safetensors"));
        Assert.Equal(network.Hash(), loaded.Hash());
    }

    [Fact]
    public void Names_of_the_users_choose_among_other_tensors()
    {
        var (policy, critic) = (new Classifier(1), new Turned(1));
        SafeTensorsFile.Write(Path("both.safetensors"),
        [
            .. policy.Parameters.Tensors.Select(tensor => Copy(tensor, "policy." + tensor.Name)),
            .. critic.Parameters.Tensors.Select(tensor => Copy(tensor, "critic." + tensor.Name)),
        ]);
        var loaded = new Classifier(2);
        loaded.Load(Path("both.safetensors"), name => "policy." + name);
        Assert.Equal(policy.Hash(), loaded.Hash());

        loaded.Save(Path("renamed.safetensors"), name => name.Replace('.', '/'));
        Assert.NotNull(SafeTensorsFile.Open(Path("renamed.safetensors")).Find("0/weight"));

        static SafeTensor Copy(ParameterTensor tensor, string name)
        {
            var values = new float[tensor.Length];
            tensor.CopyTo(values);
            return new SafeTensor(name, tensor.Shape, values);
        }
    }

    [Fact]
    public void Loading_allocates_no_more_than_the_weights()
    {
        var network = new LargeNetwork(1);
        network.Save(Path("net.safetensors"));
        network.Load(Path("net.safetensors"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        network.Load(Path("net.safetensors"));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(allocated, 1, sizeof(float) * LargeNetwork.ParameterCount + 16_000);
    }

    [Fact]
    public void The_first_tensor_that_differs_is_named()
    {
        new Classifier(1).Save(Path("net.safetensors"));
        Refused<WiderClassifier>("net.safetensors", "tensor 0.weight [20, 5] should be 0.weight [21, 5] for layer 1 of WiderClassifier. Declare that layer with 20 units on 5 inputs, or load another file.");
        Refused<DeeperClassifier>("net.safetensors", "there is no tensor 4.weight [4, 3], which DeeperClassifier needs. It has 0.weight, 0.bias, 2.weight, 2.bias. Pass names");
        Refused<ShallowClassifier>("net.safetensors", "tensor 2.weight [3, 20] has no place in ShallowClassifier.");
        Refused<Turned>("net.safetensors", "tensor 0.weight [20, 5] should be 0.weight [5, 20] for layer 1 of Turned. Write it transposed, as [outputs, inputs].");
        Refused<ReLUClassifier>("net.safetensors", "written by a network of Dense 5→20 Tanh, Dense 20→3 Softmax; ReLUClassifier is Dense 5→20 ReLU, Dense 20→3 Softmax.");
        new ReLUClassifier(1).Load(Path("net.safetensors"), checkSchema: false);
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_refused_both_ways()
    {
        var network = new Classifier(1);
        network.Save(Path("net.safetensors"));
        var bytes = File.ReadAllBytes(Path("net.safetensors"));
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4), float.NegativeInfinity);
        File.WriteAllBytes(Path("infinite.safetensors"), bytes);
        Refused<Classifier>("infinite.safetensors", "element 2 of tensor 2.bias [3] is -Infinity. Weights are finite numbers.");

        network.Layer2.Weights[1, 3] = float.NaN;
        var message = Assert.Throws<InvalidOperationException>(() => network.Save(Path("net.safetensors"))).Message;
        Assert.Contains("Element 23 of Classifier's 2.weight [3, 20] is NaN", message, StringComparison.Ordinal);
        new Classifier(2).Load(Path("net.safetensors"));
    }

    [Fact]
    public void Whole_numbers_are_no_weights()
    {
        var text = """{"0.weight":{"dtype":"I32","shape":[5,20],"data_offsets":[0,400]},"0.bias":{"dtype":"F32","shape":[5],"data_offsets":[400,420]}}""";
        File.WriteAllBytes(Path("net.safetensors"), [.. BitConverter.GetBytes((long)text.Length), .. Encoding.UTF8.GetBytes(text), .. new byte[420]]);
        Refused<Turned>("net.safetensors", "tensor 0.weight [5, 20] is of type I32. Write it as F32, F16, BF16 or F64.");
    }

    /// <summary>Fails unless loading fails with the file's name and this fault, and leaves the network as it was.</summary>
    void Refused<TNetwork>(string file, string fault) where TNetwork : INetwork
    {
        var network = (INetwork)Activator.CreateInstance(typeof(TNetwork), 9UL)!;
        var hash = network.Hash();
        var message = Assert.Throws<InvalidDataException>(() => network.Load(Path(file))).Message;
        Assert.StartsWith(Path(file) + ": ", message, StringComparison.Ordinal);
        Assert.Contains(fault, message, StringComparison.Ordinal);
        Assert.Equal(hash, network.Hash());
    }

    static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-6));
    }
}
