namespace GenNet.Tests.Data;

/// <summary>Images of another size, against a naive reference in double precision and against PyTorch.</summary>
public sealed class ResizeTests
{
    static readonly (int Height, int Width, int Channels)[] Sizes = [(1, 1, 1), (1, 7, 2), (5, 3, 1), (6, 4, 3), (17, 9, 1)];
    static readonly (int Height, int Width)[] Targets = [(1, 1), (2, 2), (3, 7), (4, 6), (10, 8), (23, 5)];

    [Theory]
    [InlineData(Interpolation.Bilinear)]
    [InlineData(Interpolation.Nearest)]
    public void Each_pixel_is_what_a_naive_reference_says(Interpolation interpolation)
    {
        var random = new RandomStream(1);
        foreach (var (height, width, channels) in Sizes)
            foreach (var (toHeight, toWidth) in Targets)
            {
                var (size, toSize) = (height * width * channels, toHeight * toWidth * channels);
                var floats = new float[3 * size];
                random.NextSingles(floats);
                var bytes = Array.ConvertAll(floats, value => (byte)(value * 255));
                var ofFloats = new Dataset(floats, size, new int[3], 1).AsImages(height, width, channels).Resized(toHeight, toWidth, interpolation);
                var ofBytes = new Dataset(bytes, size, new int[3], 1).AsImages(height, width, channels).Resized(toHeight, toWidth, interpolation);
                Assert.Equal(new ImageSize(toHeight, toWidth, channels), ofFloats.Image);
                Assert.Equal((toSize, 3, ofFloats.Image), (ofBytes.InputSize, ofBytes.Count, ofBytes.Image));
                for (var i = 0; i < 3 * toSize; i++)
                {
                    var (image, pixel, channel) = (i / toSize, i % toSize / channels, i % channels);
                    double Expected(Func<int, double> value) => Naive(
                        (y, x) => value(image * size + (y * width + x) * channels + channel), (height, toHeight, pixel / toWidth), (width, toWidth, pixel % toWidth), interpolation);
                    Assert.Equal(Expected(k => floats[k]), ofFloats.Inputs[i], 1e-6);
                    Assert.Equal(Expected(k => bytes[k]), ofBytes.Bytes[i], 0.5001);
                }
            }
    }

    /// <summary>
    /// torch.nn.functional.interpolate of [[0 … 3], [4 … 7], [8 … 11]], squared, to 2 × 6: mode="bilinear", antialias=True, and mode="nearest-exact".
    /// </summary>
    [Theory]
    [InlineData(Interpolation.Bilinear, new double[] { 6, 8, 11, 15, 20, 24, 46, 53, 62.666666667, 73.333333333, 85, 94 })]
    [InlineData(Interpolation.Nearest, new double[] { 0, 1, 1, 4, 9, 9, 64, 81, 81, 100, 121, 121 })]
    public void Pixels_are_those_of_PyTorch(Interpolation interpolation, double[] expected)
    {
        var data = new Dataset(Enumerable.Range(0, 12).Select(i => (float)(i * i)).ToArray(), 12, new int[1], 1).AsImages(3, 4).Resized(2, 6, interpolation);
        Reference.Close.AssertEqual("image", expected, Array.ConvertAll(data.Inputs.ToArray(), value => (double)value), 1e-6);
    }

    [Fact]
    public void An_image_of_the_same_size_is_the_same()
    {
        var values = Enumerable.Range(0, 24).Select(i => MathF.Sin(i)).ToArray();
        foreach (var interpolation in Enum.GetValues<Interpolation>())
            Assert.Equal(values, new Dataset(values, 12, new int[2], 1).AsImages(2, 3, 2).Resized(2, 3, interpolation).Inputs.ToArray());
    }

    /// <summary>Labels, weights, and what bytes stand for.</summary>
    [Fact]
    public void All_else_is_kept()
    {
        var bytes = Enumerable.Range(0, 4 * 300).Select(i => (byte)(i * 7)).ToArray();
        var labels = Enumerable.Range(0, 300).Select(i => i % 3).ToArray();
        var data = new Dataset(bytes, 4, labels, 3).WithSampleWeights(Enumerable.Range(0, 300).Select(i => (float)i).ToArray()).AsImages(2, 2);
        var standardized = Standardizer.FitGlobal(data).Transform(data).Resized(4, 4, Interpolation.Nearest);
        Assert.Equal(3, standardized.ClassCount);
        Assert.Equal(labels, standardized.Labels.ToArray());
        Assert.Equal(data.SampleWeights.ToArray(), standardized.SampleWeights.ToArray());
        float[] small = new float[4], large = new float[16];
        Standardizer.FitGlobal(data).Transform(data).CopyInputs(7, small);
        standardized.CopyInputs(7, large);
        Assert.Equal([small[0], small[0], small[1], small[1], small[0], small[0], small[1], small[1], small[2]], large[..9]);

        // Where each feature has numbers of its own, pixels between them cannot be bytes.
        var ofFeatures = Standardizer.Fit(data).Transform(data);
        Assert.False(ofFeatures.Bytes.IsEmpty);
        Assert.True(ofFeatures.Resized(4, 4).Bytes.IsEmpty);
    }

    [Fact]
    public void What_cannot_be_resized_is_refused()
    {
        var data = new Dataset(new byte[12], 6, new int[2], 1);
        Assert.Contains("AsImages", Assert.Throws<InvalidOperationException>(() => data.Resized(2, 2)).Message, StringComparison.Ordinal);
        var images = data.AsImages(2, 3);
        foreach (var (height, width) in new[] { (0, 1), (1, -1), (int.MaxValue, 1), (1 << 15, 1 << 15), (int.MaxValue, int.MaxValue), (1, int.MaxValue) })
            Assert.Throws<ArgumentOutOfRangeException>(() => images.Resized(height, width));
        Assert.Throws<ArgumentOutOfRangeException>(() => images.Resized(1, 1, (Interpolation)7));
    }

    [Fact]
    public void A_network_says_which_size_it_takes()
    {
        var data = new Dataset(new byte[2 * 8 * 18], 8 * 18, new int[2], 3).AsImages(8, 18);
        Assert.Contains("takes images of 12 × 12 × 1, the training data have images of 8 × 18 × 1: data.Resized(12, 12)", Refusal(data), StringComparison.Ordinal);
        Assert.EndsWith("have images of 12 × 4 × 3. (Parameter 'data')", Refusal(data.AsImages(12, 4, 3)), StringComparison.Ordinal);
        Assert.Single(new ImageNetwork(1).Fit(data.Resized(12, 12), new Sgd(0.1), new() { Epochs = 1 }).Epochs);

        static string Refusal(Dataset data) => Assert.Throws<ArgumentException>(() => new ImageNetwork(1).Fit(data, new Sgd(0.1))).Message;
    }

    /// <summary>Σ over all pixels of the image, most of which have a share of 0.</summary>
    static double Naive(Func<int, int, double> pixel, (int From, int To, int At) rows, (int From, int To, int At) columns, Interpolation interpolation)
    {
        var (sum, shares) = (0.0, 0.0);
        for (var y = 0; y < rows.From; y++)
            for (var x = 0; x < columns.From; x++)
            {
                var share = Share(rows, y) * Share(columns, x);
                sum += share * pixel(y, x);
                shares += share;
            }
        return sum / shares;

        double Share((int From, int To, int At) side, int at)
        {
            var scale = (double)side.From / side.To;
            if (interpolation == Interpolation.Nearest)
                return at == Math.Floor((side.At + 0.5) * scale + 1e-9) ? 1 : 0;
            return Math.Max(0, 1 - Math.Abs(at + 0.5 - (side.At + 0.5) * scale) / Math.Max(1, scale));
        }
    }
}

[Network]
[Image(12, 12)]
[Conv2D(2, 3, Activation.ReLU)]
[Flatten]
[Dense(3, Activation.Softmax)]
sealed partial class ImageNetwork;
