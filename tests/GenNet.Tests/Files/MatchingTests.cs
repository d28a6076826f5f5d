namespace GenNet.Tests.Files;

/// <summary>Weights for a network with another head: what fits is copied, the rest is named, and where it throws nothing changes.</summary>
public sealed class MatchingTests : TestFolder
{
    /// <summary>The trunk of <see cref="DeeperClassifier"/> and <see cref="ShallowClassifier"/> is that of <see cref="Classifier"/>.</summary>
    static readonly string[] Trunk = ["0.weight", "0.bias"];

    static float[] Values(ParameterTensor tensor)
    {
        var values = new float[tensor.Length];
        tensor.CopyTo(values);
        return values;
    }

    /// <summary>Fails unless the report says what of the network has the source's values, and the rest is as before.</summary>
    static void AssertCopied(CopyReport report, INetwork network, INetwork before, INetwork source, params string[] names)
    {
        Assert.Equal(names, report.Copied);
        Assert.Equal(network.Parameters.Tensors.Select(tensor => tensor.Name).Order(), report.Copied.Concat(report.Missing).Concat(report.Mismatched.Select(mismatch => mismatch.Name)).Order());
        for (var i = 0; i < network.Parameters.Tensors.Count; i++)
        {
            var tensor = network.Parameters.Tensors[i];
            var expected = names.Contains(tensor.Name) ? source.Parameters.Tensors.Single(other => other.Name == tensor.Name) : before.Parameters.Tensors[i];
            Assert.Equal(Values(expected), Values(tensor));
        }
    }

    [Fact]
    public void A_trunk_is_copied_and_the_rest_is_named()
    {
        var (source, network) = (new Classifier(1), new DeeperClassifier(2));
        source.Layer1.Biases.Fill(3);
        var before = network.Clone();
        var report = network.Parameters.CopyMatching(source.Parameters);
        AssertCopied(report, network, before, source, "0.weight", "0.bias", "2.weight", "2.bias");
        Assert.Equal(["4.weight", "4.bias"], report.Missing);
        Assert.Empty(report.Mismatched);
        Assert.Empty(report.Unexpected);

        before = network.Clone();
        var shallow = new ShallowClassifier(3);
        report = network.Parameters.CopyMatching(shallow.Parameters);
        AssertCopied(report, network, before, shallow, Trunk);
        Assert.Equal("copied 0.weight, 0.bias; missing 2.weight, 2.bias, 4.weight, 4.bias", report.ToString());

        var other = new ShallowClassifier(4);
        var start = other.Clone();
        report = other.Parameters.CopyMatching(source.Parameters);
        AssertCopied(report, other, start, source, Trunk);
        Assert.Equal(["2.weight", "2.bias"], report.Unexpected);
    }

    [Fact]
    public void A_tensor_of_another_shape_is_left_alone_and_named_with_both()
    {
        var (source, network) = (new WiderClassifier(1), new Classifier(2));
        var before = network.Clone();
        var report = network.Parameters.CopyMatching(source.Parameters);
        AssertCopied(report, network, before, source, "2.bias");
        Assert.Equal(["0.weight [20, 5] from [21, 5]", "0.bias [20] from [21]", "2.weight [3, 20] from [3, 21]"], report.Mismatched.Select(mismatch => mismatch.ToString()));
        Assert.Equal("copied 2.bias; of another shape 0.weight [20, 5] from [21, 5], 0.bias [20] from [21], 2.weight [3, 20] from [3, 21]", report.ToString());
    }

    /// <summary>Both forms of a GRU have the same shapes, in which the third gate's weights mean something else.</summary>
    [Fact]
    public void What_is_used_otherwise_is_left_alone_and_named()
    {
        var (source, network) = (new AfterGestures(1), new BeforeGestures(2));
        var before = network.Clone();
        var report = network.Parameters.CopyMatching(source.Parameters);
        Assert.Equal(["2.weight", "2.bias"], report.Copied);
        Assert.Equal(["0.weight_ih_l0", "0.weight_hh_l0", "0.bias_ih_l0", "0.bias_hh_l0"], report.UsedOtherwise);
        Assert.Equal("copied 2.weight, 2.bias; used otherwise 0.weight_ih_l0, 0.weight_hh_l0, 0.bias_ih_l0, 0.bias_hh_l0", report.ToString());
        Assert.Equal(before.Layer1.RecurrentWeights[11, 3], network.Layer1.RecurrentWeights[11, 3]);
        Assert.Equal(source.Layer3.Weights[1, 2], network.Layer3.Weights[1, 2]);
        Assert.Empty(network.Parameters.CopyMatching(before.Parameters).UsedOtherwise);
    }

    [Fact]
    public void Names_say_what_belongs_together_and_what_stays()
    {
        var (source, network) = (new Classifier(1), new DeeperClassifier(2));
        var before = network.Clone();
        var report = network.Parameters.CopyMatching(source.Parameters, name => name == "0.bias" ? name : name == "2.bias" ? "2.bias" : null);
        AssertCopied(report, network, before, source, "0.bias", "2.bias");
        Assert.Equal(["0.weight", "2.weight"], report.Unexpected);

        // Two from one.
        var deep = new LargeNetwork(3);
        report = deep.Parameters.CopyMatching(new LargeNetwork(4).Parameters, _ => "4.bias");
        Assert.Equal(["4.bias"], report.Copied);
        Assert.Equal(5, report.Mismatched.Count);
    }

    [Fact]
    public void Where_nothing_fits_it_throws_and_nothing_changes()
    {
        var network = new Classifier(1);
        var hash = network.Hash();
        var message = Assert.Throws<ArgumentException>("source", () => network.Parameters.CopyMatching(new Turned(1).Parameters)).Message;
        Assert.StartsWith("None of Classifier's tensors has the name and shape of one of Turned's: missing 2.weight, 2.bias; of another shape 0.weight [20, 5] from [5, 20], 0.bias [20] from [5]. Pass names", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => network.Parameters.CopyMatching(network.Parameters, _ => null));
        Assert.Throws<NotSupportedException>(() => network.Parameters.CopyMatching(new Classifier(2).Parameters, name => name == "2.bias" ? throw new NotSupportedException() : name));
        Assert.Throws<ArgumentNullException>(() => network.Parameters.CopyMatching(null!));
        Assert.Equal(hash, network.Hash());
    }

    [Fact]
    public void Layers_are_copied_by_number()
    {
        var (source, network) = (new Normalized(1), new Normalized(2));
        source.Parameters.Norm(1).RunningMeans.Fill(5);
        var before = network.Clone();
        network.Parameters.CopyFrom(source.Parameters, ..3);
        Assert.Equal(source.Layer1.Weights[19, 4], network.Layer1.Weights[19, 4]);
        Assert.Equal(5, network.Parameters.Norm(1).RunningMeans[19]);
        Assert.Equal(before.Layer4.Weights[19, 19], network.Layer4.Weights[19, 19]);
        network.Parameters.CopyFrom(source.Parameters, 3..);
        Assert.Equal(source.Hash(), network.Hash());

        var deeper = new DeeperClassifier(3);
        deeper.Parameters.CopyFrom(new ShallowClassifier(4).Parameters, ..1);
        Assert.Equal(new ShallowClassifier(4).Layer1.Weights[19, 4], deeper.Layer1.Weights[19, 4]);
    }

    [Fact]
    public void Layers_that_compute_something_else_are_refused_and_nothing_changes()
    {
        var network = new DeeperClassifier(1);
        var hash = network.Hash();
        var message = Assert.Throws<ArgumentException>("source", () => network.Parameters.CopyFrom(new Classifier(2).Parameters, ..2)).Message;
        Assert.StartsWith("Layer 1, counted from 0, is Dense 20→3 Tanh in DeeperClassifier, and Dense 20→3 Softmax in the source.", message, StringComparison.Ordinal);
        Assert.Contains("is Dense 5→20 Tanh in DeeperClassifier, and Dense 5→20 ReLU in", Assert.Throws<ArgumentException>(() => network.Parameters.CopyFrom(new ReLUClassifier(2).Parameters, ..1)).Message, StringComparison.Ordinal);
        Assert.Contains("and not there in the source", Assert.Throws<ArgumentException>(() => network.Parameters.CopyFrom(new ShallowClassifier(2).Parameters, ..)).Message, StringComparison.Ordinal);
        foreach (var layers in new[] { ..4, 4.., ^4.., 2..1 })
            Assert.StartsWith("DeeperClassifier has 3 layers, counted from 0.", Assert.Throws<ArgumentOutOfRangeException>(() => network.Parameters.CopyFrom(network.Parameters, layers)).Message, StringComparison.Ordinal);
        Assert.Equal(hash, network.Hash());
    }

    [Fact]
    public void A_file_is_taken_as_a_block_is()
    {
        var source = new Classifier(1);
        source.Save(Path("net"));
        var network = new DeeperClassifier(2);
        var before = network.Clone();
        var report = network.LoadMatching(Path("net"));
        AssertCopied(report, network, before, source, "0.weight", "0.bias", "2.weight", "2.bias");
        Assert.Equal("copied 0.weight, 0.bias, 2.weight, 2.bias; missing 4.weight, 4.bias", report.ToString());

        using var stream = new MemoryStream(File.ReadAllBytes(Path("net")));
        var shallow = new ShallowClassifier(3);
        report = shallow.LoadMatching(stream, "stream");
        Assert.Equal("copied 0.weight, 0.bias; unexpected 2.weight, 2.bias", report.ToString());
        Assert.Equal(source.Layer1.Weights[19, 4], shallow.Layer1.Weights[19, 4]);

        source.Save(Path("actor"), name => "actor." + name);
        report = new DeeperClassifier(2).LoadMatching(SafeTensorsFile.Open(Path("actor")), name => name[0] == '0' ? "actor." + name : null);
        Assert.Equal("copied 0.weight, 0.bias; missing 2.weight, 2.bias, 4.weight, 4.bias; unexpected actor.2.weight, actor.2.bias", report.ToString());
    }

    [Fact]
    public void What_goes_with_the_weights_in_a_file_is_not_unexpected()
    {
        var source = new Normalized(1);
        source.Save(Path("net"), standardizer: new Standardizer([1, 2, 3, 4, 5], [1, 1, 1, 1, 1]));
        var report = new Normalized(2).LoadMatching(Path("net"));
        Assert.Equal(source.Parameters.Tensors.Select(tensor => tensor.Name), report.Copied);
        Assert.Empty(report.Unexpected);

        var trainer = source.CreateTrainer(new Adam(), 8);
        Checkpoint.Save(Path("checkpoint"), trainer);
        Assert.Empty(new Normalized(2).LoadMatching(Path("checkpoint")).Unexpected);
    }

    [Fact]
    public void A_file_of_which_nothing_fits_or_that_is_wrong_is_refused_and_nothing_changes()
    {
        var network = new Classifier(1);
        var hash = network.Hash();
        new Turned(1).Save(Path("turned"));
        Refused("turned", "none of its tensors has the name and shape of one of Classifier's. It has 0.weight, 0.bias. Pass names to say what the file calls them.");
        SafeTensorsFile.Write(Path("infinite"), [new("0.bias", [20], new float[20]), new("2.bias", [3], [1, float.PositiveInfinity, 2])]);
        Refused("infinite", "element 1 of tensor 2.bias [3] is");
        File.WriteAllText(Path("damaged"), "damaged");
        Refused("damaged", "");
        Assert.Throws<ArgumentNullException>(() => network.LoadMatching((string)null!));

        void Refused(string file, string message)
        {
            Assert.StartsWith($"{Path(file)}: {message}", Assert.Throws<InvalidDataException>(() => network.LoadMatching(Path(file))).Message, StringComparison.Ordinal);
            Assert.Equal(hash, network.Hash());
        }
    }
}

[Network]
[Sequence(5, 2)]
[GRU(4)]
[LastStep]
[Dense(3)]
sealed partial class AfterGestures;

[Network]
[Sequence(5, 2)]
[GRU(4, ResetAfter = false)]
[LastStep]
[Dense(3)]
sealed partial class BeforeGestures;
