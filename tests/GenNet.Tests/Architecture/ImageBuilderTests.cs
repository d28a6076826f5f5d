namespace GenNet.Tests.Architecture;

/// <summary>Descriptions of networks of images.</summary>
public class ImageBuilderTests
{
    [Fact]
    public void A_description_knows_the_image_at_hand()
    {
        var builder = new ArchitectureBuilder(3).Image(9, 8);
        Assert.Equal((9, 8, 3), (builder.Height, builder.Width, builder.Units));
        builder.Conv2D(4, 3, 2, Activation.ReLU, stride: 2, padding: Padding.Same).BatchNorm(Activation.Tanh);
        Assert.Equal((5, 4, 4), (builder.Height, builder.Width, builder.Units));
        builder.ZeroPadding2D(1, 0, 2, 3);
        Assert.Equal((6, 9, 4), (builder.Height, builder.Width, builder.Units));
        builder.UpSampling2D(2, 3, Interpolation.Bilinear);
        Assert.Equal((12, 27, 4), (builder.Height, builder.Width, builder.Units));
        builder.Conv2DTranspose(4, 2, 3, Activation.ReLU, stride: 2, paddingSize: 1, outputPadding: 1);
        Assert.Equal((23, 54, 4), (builder.Height, builder.Width, builder.Units));
        builder.MaxPool2D(12, 43, 11);
        Assert.Equal((2, 2, 4), (builder.Height, builder.Width, builder.Units));
        builder.Flatten(4).LayerNorm(Activation.Identity).Dense(5, Activation.Tanh).Dense(2, Activation.Identity);
        Assert.Equal((0, 0, 2), (builder.Height, builder.Width, builder.Units));
        var network = builder.Build("Net", "");
        Assert.Equal((72, 216), (network.Positions, network.InputSize));

        // Files have the row channel by channel, until a layer mixes it.
        Assert.Equal([1, 4, 4, 1], [((BatchNormLayer)network.Layers[1]).Pixels, ((LayerNormLayer)network.Layers[7]).Pixels, ((DenseLayer)network.Layers[8]).Pixels, ((DenseLayer)network.Layers[9]).Pixels]);
    }

    [Fact]
    public void The_weights_of_a_transposed_convolution_have_PyTorchs_indices()
    {
        var parameters = new ParameterBlock(new ArchitectureBuilder(33).Image(2, 2).Conv2DTranspose(5, 2, 3, Activation.Identity).GlobalMaxPool2D().Build("", ""));
        var layer = parameters.Conv2DTranspose(0);
        Assert.Equal((33, 5, 2, 3), (layer.Channels, layer.Filters, layer.KernelHeight, layer.KernelWidth));
        layer[32, 4, 1, 0] = 7;
        layer.Biases[3] = 2;
        var (weights, biases) = (new float[33 * 5 * 6], new float[5]);
        parameters.Tensors[0].CopyTo(weights);
        parameters.Tensors[1].CopyTo(biases);
        Assert.Equal((((32 * 5 + 4) * 2 + 1) * 3, 3), (Array.IndexOf(weights, 7), Array.IndexOf(biases, 2)));
        Assert.Equal(7, layer[32, 4, 1, 0]);
        foreach (var (channel, filter, row, column) in new[] { (33, 0, 0, 0), (0, 5, 0, 0), (0, 0, 2, 0), (0, 0, 0, 3), (-1, 0, 0, 0) })
            Assert.Throws<ArgumentOutOfRangeException>(() => layer[channel, filter, row, column]);
        Assert.Contains("take those of a layer", Assert.Throws<InvalidOperationException>(() => default(Conv2DTransposeParameters).Weights).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Heads_take_the_image_of_the_trunk()
    {
        var builder = new ArchitectureBuilder(2).Image(5, 4).Conv2D(3, 2, 2, Activation.ReLU).Head("A").GlobalMaxPool2D().Head("B");
        Assert.Equal((4, 3, 3), (builder.Height, builder.Width, builder.Units));
        Assert.Equal(12, ((DenseLayer)builder.Flatten(12).Dense(2, Activation.Identity).Build("Net", "").Layers[^1]).Pixels);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Range("A side of an image has at least 1 pixel", () => Images().Image(0, 4));
        Range("An image does not fit into an array", () => new ArchitectureBuilder(1 << 20).Image(1 << 20, 1 << 20));
        Range("A 3×3 kernel with stride 1, dilation 3 and padding 0 does not fit a 5×4 image", () => Images(5, 4).Conv2D(1, 3, 3, Activation.ReLU, dilation: 3));
        Range("A 6×1 window with stride 1, dilation 1 and padding 0 does not fit a 5×4 image", () => Images(5, 4).MaxPool2D(6, 1, 1));
        Range("The padding of a 3×2 window is at most half of it", () => Images(5, 4).AveragePool2D(3, 2, 1, paddingSize: 2));
        Range("A padding is Same, or a number of at least 0", () => Images(5, 4).Conv2D(1, 3, 3, Activation.ReLU, padding: Padding.Same, paddingSize: 1));
        Range("A padding is Same, or a number of at least 0", () => Images(5, 4).MaxPool2D(3, 3, 1, paddingSize: -1));
        Range("There is no such padding", () => Images(5, 4).Conv2D(1, 3, 3, Activation.ReLU, padding: (Padding)7));
        Range("does not fit", () => Images(5, 4).Conv2D(1, 3, 3, Activation.ReLU, stride: 0));
        Range("does not fit", () => Images(5, 4).Conv2D(1, int.MaxValue, int.MaxValue, Activation.ReLU));
        Range("does not fit into an array", () => Images(4096, 4096).Conv2D(1 << 20, 1, 1, Activation.ReLU));
        Range("A padding is a number from 0 to 1048576", () => Images(5, 4).ZeroPadding2D(0, 0, -1, 0));
        Range("A padding is a number from 0 to 1048576", () => Images(5, 4).ZeroPadding2D(0, int.MaxValue, 0, 0));
        Range("Of a 5×4 image the layer would give one of 1048581×4 pixels of 2, which is none or does not fit into an array", () => Images(5, 4).ZeroPadding2D(1 << 20, 0, 0, 0));
        Range("Of a 5×4 image the layer would give one of 65541×65540 pixels of 2", () => Images(5, 4).ZeroPadding2D(0, 1 << 16, 1 << 16, 0));
        Range("An image becomes from 1 to 1048576 times as large", () => Images(5, 4).UpSampling2D(0, 1));
        Range("Of a 5×4 image the layer would give one of 5×4000000 pixels of 2", () => Images(5, 4).UpSampling2D(1, 1_000_000));
        Range("There is no such interpolation", () => Images(5, 4).UpSampling2D(2, 2, (Interpolation)2));
        Range("makes no image that a layer can give of one of 5×4 pixels", () => Images(5, 4).Conv2DTranspose(1, 3, 3, Activation.ReLU, paddingSize: 3));
        Range("A 3×3 kernel with stride 1, dilation 1 and padding 2 makes no image that a layer can give of one of 1×1 pixels", () => Images(1, 1).Conv2DTranspose(1, 3, 3, Activation.ReLU, paddingSize: 2));
        Range("makes no image", () => Images(5, 4).Conv2DTranspose(1, int.MaxValue, int.MaxValue, Activation.ReLU, stride: int.MaxValue, dilation: int.MaxValue));
        Range("makes no image", () => Images(5, 4).Conv2DTranspose(1, 3, 0, Activation.ReLU));
        Range("An output padding is a number of at least 0 and less than the stride", () => Images(5, 4).Conv2DTranspose(1, 3, 3, Activation.ReLU, stride: 2, outputPadding: 2));
        Range("does not fit into an array", () => Images(4096, 4096).Conv2DTranspose(1 << 20, 1, 1, Activation.ReLU));
        Range("filters", () => Images(5, 4).Conv2DTranspose(0, 3, 3, Activation.ReLU));
        Range("filters", () => Images(5, 4).Conv2D(0, 3, 3, Activation.ReLU));
        Range("The image has 5×4 pixels", () => Images(5, 4).Flatten(10));
        Invalid("What a sample is comes before the first layer", () => new ArchitectureBuilder(2).Dense(3, Activation.ReLU).Image(2, 2));
        Invalid("What the layer takes is no image", () => new ArchitectureBuilder(2).Conv2D(1, 1, 1, Activation.ReLU));
        Invalid("What the layer takes is no image", () => new ArchitectureBuilder(2).ZeroPadding2D(1, 1, 1, 1));
        Invalid("What the layer takes is no image", () => new ArchitectureBuilder(2).UpSampling2D(2, 2));
        Invalid("What the layer takes is no image", () => new ArchitectureBuilder(2).Conv2DTranspose(1, 2, 2, Activation.ReLU));
        Invalid("What the layer takes is no image", () => Images(2, 2).Flatten(4).GlobalMaxPool2D());
        Invalid("What the layer takes is no image", () => Images(2, 2).Flatten(4).GlobalAveragePool2D());
        Invalid("A sample is made one row once", () => Images(2, 2).Flatten(4).Flatten(4));
        Invalid("The network gives images of 4×3 pixels", () => Images(5, 4).MaxPool2D(2, 2, 1).Build("Net", ""));
        Invalid("Head A gives images of 4×3 pixels", () => Images(5, 4).MaxPool2D(2, 2, 1).Head("A").Dense(2, Activation.ReLU).Head("B"));

        static ArchitectureBuilder Images(int height = 0, int width = 0) => height == 0 ? new(2) : new ArchitectureBuilder(2).Image(height, width);

        static void Range(string fault, Func<object> build) => Assert.Contains(fault, Assert.Throws<ArgumentOutOfRangeException>(build).Message, StringComparison.Ordinal);

        static void Invalid(string fault, Func<object> build) => Assert.Contains(fault, Assert.Throws<InvalidOperationException>(build).Message, StringComparison.Ordinal);
    }
}
