namespace GenNet.Tests.Architecture;

/// <summary>Descriptions of networks along the steps of sequences.</summary>
public class SequenceBuilderTests
{
    [Fact]
    public void A_description_knows_the_sequence_at_hand()
    {
        var builder = new ArchitectureBuilder(3).Sequence(40);
        Assert.Equal((40, 0, 0, 3), (builder.Steps, builder.Height, builder.Width, builder.Units));
        builder.Conv1D(4, 5, Activation.ReLU, stride: 2, padding: Padding.Same).BatchNorm(Activation.Tanh);
        Assert.Equal((20, 4), (builder.Steps, builder.Units));
        builder.MaxPool1D(3).Conv1D(8, 2, Activation.Identity, dilation: 2, paddingSize: 1, groups: 2).AveragePool1D(3, 1, paddingSize: 1, countsPadding: true).Residual(1, Activation.ReLU, projection: true);
        Assert.Equal((6, 8), (builder.Steps, builder.Units));
        builder.Flatten(6).LayerNorm(Activation.Identity).Dense(5, Activation.Tanh).Dense(2, Activation.Identity);
        Assert.Equal((0, 2), (builder.Steps, builder.Units));
        var network = builder.Build("Net", "");
        Assert.Equal((40, 120), (network.Positions, network.InputSize));
        Assert.Equal(
            "Conv1D 40×3→20×4 of 5 stride 2 padding 1 ReLU, BatchNorm 4→4 Tanh ε=1E-05, MaxPool1D 20×4→6×4 of 3 stride 3, Conv1D 6×4→6×8 of 2 dilation 2 padding 1 groups 2, AveragePool1D 6×8→6×8 of 3 padding 1 counts padding, "
            + "Residual 8→8 ReLU over 1 through Conv1D 6×8→6×8 of 1, Flatten 6×8→48 by feature, LayerNorm 48→48 Identity ε=1E-05, Dense 48→5 Tanh, Dense 5→2 Identity", network.Schema);

        // Files have the row feature by feature, until a layer mixes it.
        Assert.Equal([6, 6, 1], [((LayerNormLayer)network.Layers[7]).Pixels, ((DenseLayer)network.Layers[8]).Pixels, ((DenseLayer)network.Layers[9]).Pixels]);
    }

    /// <summary>A sequence that is one row of an image has the schema of neither.</summary>
    [Fact]
    public void An_image_of_one_row_is_no_sequence() => Assert.NotEqual(
        new ArchitectureBuilder(2).Image(1, 9).Conv2D(3, 1, 2, Activation.ReLU).Flatten(8).Build("", "").SchemaHash,
        new ArchitectureBuilder(2).Sequence(9).Conv1D(3, 2, Activation.ReLU).Flatten(8).Build("", "").SchemaHash);

    [Fact]
    public void The_weights_have_PyTorchs_indices()
    {
        var parameters = new ParameterBlock(new ArchitectureBuilder(6).Sequence(9).Conv1D(33, 4, Activation.Identity, groups: 3).GlobalMaxPool1D().Build("", ""));
        var layer = parameters.Conv1D(0);
        Assert.Equal((2, 33, 1, 4), (layer.Channels, layer.Filters, layer.KernelHeight, layer.KernelWidth));
        Assert.Equal([33, 2, 4], parameters.Tensors[0].Shape);
        layer[32, 1, 2] = 7;
        var weights = new float[33 * 2 * 4];
        parameters.Tensors[0].CopyTo(weights);
        Assert.Equal((32 * 2 + 1) * 4 + 2, Array.IndexOf(weights, 7));
        Assert.Equal((7, 7), (layer[32, 1, 2], layer[32, 1, 0, 2]));
        foreach (var (filter, channel, place, name) in new[] { (33, 0, 0, "filter"), (0, 2, 0, "channel"), (0, 0, 4, "place"), (-1, 0, 0, "filter"), (0, 0, -1, "place") })
            Assert.Throws<ArgumentOutOfRangeException>(name, () => layer[filter, channel, place]);
        var ofImage = new ParameterBlock(new ArchitectureBuilder(1).Image(3, 3).Conv2D(1, 2, 2, Activation.Identity).GlobalMaxPool2D().Build("", "")).Conv2D(0);
        Assert.Contains("The kernel has 2 rows", Assert.Throws<InvalidOperationException>(() => ofImage[0, 0, 0]).Message, StringComparison.Ordinal);
    }

    /// <summary>What is taken of another network computes the same, whatever order files have its columns in.</summary>
    [Fact]
    public void A_layer_is_copied_as_it_is_used()
    {
        var along = new ParameterBlock(new ArchitectureBuilder(3).Sequence(4).Conv1D(2, 1, Activation.Identity).Flatten(4).Dense(5, Activation.Identity).Build("", ""));
        var byStep = new ParameterBlock(new ArchitectureBuilder(3).Dense(2, Activation.Identity).Flatten(4).Dense(5, Activation.Identity).Build("", ""));
        for (var i = 0; i < 40; i++)
            byStep.Dense(2).Weights[i / 8, i % 8] = i;
        along.CopyFrom(byStep, 2..3);
        Assert.Equal(byStep.Dense(2).Weights[3, 5], along.Dense(2).Weights[3, 5]);

        // Between files' tensors of one name it is the file's order that counts, as if one were saved and the other loaded.
        Assert.Equal(byStep.Tensors[^2][3, 5], along.CopyMatching(byStep, name => name == "2.weight" ? name : null).Copied.Count == 1 ? along.Tensors[^2][3, 5] : -1);
    }

    [Fact]
    public void Heads_take_the_sequence_of_the_trunk()
    {
        var builder = new ArchitectureBuilder(2).Sequence(6).Conv1D(3, 2, Activation.ReLU).Head("A").GlobalMaxPool1D().Head("B");
        Assert.Equal((5, 3), (builder.Steps, builder.Units));
        Assert.Equal(5, ((DenseLayer)builder.Flatten(5).Dense(2, Activation.Identity).Build("Net", "").Layers[^1]).Pixels);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Range("A sequence has at least 1 step", () => Steps().Sequence(0));
        Range("A sequence does not fit into an array", () => new ArchitectureBuilder(1 << 20).Sequence(1 << 20));
        Range("A kernel of 3 steps with stride 1, dilation 3 and padding 0 does not fit a sequence of 5", () => Steps(5).Conv1D(1, 3, Activation.ReLU, dilation: 3));
        Range("A window of 6 steps with stride 6, dilation 1 and padding 0 does not fit a sequence of 5", () => Steps(5).MaxPool1D(6));
        Range("The padding of a window of 3 steps is at most half of it", () => Steps(5).AveragePool1D(3, 1, paddingSize: 2));
        Range("A padding is Same, or a number of at least 0", () => Steps(5).Conv1D(1, 3, Activation.ReLU, padding: Padding.Same, paddingSize: 1));
        Range("A padding is Same, or a number of at least 0", () => Steps(5).MaxPool1D(3, paddingSize: -1));
        Range("There is no such padding", () => Steps(5).Conv1D(1, 3, Activation.ReLU, padding: (Padding)7));
        Range("does not fit", () => Steps(5).Conv1D(1, 3, Activation.ReLU, stride: 0));
        Range("does not fit", () => Steps(5).Conv1D(1, int.MaxValue, Activation.ReLU, dilation: int.MaxValue));
        Range("does not fit into an array", () => Steps(1 << 20).Conv1D(1 << 20, 1, Activation.ReLU));
        Range("have equally many of each", () => Steps(5).Conv1D(3, 2, Activation.ReLU, groups: 2));
        Range("filters", () => Steps(5).Conv1D(0, 2, Activation.ReLU));
        Range("The sequence has 5 steps", () => Steps(5).Flatten(4));
        Invalid("What a sample is comes before the first layer", () => new ArchitectureBuilder(2).Dense(3, Activation.ReLU).Sequence(2));
        Invalid("What the layer takes is no sequence", () => Steps().Conv1D(1, 1, Activation.ReLU));
        Invalid("What the layer takes is no sequence", () => new ArchitectureBuilder(2).Image(3, 3).MaxPool1D(2));
        Invalid("What the layer takes is no sequence", () => Steps(4).Flatten(4).GlobalMaxPool1D());
        Invalid("What the layer takes is no image", () => Steps(4).Conv2D(1, 1, 1, Activation.ReLU));
        Invalid("A sample is made one row once", () => Steps(4).Flatten(4).Flatten(4));
        Invalid("The network gives sequences of 2 steps", () => Steps(5).MaxPool1D(2).Build("Net", ""));
        Invalid("No convolution of one step makes 4 steps of 5", () => Steps(5).Conv1D(3, 2, Activation.ReLU).Residual(1, Activation.ReLU, projection: true));

        static ArchitectureBuilder Steps(int steps = 0) => steps == 0 ? new(2) : new ArchitectureBuilder(2).Sequence(steps);

        static void Range(string fault, Func<object> build) => Assert.Contains(fault, Assert.Throws<ArgumentOutOfRangeException>(build).Message, StringComparison.Ordinal);

        static void Invalid(string fault, Func<object> build) => Assert.Contains(fault, Assert.Throws<InvalidOperationException>(build).Message, StringComparison.Ordinal);
    }
}
